# SPDX-License-Identifier: EUPL-1.2
"""A recurrence rule as a value: read from the text of RFC 5545 and written back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from types import MappingProxyType
from typing import Self

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST = 1000
"""Characters of a rule; none that a person means is longer."""
MOST = 1_000_000
"""The largest interval and count that is taken."""

_NUMBERS: Mapping[str, tuple[int, int, bool]] = MappingProxyType(
    {
        "BYMONTH": (1, 12, False),
        "BYWEEKNO": (1, 53, True),
        "BYYEARDAY": (1, 366, True),
        "BYMONTHDAY": (1, 31, True),
        "BYHOUR": (0, 23, False),
        "BYMINUTE": (0, 59, False),
        "BYSECOND": (0, 60, False),
        "BYSETPOS": (1, 366, True),
    }
)
_NOT_WITH: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "BYWEEKNO": FREQUENCIES[1:],
        "BYYEARDAY": ("MONTHLY", "WEEKLY", "DAILY"),
        "BYMONTHDAY": ("WEEKLY",),
    }
)
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{8})(T\d{6}(Z?))?")


class BadRule(ValueError):
    """A rule that cannot be read; ``part`` names where: ``BYDAY``, or the piece itself where its name is not known."""

    def __init__(self, part: str) -> None:
        self.part = part[:40]
        super().__init__(self.part)


@dataclass(frozen=True)
class Rule:
    """A recurrence rule. ``by_day`` holds pairs of which one (0: each) and the day of the week (0: Monday)."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: date | datetime | None = None
    by_month: tuple[int, ...] = ()
    by_week_no: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[tuple[int, int], ...] = ()
    by_hour: tuple[int, ...] = ()
    by_minute: tuple[int, ...] = ()
    by_second: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0

    @classmethod
    def read(cls, text: str, *, zone: tzinfo | None = None) -> Self:
        """Read a rule; an end that is given in UTC becomes what clocks in ``zone`` show then. Raises ``BadRule``.

        >>> Rule.read("FREQ=MONTHLY;BYDAY=2TU").by_day
        ((2, 1),)
        >>> Rule.read("FREQ=WEEKLY;BYDAY=1TU")
        Traceback (most recent call last):
        talka.core.recurrence.rules.BadRule: BYDAY
        """
        parts = _parts(text)
        freq = parts.pop("FREQ", "")
        if freq not in FREQUENCIES:
            raise BadRule("FREQ")
        if parts.pop("RSCALE", "GREGORIAN") != "GREGORIAN":
            raise BadRule("RSCALE")
        if parts.pop("SKIP", "OMIT") != "OMIT":
            raise BadRule("SKIP")
        week_start = parts.pop("WKST", "MO")
        if week_start not in WEEKDAYS:
            raise BadRule("WKST")
        if "COUNT" in parts and "UNTIL" in parts:
            raise BadRule("COUNT")
        rule = cls(
            freq=freq,
            interval=_whole("INTERVAL", parts.pop("INTERVAL", "1")),
            count=_whole("COUNT", parts.pop("COUNT")) if "COUNT" in parts else None,
            until=_until(parts.pop("UNTIL"), zone) if "UNTIL" in parts else None,
            by_day=_days(parts.pop("BYDAY")) if "BYDAY" in parts else (),
            week_start=WEEKDAYS.index(week_start),
            by_month=_numbers(parts, "BYMONTH"),
            by_week_no=_numbers(parts, "BYWEEKNO"),
            by_year_day=_numbers(parts, "BYYEARDAY"),
            by_month_day=_numbers(parts, "BYMONTHDAY"),
            by_hour=_numbers(parts, "BYHOUR"),
            by_minute=_numbers(parts, "BYMINUTE"),
            by_second=_numbers(parts, "BYSECOND"),
            by_set_pos=_numbers(parts, "BYSETPOS"),
        )
        if parts:
            raise BadRule(next(iter(parts)))
        rule._check()
        return rule

    def _check(self) -> None:
        given = self._lists()
        for name, forbidden in _NOT_WITH.items():
            if name in given and self.freq in forbidden:
                raise BadRule(name)
        if any(which for which, _day in self.by_day) and (self.freq not in {"YEARLY", "MONTHLY"} or self.by_week_no):
            raise BadRule("BYDAY")
        if self.by_set_pos and not set(given) - {"BYSETPOS"}:
            raise BadRule("BYSETPOS")

    def _lists(self) -> dict[str, str]:
        days = ",".join(f"{which or ''}{WEEKDAYS[day]}" for which, day in self.by_day)
        lists = {
            "BYMONTH": self.by_month, "BYWEEKNO": self.by_week_no, "BYYEARDAY": self.by_year_day,
            "BYMONTHDAY": self.by_month_day, "BYHOUR": self.by_hour, "BYMINUTE": self.by_minute,
            "BYSECOND": self.by_second, "BYSETPOS": self.by_set_pos,
        }  # fmt: skip
        written = {name: ",".join(str(number) for number in numbers) for name, numbers in lists.items() if numbers}
        return {"BYDAY": days, **written} if days else written

    def __str__(self) -> str:
        """Write the rule as RFC 5545 does.

        >>> str(Rule.read("BYDAY=2TU;FREQ=MONTHLY;INTERVAL=1;UNTIL=20301231"))
        'FREQ=MONTHLY;UNTIL=20301231;BYDAY=2TU'
        """
        parts = {"FREQ": self.freq}
        if self.interval != 1:
            parts["INTERVAL"] = str(self.interval)
        if self.count is not None:
            parts["COUNT"] = str(self.count)
        if self.until is not None:
            with_hour = isinstance(self.until, datetime)
            parts["UNTIL"] = self.until.strftime("%Y%m%dT%H%M%S" if with_hour else "%Y%m%d")
        parts |= self._lists()
        if self.week_start:
            parts["WKST"] = WEEKDAYS[self.week_start]
        return ";".join(f"{name}={value}" for name, value in parts.items())


def _parts(text: str) -> dict[str, str]:
    if len(text) > LONGEST:
        raise BadRule("RRULE")
    parts: dict[str, str] = {}
    for piece in re.sub(r"\s+", "", text).upper().removeprefix("RRULE:").split(";"):
        name, separator, value = piece.partition("=")
        if not piece:
            continue  # a trailing semicolon, as some calendars write it
        if not separator or not value or name in parts:
            raise BadRule(name)
        parts[name] = value
    return parts


def _whole(name: str, written: str) -> int:
    if not (written.isascii() and written.isdecimal() and len(written) < 8 and 1 <= int(written) <= MOST):
        raise BadRule(name)
    return int(written)


def _numbers(parts: dict[str, str], name: str) -> tuple[int, ...]:
    if name not in parts:
        return ()
    least, most, may_be_negative = _NUMBERS[name]
    found = set()
    for piece in parts.pop(name).split(","):
        if not re.fullmatch(r"[+-]?\d{1,3}", piece, re.ASCII):
            raise BadRule(name)
        number = int(piece)
        if not least <= (abs(number) if may_be_negative else number) <= most:
            raise BadRule(name)
        found.add(number)
    return tuple(sorted(found))


def _days(written: str) -> tuple[tuple[int, int], ...]:
    found = set()
    for piece in written.split(","):
        match = _DAY.fullmatch(piece)
        if match is None or (match[1] and not 1 <= abs(int(match[1])) <= 53):
            raise BadRule("BYDAY")
        found.add((int(match[1] or 0), WEEKDAYS.index(match[2])))
    return tuple(sorted(found))


def _until(written: str, zone: tzinfo | None) -> date | datetime:
    match = _UNTIL.fullmatch(written)
    try:
        if match is None:
            raise ValueError(written)
        if not match[2]:
            return datetime.strptime(written, "%Y%m%d").date()
        moment = datetime.strptime(written.rstrip("Z"), "%Y%m%dT%H%M%S")
        if match[3] and zone is not None:
            return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise BadRule("UNTIL") from None
    return moment
