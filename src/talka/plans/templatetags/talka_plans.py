# SPDX-License-Identifier: EUPL-1.2
"""Template tags and filters for plans; loaded as ``talka_plans``."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from talka.core.templatetags.talka_text import number
from talka.plans import wording
from talka.plans.models import NodeVersion, Source

register = template.Library()


@register.filter
def term(version: NodeVersion) -> str:
    """Write from when to when something is to be done."""
    return wording.term(version)


@register.filter
def money(value: Decimal | None) -> str:
    """Write a sum of money: ``640 000 EUR``, cents only where there are some; a dash for nothing known."""
    if value is None:
        return "–"
    whole = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.quantize(Decimal("0.01"))
    return f"{number(whole)}\u00a0EUR"


@register.filter
def source_name(source: str) -> str:
    """Name a source of money."""
    return str(Source(source).label)


@register.simple_tag
def standing_tag(standing: str) -> SafeString:
    """Show how an action is going, in a word with a color."""
    label, color = wording.STANDING_LABELS[standing], wording.STANDING_COLORS[standing]
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', color, label)


@register.simple_tag
def stale_label() -> str:
    """Say in words that nobody has said for long how something is going."""
    return str(wording.STALE)
