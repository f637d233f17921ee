# SPDX-License-Identifier: EUPL-1.2
"""Template tags of the gathering pages; loaded as ``talka_portal``."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.translation import get_language

from talka.core import clock, dates
from talka.core.text import clean_line, shorten
from talka.processes.models import Phase
from talka.proposals.models import Proposal

register = template.Library()


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@register.inclusion_tag("portal/page_meta.html", takes_context=True)
def page_meta(context: Context, about: str = "") -> dict[str, Any]:
    """Write what search engines and links to a page need: description, its own address, its address in every language."""
    request: HttpRequest = context["request"]
    rest = request.path.removeprefix(f"/{_language()}/")
    return {
        "about": shorten(clean_line(about), 200),
        "canonical": f"{settings.TALKA_URL}{request.path}",
        "alternates": [
            {"code": code, "url": f"{settings.TALKA_URL}/{code}/{rest}"} for code, _name in settings.LANGUAGES
        ],
    }


@register.filter
def phase_dates(phase: Phase) -> str:
    """Write when a phase is: in words where it says so, else from when to when."""
    return phase.dates_note or dates.period(phase.starts_on, phase.ends_on, _language(), today=clock.today())


@register.filter
def deeds(phase: Phase) -> list[str]:
    """Return what can be done in a phase, in words."""
    return [str(Phase.Deed(deed).label) for deed in phase.allows if deed in Phase.Deed.values]


@register.filter
def days_since(proposal: Proposal) -> int:
    """Return how many days ago a proposal was received."""
    return (clock.today() - timezone.localdate(proposal.received_at)).days
