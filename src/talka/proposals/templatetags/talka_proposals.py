# SPDX-License-Identifier: EUPL-1.2
"""Template filters for what a search has found; loaded as ``talka_proposals``."""

from django import template
from django.utils.safestring import SafeString

from talka.proposals import highlighting
from talka.proposals.searching import Query

register = template.Library()


@register.filter
def marked(text: str, query: Query | str | None) -> SafeString:
    """Mark what the search finds; without a search the text is as it is."""
    return highlighting.marked(text, query or None if not isinstance(query, str) else None)


@register.filter
def snippet(text: str, query: Query | str | None) -> SafeString:
    """Show the part of a text around what the search finds."""
    return highlighting.snippet(text, query or None if not isinstance(query, str) else None)
