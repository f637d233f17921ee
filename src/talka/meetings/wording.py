# SPDX-License-Identifier: EUPL-1.2
"""When and where, in the words of the language that is read now."""

from datetime import date, datetime

from django.utils import timezone

from talka.core import clock, dates
from talka.core.reading import language
from talka.meetings.models import Meeting


def day_words(day: date) -> str:
    """Write a day with its weekday, as the answer to “when?”: ``trešdien, 12. februārī``."""
    return dates.day_and_weekday(day, language(), today=clock.today())


def when_words(meeting: Meeting) -> str:
    """Write when a meeting takes place: day and hours, only the day, or what is known of it in words."""
    first, last = meeting.first_day, meeting.last_day
    if meeting.starts_at is None or first is None or last is None:
        return meeting.time_note
    if meeting.whole_day:
        return day_words(first) if first == last else f"{day_words(first)} – {day_words(last)}"
    if first != last and meeting.ends_at is not None:
        return f"{day_and_hour(meeting.starts_at)} – {day_and_hour(meeting.ends_at)}"
    return f"{day_words(first)}{_at()}{hours_words(meeting)}"


def _at() -> str:
    return " plkst. " if language() == "lv" else ", "


def day_and_hour(moment: datetime) -> str:
    """Write a day with its weekday, and the hour."""
    local = timezone.localtime(moment)
    return f"{day_words(local.date())}{_at()}{dates.clock_time(local, language())}"


def hours_words(meeting: Meeting) -> str:
    """Write the hours of a meeting; empty where only the day is known."""
    if meeting.starts_at is None or meeting.whole_day:
        return ""
    ends = timezone.localtime(meeting.ends_at) if meeting.ends_at else None
    return dates.hours(timezone.localtime(meeting.starts_at), ends, language())
