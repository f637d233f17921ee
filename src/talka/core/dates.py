# SPDX-License-Identifier: EUPL-1.2
"""Dates and hours as people write them, in Latvian and English. Plain values in, text out.

Latvian notation follows the usage of public institutions: ``12. februārī plkst. 13.00–15.00``,
``03.01.2020.``; the year is left out where it is the year of the reader's present.
"""

from datetime import date, datetime, timedelta

# Nominative (what), genitive (since when), dative (until when), locative (when).
LATVIAN_MONTHS = (
    ("janvāris", "janvāra", "janvārim", "janvārī"),
    ("februāris", "februāra", "februārim", "februārī"),
    ("marts", "marta", "martam", "martā"),
    ("aprīlis", "aprīļa", "aprīlim", "aprīlī"),
    ("maijs", "maija", "maijam", "maijā"),
    ("jūnijs", "jūnija", "jūnijam", "jūnijā"),
    ("jūlijs", "jūlija", "jūlijam", "jūlijā"),
    ("augusts", "augusta", "augustam", "augustā"),
    ("septembris", "septembra", "septembrim", "septembrī"),
    ("oktobris", "oktobra", "oktobrim", "oktobrī"),
    ("novembris", "novembra", "novembrim", "novembrī"),
    ("decembris", "decembra", "decembrim", "decembrī"),
)
LATVIAN_CASES = {"nominative": 0, "genitive": 1, "dative": 2, "locative": 3}
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = {
    "lv": ("janv.", "febr.", "marts", "apr.", "maijs", "jūn.", "jūl.", "aug.", "sept.", "okt.", "nov.", "dec."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
WEEKDAYS = {
    "lv": ("pirmdiena", "otrdiena", "trešdiena", "ceturtdiena", "piektdiena", "sestdiena", "svētdiena"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def long_date(day: date, language: str, *, today: date | None = None, case: str = "nominative") -> str:
    """Write a date in words, without the year when it is the year of ``today``.

    >>> long_date(date(2020, 2, 12), "lv")
    '2020. gada 12. februāris'
    >>> long_date(date(2020, 2, 12), "lv", today=date(2020, 1, 3), case="locative")
    '12. februārī'
    >>> long_date(date(2020, 4, 1), "lv", today=date(2020, 1, 3), case="dative")
    '1. aprīlim'
    >>> long_date(date(2020, 2, 12), "en")
    '12 February 2020'
    """
    with_year = today is None or day.year != today.year
    if language == "lv":
        month = LATVIAN_MONTHS[day.month - 1][LATVIAN_CASES[case]]
        return f"{day.year}. gada {day.day}. {month}" if with_year else f"{day.day}. {month}"
    text = f"{day.day} {ENGLISH_MONTHS[day.month - 1]}"
    return f"{text} {day.year}" if with_year else text


def day_and_weekday(day: date, language: str, *, today: date | None = None) -> str:
    """Write a day with its weekday, as the answer to “when?”.

    >>> day_and_weekday(date(2020, 2, 12), "lv", today=date(2020, 1, 3))
    'trešdien, 12. februārī'
    >>> day_and_weekday(date(2020, 2, 12), "en")
    'Wednesday 12 February 2020'
    """
    name, written = WEEKDAYS[language][day.weekday()], long_date(day, language, today=today, case="locative")
    return f"{name.removesuffix('a')}, {written}" if language == "lv" else f"{name} {written}"


def short_date(day: date, language: str) -> str:
    """Write a date in figures.

    >>> short_date(date(2020, 1, 3), "lv"), short_date(date(2020, 1, 3), "en")
    ('03.01.2020.', '3 Jan 2020')
    """
    return f"{day:%d.%m.%Y}." if language == "lv" else f"{day.day} {SHORT_MONTHS['en'][day.month - 1]} {day.year}"


def clock_time(moment: datetime, language: str) -> str:
    """Write an hour and minute of local time.

    >>> clock_time(datetime(2020, 2, 12, 9, 5), "lv"), clock_time(datetime(2020, 2, 12, 9, 5), "en")
    ('9.05', '9:05')
    """
    return f"{moment.hour}{'.' if language == 'lv' else ':'}{moment.minute:02}"


def hours(starts: datetime, ends: datetime | None, language: str) -> str:
    """Write from when to when, in local time.

    >>> hours(datetime(2020, 2, 12, 13), datetime(2020, 2, 12, 15), "lv")
    '13.00–15.00'
    >>> hours(datetime(2020, 2, 12, 9), None, "lv")
    '9.00'
    """
    text = clock_time(starts, language)
    return text if ends is None else f"{text}–{clock_time(ends, language)}"


def date_and_hours(
    starts: datetime, ends: datetime | None, language: str, *, today: date | None = None, case: str = "nominative"
) -> str:
    """Write when something takes place, in local time.

    >>> date_and_hours(datetime(2020, 2, 12, 13), datetime(2020, 2, 12, 15), "lv", case="locative")
    '2020. gada 12. februārī plkst. 13.00–15.00'
    >>> date_and_hours(datetime(2020, 2, 12, 13), datetime(2020, 2, 12, 15), "en")
    '12 February 2020, 13:00–15:00'
    """
    day = long_date(starts.date(), language, today=today, case=case)
    if ends is not None and ends.date() != starts.date():
        until = date_and_hours(ends, None, language, today=today, case=case)
        return f"{date_and_hours(starts, None, language, today=today, case=case)} – {until}"
    return f"{day}{' plkst. ' if language == 'lv' else ', '}{hours(starts, ends, language)}"


def period(starts: date | None, ends: date | None, language: str, *, today: date | None = None) -> str:
    """Write a span of days, both ends included; either may be open.

    >>> period(date(2020, 1, 7), date(2020, 2, 28), "lv", today=date(2020, 1, 3))
    '7. janv. – 28. febr.'
    >>> period(date(2019, 11, 1), None, "lv", today=date(2020, 1, 3)), period(None, date(2020, 3, 1), "en")
    ('no 01.11.2019.', 'until 1 Mar 2020')
    >>> period(date(2019, 11, 1), date(2020, 2, 28), "lv", today=date(2020, 1, 3))
    '01.11.2019. – 28.02.2020.'
    """
    since, until = {"lv": ("no", "līdz"), "en": ("from", "until")}[language]
    if starts is None:
        return f"{until} {short_date(ends, language)}" if ends else ""
    if ends is None:
        return f"{since} {short_date(starts, language)}"
    if starts == ends:
        return short_date(starts, language)
    if today is not None and starts.year == ends.year == today.year:
        dot = "." if language == "lv" else ""
        names = SHORT_MONTHS[language]
        return f"{starts.day}{dot} {names[starts.month - 1]} – {ends.day}{dot} {names[ends.month - 1]}"
    return f"{short_date(starts, language)} – {short_date(ends, language)}"


def month_name(year: int, month: int, language: str) -> str:
    """Write a month as the heading of a calendar.

    >>> month_name(2020, 2, "lv"), month_name(2020, 2, "en")
    ('2020. gada februāris', 'February 2020')
    """
    if language == "lv":
        return f"{year}. gada {LATVIAN_MONTHS[month - 1][0]}"
    return f"{ENGLISH_MONTHS[month - 1]} {year}"


def month_weeks(year: int, month: int) -> list[list[date]]:
    """Return the weeks of a month, Monday first, each of seven days, with the neighbours' days filling up.

    >>> weeks = month_weeks(2020, 2)
    >>> len(weeks), weeks[0][0], weeks[-1][-1]
    (5, datetime.date(2020, 1, 27), datetime.date(2020, 3, 1))
    """
    first = date(year, month, 1)
    day = first - timedelta(days=first.weekday())
    weeks = []
    while day.month == month or day < first:
        weeks.append([day + timedelta(days=number) for number in range(7)])
        day += timedelta(days=7)
    return weeks
