# SPDX-License-Identifier: EUPL-1.2
"""From a weekly rule and hours to days and slots. Plain values in and out; nothing of it is stored.

Hours are those of the clock on the wall. On the night when the clock is put forward the slots of the hour that does not exist
are left out; on the night when it is put back, the hour that comes twice has its slots the first time only.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from talka.core.local_time import HourSkipped, HourTwice, local_moment

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Hours:
    """From when to when, with a break in between where there is one; the ends do not belong to it."""

    opens: time
    closes: time
    break_from: time | None = None
    break_until: time | None = None


@dataclass(frozen=True)
class Slot:
    """A stretch of time for one visitor, or for as many as have a seat in it."""

    starts_at: datetime
    ends_at: datetime
    seats: int


def weekly_rule(weekdays: Iterable[int], every: int = 1) -> str:
    """Write the rule of a week (RFC 5545, 3.3.10); Monday is 0, ``every`` is 2 for every second week.

    >>> weekly_rule([3, 1], every=2)
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH'
    """
    return f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(WEEKDAYS[day] for day in sorted(set(weekdays)))}"


def read_rule(rule: str) -> tuple[list[int], int]:
    """Return the weekdays of a weekly rule and of which weeks; nothing for an empty one.

    >>> read_rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH"), read_rule("")
    (([1, 3], 2), ([], 1))
    """
    parts = dict(part.split("=", 1) for part in rule.split(";") if part)
    return [WEEKDAYS.index(day) for day in parts.get("BYDAY", "").split(",") if day], int(parts.get("INTERVAL", 1))


def regular_days(rule: str, since: date, until: date | None, first: date, last: date) -> list[date]:
    """Return the days of a rule that begins ``since`` and ends ``until``, from ``first`` to ``last``; all belong to it.

    >>> [str(day) for day in regular_days("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", date(2026, 11, 3), None, date(2026, 11, 9), date(2026, 12, 6))]
    ['2026-11-17', '2026-12-01']
    """
    first, last = max(first, since), min(last, until or last)
    if not rule or last < first:
        return []
    found = rrulestr(rule, dtstart=datetime.combine(since, time.min))
    between = found.between(datetime.combine(first, time.min), datetime.combine(last, time.min), inc=True)
    return [moment.date() for moment in between]


def open_days(
    regular: Iterable[date], hours: Hours, *, free: AbstractSet[date], special: Mapping[date, Hours | None]
) -> dict[date, Hours]:
    """Return the days that are held, in order, each with its hours.

    ``free`` are the days on which nobody works; ``special`` says of single days that they are closed (``None``) or open, which
    a person decided and which holds also on a free day.

    >>> usual, longer = Hours(time(15), time(18)), Hours(time(9), time(12))
    >>> days = [date(2026, 11, 17), date(2026, 11, 18), date(2026, 11, 24)]
    >>> held = open_days(days, usual, free={date(2026, 11, 18)}, special={date(2026, 11, 24): None, date(2026, 11, 26): longer})
    >>> [(str(day), hours.opens.hour) for day, hours in held.items()]
    [('2026-11-17', 15), ('2026-11-26', 9)]
    """
    held: dict[date, Hours | None] = {day: hours for day in regular if day not in free}
    held |= special
    return {day: those for day, those in sorted(held.items()) if those is not None}


def opening(day: date, hours: Hours, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when a day opens and closes, as moments; an hour that does not exist means the one after it."""
    opens, closes = (datetime.combine(day, hour, zone).astimezone(UTC) for hour in (hours.opens, hours.closes))
    return opens, closes


def slots_on(day: date, hours: Hours, *, length: timedelta, seats: int, zone: ZoneInfo) -> list[Slot]:
    """Cut a day into slots, leaving out the break; what is left at its end and is shorter is not given away.

    >>> hours = Hours(time(15), time(17), time(15, 40), time(16))
    >>> found = slots_on(date(2026, 11, 24), hours, length=timedelta(minutes=20), seats=1, zone=ZoneInfo("Europe/Riga"))
    >>> [slot.starts_at.strftime("%H:%M") for slot in found]
    ['13:00', '13:20', '14:00', '14:20', '14:40']
    """
    found = []
    at, end = datetime.combine(day, hours.opens), datetime.combine(day, hours.closes)
    pause = (
        (datetime.combine(day, hours.break_from), datetime.combine(day, hours.break_until))
        if hours.break_from is not None and hours.break_until is not None
        else None
    )
    while at + length <= end:
        if pause is not None and at < pause[1] and at + length > pause[0]:
            at = pause[1]
            continue
        starts_at = _first_moment(day, at.time(), zone)
        if starts_at is not None:
            found.append(Slot(starts_at, starts_at + length, seats))
        at += length
    return found


def _first_moment(day: date, hour: time, zone: ZoneInfo) -> datetime | None:
    try:
        return local_moment(day, hour, zone).astimezone(UTC)
    except HourSkipped:
        return None
    except HourTwice:
        return datetime.combine(day, hour, zone).astimezone(UTC)


def free_seats(slot: Slot, taken: Sequence[tuple[datetime, datetime, int]]) -> list[int]:
    """Return the seats of a slot, counted from 1, that nobody holds; ``taken`` are from, until and the seat.

    >>> at = datetime(2026, 11, 24, 13, tzinfo=UTC)
    >>> slot = Slot(at, at + timedelta(minutes=20), 2)
    >>> free_seats(slot, [(at, at + timedelta(minutes=20), 1), (at - timedelta(minutes=20), at, 2)])
    [2]
    """
    held = {seat for starts_at, ends_at, seat in taken if starts_at < slot.ends_at and slot.starts_at < ends_at}
    return [seat for seat in range(1, slot.seats + 1) if seat not in held]
