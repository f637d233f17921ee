# SPDX-License-Identifier: EUPL-1.2
"""Calendar files of other programs (RFC 5545) read as far as they can be: events, and what could not be read.

The file is hostile until parsed: it may be broken, endless or not a calendar at all; none of that raises."""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import icalendar

from talka.core.recurrence.expansion import days, occurrences
from talka.core.recurrence.rules import BadRule, Rule
from talka.core.text import clean_line, clean_text

MOST_BYTES = 1_000_000
MOST_EVENTS = 2000
"""Events and occurrences taken from one file."""
PATIENCE = 300_000
"""Dates of rules looked at for one file; a rule that has none at all counts as 15,000."""

_BLOCK = re.compile(rb"^BEGIN:VEVENT\s*$.*?^END:VEVENT\s*$", re.MULTILINE | re.DOTALL | re.IGNORECASE)
_LONGEST = timedelta(days=366)
_Time = TypeVar("_Time", date, datetime)


class Trouble(StrEnum):
    """Why something was not read."""

    NOT_A_CALENDAR = "not_a_calendar"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    NO_START = "no_start"
    BAD_RULE = "bad_rule"
    BAD_PART = "bad_part"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Unread:
    """Something that was not read: of which event (its title, perhaps empty), and which part of it."""

    trouble: Trouble
    title: str = ""
    part: str = ""


@dataclass(frozen=True)
class ForeignEvent:
    """One event, or one of those that come again. The end does not belong to it; of whole days only the days are known."""

    key: str
    title: str
    starts: datetime | date
    ends: datetime | date | None
    place: str = ""
    description: str = ""
    repeats: bool = False
    cancelled: bool = False

    @property
    def whole_day(self) -> bool:
        """Say whether only its days are known."""
        return not isinstance(self.starts, datetime)


@dataclass
class ForeignCalendar:
    """What a calendar file holds between two days, in order, and what of it could not be read."""

    name: str = ""
    events: list[ForeignEvent] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def read_calendar(body: bytes, *, zone: ZoneInfo, first: date, end: date) -> ForeignCalendar:
    """Read the events of a file that begin from ``first`` up to, not including, ``end``; moments in ``zone``.

    What comes again is written out; changed and removed occurrences are heeded. A time without a zone is one of ``zone``.
    """
    if len(body) > MOST_BYTES:
        return ForeignCalendar(unread=[Unread(Trouble.TOO_LARGE)])
    read = ForeignCalendar()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        components = _events_of(body, read)
        _Reading(read, zone, first, end).take(components)
    read.events.sort(key=lambda event: (_moment(event.starts, zone), event.title))
    return read


def _events_of(body: bytes, read: ForeignCalendar) -> list[icalendar.Component]:
    """Parse the file whole; where that fails, each event by itself."""
    try:
        calendars = icalendar.Calendar.from_ical(body, multiple=True)
        read.name = next((clean_line(str(one.get("X-WR-CALNAME", "")))[:200] for one in calendars), "")
        found = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except Exception:
        found = list(_each_alone(body, read))
    if not found and not re.match(rb"\s*(\xef\xbb\xbf)?BEGIN:V", body, re.IGNORECASE):
        read.unread.append(Unread(Trouble.NOT_A_CALENDAR))
    return found


def _each_alone(body: bytes, read: ForeignCalendar) -> Iterator[icalendar.Component]:
    if not re.search(rb"^BEGIN:VEVENT", body, re.MULTILINE | re.IGNORECASE):
        return
    read.unread.append(Unread(Trouble.BROKEN))
    for block in _BLOCK.findall(body)[:MOST_EVENTS]:
        try:
            yield icalendar.Event.from_ical(block)
        except Exception:
            summary = re.search(rb"^SUMMARY[^:\r\n]*:([^\r\n]*)", block, re.MULTILINE | re.IGNORECASE)
            title = clean_line(summary[1].decode("utf-8", "replace"))[:200] if summary else ""
            read.unread.append(Unread(Trouble.BROKEN, title))


class _Reading:
    """Turns components into events, within the patience for one file."""

    def __init__(self, read: ForeignCalendar, zone: ZoneInfo, first: date, end: date) -> None:
        self.read, self.zone = read, zone
        self.first_at, self.end_at = (datetime.combine(day, time.min, zone) for day in (first, end))
        self.patience = PATIENCE

    def take(self, components: list[icalendar.Component]) -> None:
        """Read all events; those that stand for one occurrence of another (RECURRENCE-ID) replace it."""
        replaced: dict[str, set[datetime]] = {}
        for event in components:
            moved = _value(event, "RECURRENCE-ID")
            if moved is not None:
                replaced.setdefault(_line(event, "UID"), set()).add(_moment(moved, self.zone))
        for event in components:
            if len(self.read.events) >= MOST_EVENTS or self.patience <= 0:
                self.read.unread.append(Unread(Trouble.TOO_MANY))
                return
            try:
                self._take(event, replaced)
            except (ValueError, TypeError, OverflowError, AttributeError):  # odd values beyond what is asked below
                self.read.unread.append(Unread(Trouble.BROKEN, _line(event, "SUMMARY")))

    def _take(self, event: icalendar.Component, replaced: dict[str, set[datetime]]) -> None:
        title, uid = _line(event, "SUMMARY"), _line(event, "UID")
        starts = _value(event, "DTSTART")
        if starts is None:
            self.read.unread.append(Unread(Trouble.NO_START, title))
            return
        for part, _why in event.errors:
            name = str(part or "").upper()
            if name != "RRULE":  # said when the rule is asked for
                self.read.unread.append(Unread(Trouble.BAD_PART, title, name[:40]))
        length = _length(event, starts)
        own = _value(event, "RECURRENCE-ID") is not None
        times: list[Any] = [starts] if own else self._times(event, starts, title)
        skipped = (
            set() if own else {_moment(one, self.zone) for one in _values(event, "EXDATE")} | replaced.get(uid, set())
        )
        seen = set()
        for begins in times:
            at = _moment(begins, self.zone)
            if at in skipped or at in seen or not self.first_at <= at < self.end_at:
                continue
            if len(self.read.events) >= MOST_EVENTS:
                return
            seen.add(at)
            self.read.events.append(
                ForeignEvent(
                    key=f"{uid}/{at.astimezone(UTC):%Y%m%dT%H%M%S}",
                    title=title,
                    starts=at if isinstance(begins, datetime) else begins,
                    ends=_end(begins, at, length),
                    place=_line(event, "LOCATION"),
                    description=clean_text(str(event.get("DESCRIPTION", "")))[:10_000],
                    repeats=own or len(times) > 1,
                    cancelled=_line(event, "STATUS").upper() == "CANCELLED",
                )
            )

    def _times(self, event: icalendar.Component, starts: date | datetime, title: str) -> list[Any]:
        """Return when the event begins, each time; the start belongs to it also where its rule does not name it."""
        times: list[Any] = [starts, *_values(event, "RDATE")]
        rules = event.get("RRULE")
        for one in rules if isinstance(rules, list) else [rules] if rules else []:
            try:
                times += self._by_rule(one.to_ical().decode(), starts)
            except (BadRule, ValueError):
                self.read.unread.append(Unread(Trouble.BAD_RULE, title, "RRULE"))
        return times

    def _by_rule(self, written: str, starts: date | datetime) -> list[Any]:
        own_zone: tzinfo = (starts.tzinfo if isinstance(starts, datetime) else None) or self.zone
        rule = Rule.read(written, zone=own_zone)
        if isinstance(starts, datetime):
            local = starts.replace(tzinfo=None)
            stop = self.end_at.astimezone(own_zone).replace(tzinfo=None)
            found = self._patiently(occurrences(rule, local), stop)
            return [one.replace(tzinfo=own_zone) for one in found]
        return list(self._patiently(days(rule, starts), self.end_at.date()))

    def _patiently(self, times: Iterator[_Time], stop: _Time) -> list[_Time]:
        found: list[_Time] = []
        nothing = True
        for one in times:
            nothing = False
            self.patience -= 1
            if one >= stop or self.patience <= 0:
                break
            found.append(one)
        self.patience -= 15_000 if nothing else 20
        return found


def _line(event: icalendar.Component, name: str) -> str:
    value = event.get(name, "")
    return clean_line(str(value[0] if isinstance(value, list) and value else value))[:200]


def _dt(value: Any) -> Any:
    """Return the plain value of a property; None where the library kept it as broken."""
    try:
        return getattr(value, "dt", None)
    except Exception:
        return None


def _value(event: icalendar.Component, name: str) -> date | datetime | None:
    """Return the day or time of a property, the first where it stands twice."""
    return next(iter(_values(event, name)), None)


def _values(event: icalendar.Component, name: str) -> list[date | datetime]:
    written = event.get(name)
    found: list[Any] = []
    for one in written if isinstance(written, list) else [written]:
        found += [each.dt for each in one.dts] if isinstance(one, icalendar.vDDDLists) else [_dt(one)]
    starts = [one[0] if isinstance(one, tuple) else one for one in found]
    return [one for one in starts if isinstance(one, date) and 1900 <= one.year <= 2200]


def _moment(value: date | datetime, zone: ZoneInfo) -> datetime:
    """Return the moment in ``zone``; an hour over which the clock is put forward counts by the time before (RFC 5545, 3.3.5)."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time.min, zone)
    return value.replace(tzinfo=value.tzinfo or zone).astimezone(UTC).astimezone(zone)


def _length(event: icalendar.Component, starts: date | datetime) -> timedelta | None:
    """Return how long an event lasts; None where that is not said, or cannot be."""
    ends, duration = _value(event, "DTEND"), _dt(event.get("DURATION"))
    if isinstance(ends, datetime) and isinstance(starts, datetime):
        length = _moment(ends, ZoneInfo("UTC")) - _moment(starts, ZoneInfo("UTC"))
    elif ends is not None and not isinstance(ends, datetime) and not isinstance(starts, datetime):
        length = ends - starts
    elif isinstance(duration, timedelta):
        length = duration
    else:
        return None
    return length if timedelta(0) < length <= _LONGEST else None


def _end(begins: date | datetime, at: datetime, length: timedelta | None) -> datetime | date | None:
    if not isinstance(begins, datetime):
        return begins + timedelta(days=max(1, (length or timedelta(days=1)).days))
    return (at.astimezone(UTC) + length).astimezone(at.tzinfo) if length else None
