# SPDX-License-Identifier: EUPL-1.2
"""Template filters and tags for permissions, dates, numbers and texts; loaded as ``talka_text``."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.safestring import SafeString

from talka.core import clock, dates, text
from talka.core.permissions import is_allowed
from talka.core.reading import language as _language

register = template.Library()


def _day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.simple_tag(takes_context=True)
def can(context: Context, verb: str, obj: Any = None) -> bool:
    """Say whether the person looking at the page may do ``verb``: ``{% can "proposals.add_note" proposal as may %}``."""
    return is_allowed(context["request"].user, verb, obj)


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a date in words, the year only when it is not the present one."""
    return dates.long_date(_day(value), _language(), today=clock.today()) if value else ""


@register.filter
def day_when(value: date | datetime | None) -> str:
    """Write a date in words as it stands in a sentence: when? (Latvian locative)."""
    return dates.long_date(_day(value), _language(), today=clock.today(), case="locative") if value else ""


@register.filter
def figures(value: date | datetime | None) -> str:
    """Write a date in figures: ``03.01.2020.``."""
    return dates.short_date(_day(value), _language()) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Write when something happened: the date in words and the hour."""
    if value is None:
        return ""
    return dates.date_and_hours(timezone.localtime(value), None, _language(), today=clock.today(), case="locative")


@register.filter
def iso(value: date | datetime | None) -> str:
    """Write a moment for the ``datetime`` attribute."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    return value.isoformat() if value else ""


@register.simple_tag
def hours(starts: datetime, ends: datetime | None = None) -> str:
    """Write from when to when, in local time: ``13.00–15.00``."""
    return dates.hours(timezone.localtime(starts), timezone.localtime(ends) if ends else None, _language())


@register.simple_tag
def period(starts: date | None, ends: date | None) -> str:
    """Write a span of days, both included; either may be open."""
    return dates.period(starts, ends, _language(), today=clock.today())


@register.filter
def short_month(value: date | datetime) -> str:
    """Write the month's short name."""
    return dates.SHORT_MONTHS[_language()][_day(value).month - 1]


@register.filter
def other_year(value: date | datetime) -> str:
    """Write the year unless it is the present one."""
    return "" if _day(value).year == clock.today().year else str(_day(value).year)


@register.filter
def day_number(value: date | datetime) -> int:
    """Return the day of the month."""
    return _day(value).day


@register.filter
def weekday(day: date) -> str:
    """Write the name of the weekday."""
    return dates.WEEKDAYS[_language()][day.weekday()]


@register.filter
def weekday_short(day: date) -> str:
    """Write the name of the weekday, shortened as calendars do: ``otrd.``, ``Tue``."""
    name = weekday(day)
    return f"{name.removesuffix('iena')}." if _language() == "lv" else name[:3]


@register.filter
def day_and_weekday(day: date) -> str:
    """Write a day with its weekday, as the answer to “when?”, beginning with a capital letter."""
    written = dates.day_and_weekday(day, _language(), today=clock.today())
    return written[:1].upper() + written[1:]


@register.filter
def clock_time(moment: datetime) -> str:
    """Write the hour of a moment."""
    return dates.clock_time(timezone.localtime(moment), _language())


@register.filter
def number(value: Decimal | float | None) -> str:
    """Write a number as people do here: ``640 000`` and ``4,2`` (Latvian), ``640,000`` and ``4.2`` (English)."""
    if value is None:
        return ""
    written = f"{value:,}"
    return written.replace(",", "\u00a0").replace(".", ",") if _language() == "lv" else written


@register.filter
def markdown(value: str) -> SafeString:
    """Turn a coordinator's Markdown into clean HTML."""
    return text.render_markdown(value)


@register.filter
def shortened(value: str, limit: int) -> str:
    """Cut a text at a word's end."""
    return text.shorten(value, limit)
