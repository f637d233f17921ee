# SPDX-License-Identifier: EUPL-1.2
"""All approved minutes of a process in one PDF, with a table of contents and the list of meetings without minutes."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from talka.core.dates import long_date
from talka.core.typesetting import pdf
from talka.meetings.models import Meeting, Minutes, MinutesQuerySet
from talka.meetings.protocol.facts import gather
from talka.processes.models import Process

_GATHERED = 60
"""Per cent of the work that are done when the facts are gathered."""


def archived(process: Process) -> MinutesQuerySet:
    """Keep the minutes of a process that are approved."""
    return Minutes.objects.filter(meeting__process=process, approved_at__isnull=False)


def archived_minutes(process: Process) -> list[Minutes]:
    """Return the approved minutes of a process in the order of their meetings."""
    related = ("meeting__process__owner", "meeting__place__area", "chair", "secretary")
    kept = (
        archived(process)
        .select_related(*related)
        .prefetch_related("meeting__attendances", "meeting__groups", "remarks")
    )
    return list(kept.order_by("meeting__starts_at", "meeting__pk"))


def meetings_without(process: Process) -> list[Meeting]:
    """Return the meetings that were held and have no approved minutes."""
    held = Meeting.objects.filter(process=process, cancelled_at__isnull=True).past()
    return list(held.filter(minutes__approved_at__isnull=True).order_by("starts_at", "pk"))


def archive_of(process: Process, *, made_at: datetime, told: Callable[[int], None] = lambda _percent: None) -> bytes:
    """Typeset the archive whole, in the language of the process; ``told`` hears how many per cent are done."""
    minutes = archived_minutes(process)
    protocols: list[dict[str, Any]] = []
    for number, one in enumerate(minutes, 1):
        protocols.append(asdict(gather(one, public=False)))
        if number % 25 == 0:
            told(_GATHERED * number // len(minutes))
    told(_GATHERED)
    with translation.override(process.language):
        facts = {
            "title": _("Minutes: %(process)s") % {"process": process.title},
            "contents": _("Contents"),
            "language": process.language,
            "protocols": protocols,
            "without": _("Meetings without approved minutes"),
            "missing": [_line(one, process.language) for one in meetings_without(process)],
        }
    return pdf("meetings/archive.typ", facts, made_at=made_at)


def _line(meeting: Meeting, language: str) -> str:
    day = long_date(meeting.first_day, language) if meeting.first_day else ""
    return " · ".join(part for part in (day, meeting.title) if part)
