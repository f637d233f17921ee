# SPDX-License-Identifier: EUPL-1.2
"""Template filters for polls; loaded as ``talka_polls``."""

from django import template
from django.utils.text import capfirst

from talka.scheduling.models import PollOption
from talka.scheduling.poll_wording import span_words

register = template.Library()


@register.filter
def option_when(option: PollOption) -> str:
    """Write one of the times of a poll, beginning with a capital letter."""
    return str(capfirst(span_words(option.starts_at, option.ends_at)))
