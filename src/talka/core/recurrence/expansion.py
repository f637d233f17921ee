# SPDX-License-Identifier: EUPL-1.2
"""The days and hours that a recurrence rule means, one period after another: years, months, weeks, days, hours …"""

from collections.abc import Iterator
from datetime import MAXYEAR, date, datetime, time, timedelta
from itertools import product

from talka.core.recurrence.rules import BadRule, Rule

FRUITLESS = {"YEARLY": 1000, "MONTHLY": 6000}
"""After so many periods without a date a rule is taken to mean none, such as every 30 February; 20,000 of shorter ones.

What comes most seldom is 29 February on one day of the week: after 40 years, or as many times the interval.
"""

_DAY = timedelta(days=1)
_STEPS = {"HOURLY": timedelta(hours=1), "MINUTELY": timedelta(minutes=1), "SECONDLY": timedelta(seconds=1)}


def occurrences(rule: Rule, starts: datetime) -> Iterator[datetime]:
    """Go over the local times that a rule means from ``starts`` on, without a zone; for ever where the rule has no end.

    ``starts`` gives what the rule leaves open (hour, day of the week or month) and is itself one only where the rule
    says so. The positions of BYSETPOS are counted in the whole period, also in the first one.

    >>> from itertools import islice
    >>> rule = Rule.read("FREQ=MONTHLY;BYDAY=1TU,3TU")
    >>> [f"{one:%d.%m.%Y %H.%M}" for one in islice(occurrences(rule, datetime(2020, 2, 1, 13)), 3)]
    ['04.02.2020 13.00', '18.02.2020 13.00', '03.03.2020 13.00']
    """
    number = fruitless = 0
    patience = FRUITLESS.get(rule.freq, 20_000)
    for period in _periods(rule, starts):
        fruitless += 1
        for moment in _chosen(rule, period):
            if moment < starts:
                continue
            if _is_past(rule, moment):
                return
            fruitless = 0
            yield moment
            number += 1
            if number == rule.count:
                return
        if fruitless > patience:
            return


def days(rule: Rule, first: date) -> Iterator[date]:
    """Go over the days that a rule means from ``first`` on; parts of it that speak of hours count for nothing (RFC 5545).

    >>> list(days(Rule.read("FREQ=YEARLY;COUNT=2"), date(2024, 2, 29)))
    [datetime.date(2024, 2, 29), datetime.date(2028, 2, 29)]
    """
    if rule.freq in _STEPS:
        raise BadRule("FREQ")
    whole = Rule(
        rule.freq, rule.interval, rule.count, rule.until,
        rule.by_month, rule.by_week_no, rule.by_year_day, rule.by_month_day, rule.by_day,
        by_set_pos=rule.by_set_pos, week_start=rule.week_start,
    )  # fmt: skip
    if isinstance(rule.until, datetime):
        whole = Rule(**{**vars(whole), "until": rule.until.date()})
    return (moment.date() for moment in occurrences(whole, datetime.combine(first, time.min)))


def _is_past(rule: Rule, moment: datetime) -> bool:
    if rule.until is None:
        return False
    return moment > rule.until if isinstance(rule.until, datetime) else moment.date() > rule.until


def _chosen(rule: Rule, period: list[datetime]) -> list[datetime]:
    """Return those of a period's times that BYSETPOS leaves, in order."""
    if not rule.by_set_pos:
        return period
    size = len(period)
    places = {place - 1 if place > 0 else size + place for place in rule.by_set_pos}
    return [period[place] for place in sorted(places) if 0 <= place < size]


def _periods(rule: Rule, starts: datetime) -> Iterator[list[datetime]]:
    """Go over the periods of a rule, each as the times in it that the rule means."""
    if rule.freq in _STEPS:
        yield from _short_periods(rule, starts)
        return
    hours = sorted(
        product(
            rule.by_hour or (starts.hour,),
            rule.by_minute or (starts.minute,),
            sorted({min(second, 59) for second in rule.by_second}) or (starts.second,),  # RFC 5545, 3.3.12
        )
    )
    times = [time(*hour) for hour in hours]
    try:
        for found in _day_periods(rule, starts.date()):
            yield [datetime.combine(day, hour) for day in found for hour in times]
    except OverflowError:  # the calendar ends with the year 9999
        return


def _day_periods(rule: Rule, start: date) -> Iterator[list[date]]:
    if rule.freq == "YEARLY" and rule.by_week_no:
        for year in range(_first_year_of_weeks(rule, start), MAXYEAR, rule.interval):
            yield _days_of_weeks(rule, year, start)
    elif rule.freq == "YEARLY":
        for year in range(start.year, MAXYEAR, rule.interval):
            yield _days_of_year(rule, year, start)
    elif rule.freq == "MONTHLY":
        for number in range(start.year * 12 + start.month - 1, MAXYEAR * 12, rule.interval):
            yield _days_of_month(rule, *divmod(number, 12), start)
    elif rule.freq == "WEEKLY":
        monday = start - (start.weekday() - rule.week_start) % 7 * _DAY
        wanted = {day for _which, day in rule.by_day} or {start.weekday()}
        while True:
            week = [monday + number * _DAY for number in range(7)]
            yield [day for day in week if day.weekday() in wanted and _allows(rule, day)]
            monday += 7 * rule.interval * _DAY
    else:
        day = start
        while True:
            yield [day] if _allows(rule, day) and _on_weekday(rule, day) else []
            day += rule.interval * _DAY


def _allows(rule: Rule, day: date) -> bool:
    """Say whether month, day of the month and day of the year are among those the rule names, where it names any."""
    if rule.by_month and day.month not in rule.by_month:
        return False
    if rule.by_month_day:
        length = (_first_of_next_month(day.year, day.month) - date(day.year, day.month, 1)).days
        if day.day not in rule.by_month_day and day.day - length - 1 not in rule.by_month_day:
            return False
    if rule.by_year_day:
        number, length = day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday
        return number in rule.by_year_day or number - length - 1 in rule.by_year_day
    return True


def _on_weekday(rule: Rule, day: date) -> bool:
    return not rule.by_day or any(weekday == day.weekday() for _which, weekday in rule.by_day)


def _first_of_next_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def _span(first: date, end: date) -> list[date]:
    return [first + number * _DAY for number in range((end - first).days)]


def _by_day(rule: Rule, span: list[date]) -> list[date]:
    """Return those days of a month or year that BYDAY names: each Tuesday, the second, the last but one."""
    if not rule.by_day:
        return span
    found = set()
    for which, weekday in rule.by_day:
        same = [day for day in span if day.weekday() == weekday]
        if not which:
            found.update(same)
        elif abs(which) <= len(same):
            found.add(same[which - 1 if which > 0 else which])
    return sorted(found)


def _days_of_month(rule: Rule, year: int, month0: int, start: date) -> list[date]:
    if rule.by_month and month0 + 1 not in rule.by_month:
        return []
    span = _span(date(year, month0 + 1, 1), _first_of_next_month(year, month0 + 1))
    if not rule.by_day and not rule.by_month_day:
        return [day for day in span if day.day == start.day]
    return [day for day in _by_day(rule, span) if _allows(rule, day)]


def _days_of_year(rule: Rule, year: int, start: date) -> list[date]:
    if not rule.by_day and not rule.by_year_day:
        months = rule.by_month or (start.month,)
        days = rule.by_month_day or (start.day,)
        plain = Rule("MONTHLY", by_month=months, by_month_day=days)
        return [day for month in months for day in _days_of_month(plain, year, month - 1, start)]
    if rule.by_month:
        spans = [_span(date(year, month, 1), _first_of_next_month(year, month)) for month in rule.by_month]
    else:
        spans = [_span(date(year, 1, 1), date(year + 1, 1, 1))]
    return [day for span in spans for day in _by_day(rule, span) if _allows(rule, day)]


def _first_week(year: int, week_start: int) -> date:
    """Return the first day of the first week of a year: of the first with at least four days in it (RFC 5545)."""
    fourth = date(year, 1, 4)
    return fourth - (fourth.weekday() - week_start) % 7 * _DAY


def _year_of_week(day: date, week_start: int) -> int:
    """Return the year to which the week of a day belongs, which is not always the year of the day."""
    if day >= _first_week(day.year + 1, week_start):
        return day.year + 1
    return day.year if day >= _first_week(day.year, week_start) else day.year - 1


def _first_year_of_weeks(rule: Rule, start: date) -> int:
    """Return the year from which the interval counts: of the start's week; of the start, where that is not of the rule."""
    year = _year_of_week(start, rule.week_start)
    return year if rule.interval == 1 or start in _days_of_weeks(rule, year, start) else start.year


def _days_of_weeks(rule: Rule, year: int, start: date) -> list[date]:
    first, after = _first_week(year, rule.week_start), _first_week(year + 1, rule.week_start)
    weeks = (after - first).days // 7
    numbers = sorted({number if number > 0 else weeks + 1 + number for number in rule.by_week_no})
    found = [first + (7 * (number - 1) + day) * _DAY for number in numbers if 1 <= number <= weeks for day in range(7)]
    if rule.by_day or rule.by_month_day or rule.by_year_day:
        return [day for day in found if _allows(rule, day) and _on_weekday(rule, day)]
    return [day for day in found if day.weekday() == start.weekday() and _allows(rule, day)]


def _short_periods(rule: Rule, starts: datetime) -> Iterator[list[datetime]]:
    """Go over hours, minutes or seconds, leaping over whole days, hours and minutes that the rule does not want."""
    step = _STEPS[rule.freq] * rule.interval
    moment = starts
    try:
        while True:
            leap_to = _next_wanted(rule, moment)
            if leap_to is None:
                yield _within(rule, moment, starts)
                moment += step
            else:
                yield []
                moment += -((moment - leap_to) // step) * step
    except OverflowError:
        return


def _next_wanted(rule: Rule, moment: datetime) -> datetime | None:
    """Return the next moment worth looking at where the rule does not want this day, hour or minute at all."""
    day = moment.date()
    if not (_allows(rule, day) and _on_weekday(rule, day)):
        return datetime.combine(day + _DAY, time.min)
    if rule.by_hour and moment.hour not in rule.by_hour:
        return moment.replace(minute=0, second=0) + _STEPS["HOURLY"]
    if rule.freq != "HOURLY" and rule.by_minute and moment.minute not in rule.by_minute:
        return moment.replace(second=0) + _STEPS["MINUTELY"]
    return None


def _within(rule: Rule, moment: datetime, starts: datetime) -> list[datetime]:
    seconds = sorted({min(second, 59) for second in rule.by_second})
    if rule.freq == "SECONDLY":
        return [moment] if not seconds or moment.second in seconds else []
    minutes = rule.by_minute or (starts.minute,) if rule.freq == "HOURLY" else (moment.minute,)
    return [
        moment.replace(minute=minute, second=second) for minute in minutes for second in seconds or (starts.second,)
    ]
