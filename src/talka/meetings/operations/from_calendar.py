# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from talka.accounts.models import User
from talka.core import clock
from talka.core.foreign_calendars import ForeignEvent
from talka.directory.models import Place
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.meetings.operations.calling import call_meeting
from talka.processes.models import Process


def times_of_event(event: ForeignEvent) -> dict[str, Any]:
    """Return ``starts_at``, ``ends_at`` and ``whole_day`` of the meeting that an event becomes."""
    starts_at, ends_at = _moment(event.starts), _moment(event.ends)
    return {"starts_at": starts_at, "ends_at": ends_at, "whole_day": event.whole_day}


def _moment(value: datetime | date | None) -> datetime | None:
    """Return a moment; of a day, its midnight."""
    if value is None or isinstance(value, datetime):
        return value
    return clock.day_begins(value)


def _same(title: str, moment: datetime) -> tuple[str, datetime]:
    return title.casefold(), moment.astimezone(UTC)


def on_the_calendar(process: Process, events: Iterable[ForeignEvent]) -> set[str]:
    """Return the keys of the events that the process has a meeting for: the same title at the same moment."""
    moments = {event.key: _same(event.title, times_of_event(event)["starts_at"]) for event in events}
    known = Meeting.objects.filter(process=process, starts_at__in={moment for _title, moment in moments.values()})
    there = {_same(title, starts_at) for title, starts_at in known.values_list("title", "starts_at") if starts_at}
    return {key for key, same in moments.items() if same in there}


@transaction.atomic
def take_calendar(
    process: Process, *, events: Sequence[ForeignEvent], by: User, groups: Sequence[WorkingGroup] = (), **fields: Any
) -> int:
    """Call a meeting for each event of another program's calendar that has none yet, and return how many.

    The place is one that the process uses and that is called the same; otherwise it stays in the description.
    ``fields`` are those of ``Meeting``.
    """
    Process.objects.select_for_update().get(pk=process.pk)
    there = on_the_calendar(process, events)
    new = [event for event in events if event.key not in there]
    used = Q(organization__participations__process=process) | Q(meetings__process=process)
    places = {place.name.casefold(): place for place in Place.objects.filter(used).distinct()}
    for event in new:
        place = places.get(event.place.casefold())
        about = event.description if place or not event.place else f"{event.place}\n\n{event.description}".strip()
        call_meeting(
            process, title=event.title, by=by, groups=groups, place=place, description=about, **times_of_event(event), **fields
        )  # fmt: skip
    return len(new)
