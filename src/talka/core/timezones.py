# SPDX-License-Identifier: EUPL-1.2
"""When the clocks change, written for calendars as ``VTIMEZONE`` (RFC 5545, 3.6.5). Plain values in and out.

Taken from the time zone database itself, so that a year with other rules is right too, and written
as recurrence rules, which every calendar program reads.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Change:
    """A moment at which the clocks of a zone change: local time before, offsets before and after, name after."""

    at: datetime
    onset: datetime
    before: timedelta
    after: timedelta
    name: str
    daylight: bool

    @property
    def nth(self) -> int:
        """Which of its weekdays in the month it is; -1 for the last."""
        return -1 if (self.onset + timedelta(days=7)).month != self.onset.month else (self.onset.day - 1) // 7 + 1

    @property
    def rule(self) -> tuple[object, ...]:
        """What is the same for all changes that one recurrence rule can write."""
        return (
            self.daylight,
            self.before,
            self.after,
            self.name,
            self.onset.month,
            self.onset.weekday(),
            self.nth,
            self.onset.time(),
        )


def changes(zone: ZoneInfo, first_year: int, last_year: int) -> list[Change]:
    """Return the changes of the clock in these years, in order.

    >>> [change.onset.isoformat() for change in changes(ZoneInfo("Europe/Riga"), 2020, 2020)]
    ['2020-03-29T03:00:00', '2020-10-25T04:00:00']
    """
    found = []
    early, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    while early < end:
        late = early + timedelta(days=7)
        if early.astimezone(zone).utcoffset() != late.astimezone(zone).utcoffset():
            found.append(_change(zone, early, late))
        early = late
    return found


def _change(zone: ZoneInfo, early: datetime, late: datetime) -> Change:
    before = early.astimezone(zone).utcoffset() or timedelta()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    at = late.replace(microsecond=0)
    then = at.astimezone(zone)
    onset = (at + before).replace(tzinfo=None)
    return Change(at, onset, before, then.utcoffset() or timedelta(), then.tzname() or "", bool(then.dst()))


def _offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _observance(run: list[Change], *, ends: bool) -> list[str]:
    first = run[0]
    kind = "DAYLIGHT" if first.daylight else "STANDARD"
    lines = [f"BEGIN:{kind}", f"DTSTART:{first.onset:%Y%m%dT%H%M%S}"]
    if len(run) > 1:
        rule = f"RRULE:FREQ=YEARLY;BYMONTH={first.onset.month};BYDAY={first.nth}{_DAYS[first.onset.weekday()]}"
        lines.append(f"{rule};UNTIL={run[-1].at:%Y%m%dT%H%M%SZ}" if ends else rule)
    lines += [f"TZNAME:{first.name}", f"TZOFFSETFROM:{_offset(first.before)}", f"TZOFFSETTO:{_offset(first.after)}"]
    return [*lines, f"END:{kind}"]


@lru_cache(maxsize=64)
def timezone_lines(zone: ZoneInfo, first_year: int, last_year: int) -> tuple[str, ...]:
    """Write the ``VTIMEZONE`` of a zone, right from ``first_year`` on; the rules of ``last_year`` go on for ever.

    >>> for line in timezone_lines(ZoneInfo("Europe/Riga"), 2018, 2030)[:11]: print(line)
    BEGIN:VTIMEZONE
    TZID:Europe/Riga
    BEGIN:STANDARD
    DTSTART:20180101T000000
    TZNAME:EET
    TZOFFSETFROM:+0200
    TZOFFSETTO:+0200
    END:STANDARD
    BEGIN:DAYLIGHT
    DTSTART:20180325T030000
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
    """
    start = datetime(first_year, 1, 1, tzinfo=zone)
    offset = start.utcoffset() or timedelta()
    opening = Change(start, start.replace(tzinfo=None), offset, offset, start.tzname() or "", bool(start.dst()))
    runs: list[list[Change]] = []
    for change in changes(zone, first_year, last_year):
        run = next(
            (run for run in runs if run[-1].rule == change.rule and run[-1].onset.year + 1 == change.onset.year), None
        )
        if run is None:
            runs.append([change])
        else:
            run.append(change)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone.key}", *_observance([opening], ends=True)]
    for run in runs:
        lines += _observance(run, ends=run[-1].onset.year < last_year)
    return (*lines, "END:VTIMEZONE")
