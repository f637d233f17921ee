# SPDX-License-Identifier: EUPL-1.2
"""What was written about proposals later, and letters about them that came back."""

from typing import Any

from django.db.models import QuerySet

from talka.audit.models import key_of
from talka.notifications.models import Notification
from talka.proposals.models import Addition, Proposal


def additions(proposal: Proposal) -> "QuerySet[Addition]":
    """Return what was added to a proposal, in the order of time, with its files."""
    return Addition.objects.filter(proposal=proposal).select_related("read_by").prefetch_related("files__attachment")


def unread_additions(user: Any) -> "QuerySet[Addition]":
    """Return what was added to the proposals that the person works on and nobody has read yet, oldest first."""
    mine = Proposal.objects.worked_on_by(user).filter(withdrawn_at__isnull=True)
    return Addition.objects.filter(read_at__isnull=True, proposal__in=mine.values("pk")).select_related(
        "proposal__process"
    )


def returned_letters(proposal: Proposal) -> "QuerySet[Notification]":
    """Return the letters about a proposal that came back, the last first."""
    return Notification.objects.returned().filter(thread=key_of(proposal)).defer("text", "html")
