# SPDX-License-Identifier: EUPL-1.2
"""A timetable as pages and tables show it: day by day, and rooms beside hours."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from talka.directory.models import Place
from talka.scheduling.models import PlannedSession
from talka.scheduling.queries.timetables import Asked
from talka.scheduling.solving.problem import moved


@dataclass(frozen=True)
class Shown:
    """A session that has a place, in local time."""

    session: PlannedSession
    starts: datetime
    ends: datetime
    place: Place


@dataclass
class Day:
    """A day with its sessions, and the same as a grid: a line for each beginning, a cell for each room."""

    date: date
    sessions: list[Shown] = field(default_factory=list)

    @property
    def places(self) -> list[Place]:
        """Return the rooms that are used on the day."""
        return sorted(
            {one.place.pk: one.place for one in self.sessions}.values(), key=lambda one: (one.name, one.room, one.pk)
        )

    def lines(self) -> Iterable[tuple[datetime, list[list[Shown]]]]:
        """Go over the beginnings of the day, each with what begins in each room."""
        for starts in sorted({one.starts for one in self.sessions}):
            begins = [one for one in self.sessions if one.starts == starts]
            yield starts, [[one for one in begins if one.place.pk == place.pk] for place in self.places]


def days_of(asked: Asked) -> list[Day]:
    """Return the days on which there are sessions, each with its sessions in order."""
    days: dict[date, Day] = {}
    for one in sorted(asked.placed(), key=lambda one: (one.starts.timestamp(), one.session)):
        session = asked.sessions[one.session]
        day = days.setdefault(one.starts.date(), Day(one.starts.date()))
        day.sessions.append(Shown(session, one.starts, moved(one.starts, session.wish.minutes), asked.places[one.room]))
    return list(days.values())
