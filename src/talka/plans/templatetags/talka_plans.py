# SPDX-License-Identifier: EUPL-1.2
"""Template tags and filters for plans; loaded as ``talka_plans``."""

from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from talka.core.templatetags.talka_text import number
from talka.plans import wording
from talka.plans.indicators_standing import rounded
from talka.plans.measured import plain
from talka.plans.models import NodeVersion, Source
from talka.plans.queries.money import Sums

register = template.Library()


@register.filter
def term(version: NodeVersion) -> str:
    """Write from when to when something is to be done."""
    return wording.term(version)


@register.filter
def money(value: Decimal | None) -> str:
    """Write a sum of money: ``640 000 EUR``, cents only where there are some; a dash for nothing known."""
    return wording.euros(value)


@register.simple_tag
def money_cells(sums: Sums) -> SafeString:
    """Write what is planned, committed and spent as three cells of a table that is stacked on narrow screens; a dash for nothing."""
    amounts = (
        (pgettext("heading", "Planned"), sums.planned),
        (pgettext("heading", "Committed"), sums.committed),
        (pgettext("heading", "Spent"), sums.spent),
    )
    return format_html_join(
        "", '<td class="num end{}" data-label="{}" data-value="{}">{}</td>',
        (("" if value else " nothing", label, str(value), wording.euros(value or None)) for label, value in amounts),
    )  # fmt: skip


@register.filter
def source_name(source: str) -> str:
    """Name a source of money."""
    return str(Source(source).label)


@register.simple_tag
def standing_tag(standing: str) -> SafeString:
    """Show how an action is going, in a word with a color."""
    label, color = wording.STANDING_LABELS[standing], wording.STANDING_COLORS[standing]
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', color, label)


@register.filter
def measured(value: Decimal | None, decimals: int) -> str:
    """Write a value of an indicator, rounded to so many decimal places; a dash for none."""
    return number(rounded(value, decimals)) if value is not None else "–"


@register.filter
def raw(value: Decimal | None) -> str:
    """Write a value for programs: a full stop, nothing between thousands; an empty text for none."""
    return str(plain(value)) if value is not None else ""


@register.simple_tag
def indicator_tag(standing: str) -> SafeString:
    """Show how an indicator stands, in words with a color."""
    label, color = wording.INDICATOR_LABELS[standing], wording.INDICATOR_COLORS[standing]
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', color, label)


@register.simple_tag
def stale_label() -> str:
    """Say in words that nobody has said for long how something is going."""
    return str(wording.STALE)
