# SPDX-License-Identifier: EUPL-1.2
"""What mail does when something happens below."""

from typing import Any

from django.dispatch import receiver

from talka.mailbox.operations.handling import erase_mail_of
from talka.mailbox.queries import read_address
from talka.plans import reply_address
from talka.proposals.models import Proposal
from talka.proposals.signals import author_erased


@receiver(author_erased)
def erase_mail(sender: object, *, proposal: Proposal, **_more: Any) -> None:
    """Erase the mail that belongs to an entry when the personal data of its author is erased."""
    erase_mail_of(proposal)


reply_address.declare(read_address)
