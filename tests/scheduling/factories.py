# SPDX-License-Identifier: EUPL-1.2
"""Timetables for tests: a week in one or two rooms, through the operations."""

from datetime import date, time
from typing import Any

from talka.accounts.models import User
from talka.directory.models import Person, Place
from talka.groups.models import WorkingGroup
from talka.groups.operations.forming import create_group
from talka.groups.operations.seating import seat_person
from talka.processes.models import Process
from talka.scheduling.models import PlannedSession, Timetable
from talka.scheduling.operations.timetables import create_timetable


def make_room(process: Process, name: str = "Sēžu zāle", **fields: Any) -> Place:
    """Enter a room of the municipality that leads the process."""
    return Place.objects.create(
        **{"name": name, "organization": process.owner, "seats": 40, "access": "full", **fields}
    )


def make_timetable(process: Process, by: User, *, places: list[Place] | None = None, **fields: Any) -> Timetable:
    """Begin a timetable of the working week from 1 to 5 February 2027, in one room unless said otherwise."""
    fields = {
        "title": "Pirmās sēdes", "first_day": date(2027, 2, 1), "last_day": date(2027, 2, 5), "opens": time(9),
        "closes": time(18), **fields,
    }  # fmt: skip
    return create_timetable(process, places=places or [make_room(process)], by=by, **fields)


def make_group(process: Process, by: User, name: str, *members: Person) -> WorkingGroup:
    """Form a group and seat people in it."""
    group = create_group(process, name=name, by=by)
    for person in members:
        seat_person(group, person=person, by=by)
    return group


def session_of(timetable: Timetable, group: WorkingGroup, number: int = 1) -> PlannedSession:
    """Return a session of a group as it is now."""
    return PlannedSession.objects.get(wish__timetable=timetable, wish__group=group, number=number)
