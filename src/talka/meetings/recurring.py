# SPDX-License-Identifier: EUPL-1.2
"""When the meetings of a series are, holidays and exceptions heeded. Plain values in and out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from talka.core.recurrence.expansion import occurrences
from talka.core.recurrence.rules import Rule
from talka.core.working_days import WorkingDays


@dataclass(frozen=True)
class Planned:
    """One time that the rule means: when by the rule, and when in fact (None: left out); whether its day is a holiday."""

    occurs_at: datetime
    starts_at: datetime | None
    holiday: bool = False


def moment_of(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment at which the clock in ``zone`` shows this; an hour that the clock leaps over counts by the time
    before the leap, and of an hour that comes twice the first is meant (RFC 5545, 3.3.5).

    >>> moment_of(datetime(2030, 3, 31, 3, 30), ZoneInfo("Europe/Riga")).isoformat()
    '2030-03-31T04:30:00+03:00'
    >>> moment_of(datetime(2030, 10, 27, 3, 30), ZoneInfo("Europe/Riga")).isoformat()
    '2030-10-27T03:30:00+03:00'
    """
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def planned(
    rule: Rule, first: datetime, *, zone: ZoneInfo, until: date, holidays: str, working_days: WorkingDays,
    left_out: Collection[date] = (),
) -> Iterator[Planned]:  # fmt: skip
    """Go over the times of a series up to the day ``until``, which belongs to it; ``first`` is local time.

    ``holidays``: ``keep``, ``skip`` or ``move``, on days of the week from Monday to Friday that are free. ``left_out`` are days
    by the rule on which there is no meeting. Two meetings are never put on one day by a move.
    """
    taken: set[date] = set()
    for local in occurrences(rule, first):
        day = local.date()
        if day > until:
            return
        holiday = day.weekday() < 5 and not working_days.is_working(day)
        held: date | None = day
        if day in left_out or (holiday and holidays == "skip"):
            held = None
        elif holiday and holidays == "move":
            held = working_days.next_working(day)
            held = None if held in taken else held
        if held is not None:
            taken.add(held)
        starts = moment_of(_at(held, local.time()), zone) if held else None
        yield Planned(moment_of(local, zone), starts, holiday)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour)
