# SPDX-License-Identifier: EUPL-1.2
"""Where else an answer is heard."""

from talka.proposals.models import Forwarding, Proposal, Reply
from talka.proposals.operations.receiving import tell_author


def pass_outcome_on(arrived: Proposal, reply: Reply) -> None:
    """Tell the author of a proposal that came from another register without its author, once it is answered here."""
    forwarding = (
        Forwarding.objects.filter(arrived_as=arrived, with_author=False).select_related("proposal__process").first()
    )
    if forwarding is not None:
        tell_author(forwarding.proposal, "proposals/tell_answered_there", forwarding=forwarding, reply=reply)
