# SPDX-License-Identifier: EUPL-1.2
"""The days on which nobody works in Latvia. Plain values in and out."""

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


def days_off(first: date, last: date) -> frozenset[date]:
    """Return the public holidays of all years that these two days span."""
    return frozenset().union(*(public_holidays(year) for year in range(first.year, last.year + 1)))
