# SPDX-License-Identifier: EUPL-1.2
"""Letters to the author of a proposal, in one thread, with the address at which answers to them are read."""

from typing import Any

from talka.audit.models import key_of
from talka.notifications.models import Notification
from talka.notifications.operations import send_letter
from talka.proposals.models import Author, Proposal, Register


def reply_address(proposal: Proposal) -> str:
    """Return the address at which answers to letters about a proposal are read, or an empty text."""
    return Register.objects.filter(process=proposal.process_id).values_list("reply_to", flat=True).first() or ""


def write_to_author(author: Author, template: str, **context: Any) -> Notification:
    """Write to the author's address, in the thread of the proposal, so that an answer finds its way back to it."""
    proposal = author.proposal
    return send_letter(
        template, email=author.email, language=author.language, proposal=proposal, author=author,
        thread=key_of(proposal), reply_to=reply_address(proposal), **context,
    )  # fmt: skip
