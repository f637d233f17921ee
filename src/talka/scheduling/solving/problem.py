# SPDX-License-Identifier: EUPL-1.2
"""What is asked of a timetable, and what an answer looks like. Moments are aware."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from talka.core.local_time import HourSkipped, HourTwice, local_moment


class Days(StrEnum):
    """How sessions are to lie over the days."""

    SPREAD = "spread"
    COMPACT = "compact"


@dataclass(frozen=True)
class Room:
    """A room; ``seats`` are none where nobody has counted them, and then taken to be enough."""

    key: int
    seats: int | None = None
    accessible: bool = False

    def holds(self, session: "Session") -> bool:
        """Say whether the room has seats enough."""
        return self.seats is None or self.seats >= session.people

    def suits(self, session: "Session") -> bool:
        """Say whether the session can take place in the room.

        >>> Room(1, 20).suits(Session(1, 1, 120, people=25)), Room(1, 30).suits(Session(1, 1, 120, 25, accessible=True))
        (False, False)
        """
        return self.holds(session) and (self.accessible or not session.accessible)


@dataclass(frozen=True)
class Placed:
    """Where and when a session is."""

    session: int
    starts: datetime
    room: int


@dataclass(frozen=True)
class Session:
    """One session of a group. ``persons`` sit in the group; ``evening`` asks for the evening; a ``pinned`` one stays where it is."""

    key: int
    group: int
    minutes: int
    people: int = 0
    accessible: bool = False
    evening: bool = False
    persons: frozenset[int] = frozenset()
    pinned: Placed | None = None


@dataclass(frozen=True)
class Away:
    """When somebody is away without whom their groups cannot meet."""

    person: int
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Standing:
    """A meeting that stands already: it takes the time of its groups and people, and its room."""

    starts: datetime
    ends: datetime
    groups: frozenset[int] = frozenset()
    persons: frozenset[int] = frozenset()
    room: int | None = None


@dataclass(frozen=True)
class Weights:
    """What one of each costs; 0 where it does not matter."""

    person_twice: int = 10
    not_evening: int = 3
    week_twice: int = 3
    room_change: int = 1
    days: int = 1


@dataclass(frozen=True)
class Problem:
    """Sessions to be put into rooms on ``days`` between ``opens`` and ``closes``, beginning every ``step`` minutes, with a
    ``pause`` in minutes between two sessions in a room."""

    zone: ZoneInfo
    days: tuple[date, ...]
    opens: time
    closes: time
    rooms: tuple[Room, ...]
    sessions: tuple[Session, ...]
    away: tuple[Away, ...] = ()
    standing: tuple[Standing, ...] = ()
    step: int = 30
    pause: int = 0
    evening_from: time = time(17)
    liking: Days = Days.SPREAD
    weights: Weights = field(default_factory=Weights)

    def starts(self, minutes: int) -> Iterator[datetime]:
        """Go over the moments at which a session of that length may begin; hours that a clock change skips or doubles are none.

        >>> riga = ZoneInfo("Europe/Riga")
        >>> night = Problem(riga, (date(2026, 3, 29),), time(2), time(6), (), (), step=60)
        >>> [f"{moment:%H:%M}" for moment in night.starts(120)]
        ['02:00', '04:00']
        """
        for day in self.days:
            last = self.moment(day, self.closes)
            for minute in range(_minutes(self.opens), _minutes(self.closes), self.step):
                begins = self.moment(day, time(minute // 60, minute % 60))
                if begins is not None and last is not None and self.ending(begins, minutes) <= last:
                    yield begins

    def moment(self, day: date, hour: time) -> datetime | None:
        """Return the moment at which the clock shows this hour; none where it does so never or twice."""
        try:
            return local_moment(day, hour, self.zone)
        except (HourSkipped, HourTwice):
            return None

    def ending(self, starts: datetime, minutes: int) -> datetime:
        """Return when a session ends that lasts so many minutes, however the clock is put meanwhile."""
        return moved(starts, minutes)

    @property
    def fair_share(self) -> int:
        """Return how many sessions a day has when they are spread evenly, rounded up."""
        return -(-len(self.sessions) // max(len(self.days), 1))


def moved(moment: datetime, minutes: int) -> datetime:
    """Return the moment so many minutes later by a stopwatch, in the same time zone."""
    return datetime.fromtimestamp(moment.timestamp() + minutes * 60, tz=moment.tzinfo)


def overlap(starts: datetime, ends: datetime, others_starts: datetime, others_ends: datetime) -> bool:
    """Say whether two spans have time in common; what only touches has none. Compared by timestamp, for datetimes of one zone
    are compared by what the clock shows.
    """
    return starts.timestamp() < others_ends.timestamp() and others_starts.timestamp() < ends.timestamp()


def week_of(moment: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """Return the year and number of the week (ISO 8601) in which a moment falls, local time."""
    year, week, _day = moment.astimezone(zone).date().isocalendar()
    return year, week


def monday(day: date) -> date:
    """Return the first day of the week of a day."""
    return day - timedelta(days=day.weekday())


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute
