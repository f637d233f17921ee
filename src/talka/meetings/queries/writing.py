# SPDX-License-Identifier: EUPL-1.2
"""The minutes of a meeting as the page on which they are written holds them: names of fields and what is stored in each."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from talka.meetings.models import Attendance, Decision, Meeting, Minutes
from talka.proposals.models import Recommendation


def _hour(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%H:%M") if moment else ""


def fields_of(meeting: Meeting) -> dict[str, str]:
    """Return every field by its name, read anew, in three queries."""
    minutes = Minutes.objects.get(meeting=meeting.pk)
    found = {
        "chair": str(minutes.chair_id or ""), "secretary": str(minutes.secretary_id or ""),
        "began": _hour(minutes.began_at), "ended": _hour(minutes.ended_at), "opening": minutes.opening,
    }  # fmt: skip
    for pk, notes, outcome in meeting.items.order_by().values_list("pk", "notes", "outcome"):
        found |= {f"notes.{pk}": notes, f"outcome.{pk}": outcome}
    for pk, mode, instead in (
        Attendance.objects.filter(meeting=meeting.pk).order_by().values_list("pk", "mode", "represented_by")
    ):
        found |= {f"mode.{pk}": mode, f"instead.{pk}": instead}
    return found


def rows_stamp(meeting: Meeting) -> str:
    """Return a short text that changes when rows come, go or change: items, decisions, tasks, recommendations, people; in four queries."""
    items = list(meeting.items.values_list("pk", "position", "title", "given__task"))
    decisions = list(
        Decision.objects.filter(item__meeting=meeting.pk)
        .order_by("pk")
        .values_list("pk", "text", "votes_for", "votes_against", "abstained")
    )
    recommended = list(
        Recommendation.objects.filter(proposal__agenda_items__meeting=meeting.pk)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    people = list(Attendance.objects.filter(meeting=meeting.pk).values_list("pk", "name", "represents"))
    return hashlib.sha256(repr((items, decisions, recommended, people)).encode()).hexdigest()[:16]


def stamp_of(fields: Mapping[str, str]) -> str:
    """Return a short text that changes with any of these fields."""
    return hashlib.sha256(repr(sorted(fields.items())).encode()).hexdigest()[:16]
