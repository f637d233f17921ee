# SPDX-License-Identifier: EUPL-1.2
"""Latvian working days. Plain values in and out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _free_and_worked(year: int) -> tuple[frozenset[date], frozenset[date]]:
    known = holidays.country_holidays("LV", years=year)
    return frozenset(known), frozenset(known.weekend_workdays)


@dataclass(frozen=True)
class WorkingDays:
    """Latvian working days; ``moved`` says of single days that they are worked on (true) or free (false), whatever the rest says."""

    moved: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Say whether offices work on a day.

        >>> WorkingDays().is_working(date(2026, 11, 18)), WorkingDays().is_working(date(2026, 11, 19))
        (False, True)
        >>> WorkingDays({date(2026, 11, 19): False, date(2026, 11, 21): True}).is_working(date(2026, 11, 21))
        True
        """
        if day in self.moved:
            return self.moved[day]
        free, worked = _free_and_worked(day.year)
        return day in worked or (day.weekday() < 5 and day not in free)

    def is_holiday(self, day: date) -> bool:
        """Say whether a day is free because of a holiday, or was made free by moving, not only for being a Saturday or Sunday.

        >>> WorkingDays().is_holiday(date(2026, 4, 5)), WorkingDays().is_holiday(date(2026, 4, 12))  # Easter, a Sunday
        (True, False)
        """
        if day in self.moved:
            return not self.moved[day]
        return day in _free_and_worked(day.year)[0]

    def next_working(self, day: date) -> date:
        """Return the day, or the first working day after it.

        >>> WorkingDays().next_working(date(2026, 4, 3))  # Good Friday
        datetime.date(2026, 4, 7)
        """
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def later(self, day: date, working_days: int) -> date:
        """Return the working day that many working days after a day, which itself is not counted.

        >>> WorkingDays().later(date(2026, 11, 17), 1)
        datetime.date(2026, 11, 19)
        """
        for _number in range(working_days):
            day = self.next_working(day + timedelta(days=1))
        return day
