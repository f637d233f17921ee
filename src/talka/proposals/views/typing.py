# SPDX-License-Identifier: EUPL-1.2
"""What is being typed into a form, compared with what is there."""

from django.http import HttpRequest

from talka.core.text import clean_line, clean_text
from talka.processes.models import Process
from talka.proposals import queries
from talka.proposals.models import Proposal


def typed(request: HttpRequest) -> tuple[str, str]:
    """Return title and text as they were typed so far, as much of them as is compared."""
    return clean_line(request.POST.get("title", "")[:200]), clean_text(request.POST.get("text", "")[:5000])


def similar_on_form(process: Process, request: HttpRequest) -> list[queries.Similar]:
    """Return the public proposals like what stands in a form that came back, so that they show without scripts too."""
    title, text = typed(request)
    return queries.similar_to(Proposal.objects.published_in([process]), title, text) if text else []
