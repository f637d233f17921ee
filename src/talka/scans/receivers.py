# SPDX-License-Identifier: EUPL-1.2
"""What scans do when something happens below."""

from typing import Any

from django.dispatch import receiver

from talka.proposals.models import Proposal
from talka.proposals.signals import author_erased
from talka.scans.operations.forgetting import forget_scans_of


@receiver(author_erased)
def forget_scans(sender: object, *, proposal: Proposal, **_more: Any) -> None:
    """Forget the paper that an entry was typed from when the personal data of its author is erased."""
    forget_scans_of(proposal)
