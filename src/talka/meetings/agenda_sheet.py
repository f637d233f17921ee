# SPDX-License-Identifier: EUPL-1.2
"""An agenda on paper: facts for Typst, in the language that is read now."""

from typing import Any

from django.utils.translation import gettext as _

from talka.core import clock
from talka.core.reading import language
from talka.core.typesetting import pdf
from talka.directory.wording import place_words
from talka.meetings.models import Meeting
from talka.meetings.queries.agenda import Agenda, Line
from talka.meetings.wording import when_words


def agenda_pdf(meeting: Meeting, agenda: Agenda) -> bytes:
    """Typeset an agenda as its reader may see it."""
    return pdf("meetings/agenda.typ", _facts(meeting, agenda), made_at=clock.now())


def _facts(meeting: Meeting, agenda: Agenda) -> dict[str, Any]:
    when = when_words(meeting)
    lines = [when[:1].upper() + when[1:], place_words(meeting.place) if meeting.place else "", meeting.remote_note]
    return {
        "title": _("Agenda"),
        "language": language(),
        "meeting": meeting.title,
        "process": str(meeting.process),
        "groups": ", ".join(group.name for group in meeting.groups.all()),
        "about": [line for line in lines if line],
        "items": [_item(line) for line in agenda.lines],
    }


def _item(line: Line) -> dict[str, str]:
    if line.closed:
        return {"number": f"{line.number}.", "hours": line.hours, "title": _("Closed item"), "more": ""}
    more = [
        _("Presented by: %(name)s") % {"name": line.presenter} if line.presenter else "",
        ", ".join(proposal.reference for proposal in line.proposals),
        _("Papers: %(titles)s") % {"titles": ", ".join(paper.title for paper in line.papers)} if line.papers else "",
    ]
    title = f"{line.item.title} ({_('not public')})" if line.item.withheld else line.item.title
    return {"number": f"{line.number}.", "hours": line.hours, "title": title, "more": "\n".join(filter(None, more))}
