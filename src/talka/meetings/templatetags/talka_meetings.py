# SPDX-License-Identifier: EUPL-1.2
"""Template filters for meetings; loaded as ``talka_meetings``."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from talka.core import dates
from talka.directory.models import Place
from talka.meetings import wording
from talka.meetings.models import Meeting

register = template.Library()


@register.filter
def meeting_when(meeting: Meeting) -> str:
    """Write when a meeting takes place, beginning with a capital letter."""
    words = wording.when_words(meeting)
    return words[:1].upper() + words[1:]


@register.filter
def meeting_hours(meeting: Meeting) -> str:
    """Write the hours of a meeting; empty where only the day is known."""
    return wording.hours_words(meeting)


@register.filter
def meeting_place(place: Place) -> str:
    """Write a place on one line."""
    return wording.place_words(place)


@register.filter
def place_floor(place: Place) -> str:
    """Write the floor of a place."""
    return wording.floor_words(place)


@register.filter
def place_room(place: Place) -> str:
    """Write the room of a place."""
    return wording.room_words(place)


@register.filter
def weekday(day: date) -> str:
    """Write the name of the weekday."""
    return dates.WEEKDAYS[wording.language()][day.weekday()]


@register.filter
def weekday_short(day: date) -> str:
    """Write the name of the weekday, shortened as calendars do: ``otrd.``, ``Tue``."""
    name = weekday(day)
    return f"{name.removesuffix('iena')}." if wording.language() == "lv" else name[:3]


@register.filter
def clock_time(moment: datetime) -> str:
    """Write the hour of a moment."""
    return dates.clock_time(timezone.localtime(moment), wording.language())
