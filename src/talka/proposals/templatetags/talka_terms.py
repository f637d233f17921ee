# SPDX-License-Identifier: EUPL-1.2
"""Template filters for terms; loaded as ``talka_terms``."""

from django import template

from talka.proposals.deadlines import Span
from talka.proposals.models import Proposal
from talka.proposals.queries.owing import days_late
from talka.proposals.wording import span_words

register = template.Library()


@register.filter
def span(value: Span | None) -> str:
    """Write a length of time in words, nothing for none."""
    return span_words(value) if value is not None else ""


@register.filter
def late_days(proposal: Proposal) -> int:
    """Return by how many days an answer is late."""
    return days_late(proposal)
