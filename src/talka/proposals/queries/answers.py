# SPDX-License-Identifier: EUPL-1.2
"""What leads to an answer and what follows it: recommendations, versions, texts to begin with."""

from collections.abc import Sequence

from django.utils import timezone

from talka.core.dates import long_date
from talka.processes.models import Process
from talka.proposals import filling
from talka.proposals.models import Proposal, Recommendation, Reply, ReplyTemplate, ReplyVersion

PREVIEWED = 30


def recommendations(proposal: Proposal) -> list[Recommendation]:
    """Return what was recommended for a proposal, the last first."""
    related = ("group", "person", "recommended_by")
    return list(Recommendation.objects.filter(proposal=proposal).select_related(*related))


def published_versions(reply: Reply) -> list[ReplyVersion]:
    """Return the answer as it was published and as it was corrected, oldest first, without what was taken back."""
    return list(ReplyVersion.objects.filter(reply=reply, taken_back_at__isnull=True).order_by("number"))


def reply_templates(process: Process) -> list[ReplyTemplate]:
    """Return the texts from which answers of a process can begin."""
    return list(ReplyTemplate.objects.filter(process=process))


def entries_to_preview(process: Process) -> list[Proposal]:
    """Return the last entries of a process, with which a template can be tried."""
    entries = Proposal.objects.filter(process=process, withdrawn_at__isnull=True).defer("text", "search")
    return list(entries.select_related("process", "assigned_group", "author").order_by("-number")[:PREVIEWED])


def field_values(proposal: Proposal, signature: str) -> dict[str, str]:
    """Return what the fields of a text become for a proposal; needs process and group loaded."""
    received = timezone.localtime(proposal.received_at).date()
    return {
        "numurs": proposal.reference,
        "virsraksts": proposal.title,
        "datums": long_date(received, proposal.process.language, case="locative"),
        "grupa": proposal.assigned_group.name if proposal.assigned_group is not None else "",
        "paraksts": signature,
    }


def filled(text: str, proposal: Proposal, signature: str) -> str:
    """Return a text with its fields filled in for a proposal; a field for which there is nothing stays as it is."""
    values = field_values(proposal, signature)
    return filling.fill(text, {name: value for name, value in values.items() if value})


def empty_fields(text: str, proposals: Sequence[Proposal], signature: str) -> dict[str, list[str]]:
    """Return for each proposal (by reference) the fields of a text that would stay empty; nothing for those without."""
    found = {
        proposal.reference: filling.missing_values(text, field_values(proposal, signature)) for proposal in proposals
    }
    return {reference: missing for reference, missing in found.items() if missing}
