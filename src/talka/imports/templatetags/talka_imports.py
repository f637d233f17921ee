# SPDX-License-Identifier: EUPL-1.2
"""Cells and values of lines as text; loaded as ``talka_imports``."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from talka.core import dates
from talka.imports.reading import Cell
from talka.imports.values import text_of

register = template.Library()


@register.filter
def cell_text(value: Cell) -> str:
    """Write a cell of a table as its reader sees it."""
    return text_of(value)


@register.filter
def line_value(value: Any) -> Any:
    """Write a value of a line: a moment with its hour, a number with a comma, everything else as it is."""
    if isinstance(value, datetime):
        moment, language = timezone.localtime(value), (get_language() or "lv")[:2]
        return f"{dates.short_date(moment.date(), language)} {dates.clock_time(moment, language)}"
    return text_of(value) if isinstance(value, float | int) else value
