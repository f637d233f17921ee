# SPDX-License-Identifier: EUPL-1.2
"""Terms in words."""

from django.utils.translation import ngettext

from talka.proposals.deadlines import Span, Unit


def span_words(span: Span) -> str:
    """Write a length of time, such as “10 working days”."""
    number = span.number
    if span.unit == Unit.WORKING_DAYS:
        words = ngettext("%(number)d working day", "%(number)d working days", number)
    elif span.unit == Unit.MONTHS:
        words = ngettext("%(number)d month", "%(number)d months", number)
    else:
        words = ngettext("%(number)d calendar day", "%(number)d calendar days", number)
    return words % {"number": number}
