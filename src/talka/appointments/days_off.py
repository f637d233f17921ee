# SPDX-License-Identifier: EUPL-1.2
"""The days on which nobody works in Latvia. Plain values in and out."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from holidays import country_holidays


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of a year, with the working day after one that falls on a weekend (Par svētku dienām).

    >>> [str(day) for day in sorted(public_holidays(2026)) if day.month == 11]
    ['2026-11-18']
    """
    return frozenset(country_holidays("LV", years=year))


def days_off(first: date, last: date, moved: Mapping[date, bool] | None = None) -> frozenset[date]:
    """Return the public holidays of all years that these two days span, and the days that were made free.

    ``moved`` says of single days that they are worked on (true) or free (false), whatever the rest says.

    >>> moved = {date(2026, 11, 18): True, date(2026, 11, 19): False}
    >>> [str(day) for day in sorted(days_off(date(2026, 1, 1), date(2026, 12, 31), moved)) if day.month == 11]
    ['2026-11-19']
    """
    moved = moved or {}
    free = frozenset().union(*(public_holidays(year) for year in range(first.year, last.year + 1)))
    return (free | {day for day, worked in moved.items() if not worked}) - {
        day for day, worked in moved.items() if worked
    }
