# SPDX-License-Identifier: EUPL-1.2
"""When receptions are held, in the words of the language that is read now."""

from datetime import date, datetime, time

from django.utils import timezone

from talka.appointments.models import Booking, Reception
from talka.appointments.slots import Hours
from talka.core import clock, dates
from talka.core.reading import language


def _joined(words: list[str]) -> str:
    last = {"lv": " un ", "en": " and "}[language()]
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def weekdays_words(weekdays: list[int], every: int) -> str:
    """Write on which days of the week: ``otrdienās un ceturtdienās``, ``katru otro nedēļu, otrdienās``."""
    names = [dates.WEEKDAYS[language()][day] for day in weekdays]
    if language() == "lv":
        written = _joined([f"{name.removesuffix('a')}ās" for name in names])
        return f"katru otro nedēļu, {written}" if every == 2 else written
    written = f"on {_joined([f'{name}s' for name in names])}"
    return f"every second week, {written}" if every == 2 else written


def span_words(opens: time, closes: time) -> str:
    """Write from when to when: ``15.00–18.00``."""
    return dates.hours(datetime.combine(date.min, opens), datetime.combine(date.min, closes), language())


def hours_words(hours: Hours) -> str:
    """Write the hours of a day."""
    return span_words(hours.opens, hours.closes)


def reception_words(reception: Reception) -> str:
    """Write when a reception is held, by its rule or as it is known in words."""
    hours = reception.hours
    if hours is None:
        return reception.time_note
    at = " plkst. " if language() == "lv" else ", "
    written = f"{weekdays_words(reception.weekdays, reception.every)}{at}{hours_words(hours)}"
    return f"{written}; {reception.time_note}" if reception.time_note else written


def moment_words(moment: datetime) -> str:
    """Write a day with its weekday and the hour, as the answer to “when?”."""
    local = timezone.localtime(moment)
    at = " plkst. " if language() == "lv" else ", "
    day = dates.day_and_weekday(local.date(), language(), today=clock.today())
    return f"{day}{at}{dates.clock_time(local, language())}"


def booking_words(booking: Booking) -> str:
    """Write when a booking is."""
    return moment_words(booking.starts_at)
