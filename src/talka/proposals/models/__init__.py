# SPDX-License-Identifier: EUPL-1.2
"""What is received and what becomes of it, one module a subject."""

from talka.proposals.models.answers import (
    Assignment,
    Note,
    Outcome,
    Recommendation,
    Reply,
    ReplyTemplate,
    ReplyVersion,
)
from talka.proposals.models.authors import Author
from talka.proposals.models.counts import Tally
from talka.proposals.models.deliveries import Delivery, DeliveryQuerySet
from talka.proposals.models.entries import (
    READERS,
    Folded,
    Proposal,
    ProposalFile,
    ProposalQuerySet,
    Receipt,
    Register,
)

__all__ = [
    "READERS",
    "Assignment",
    "Author",
    "Delivery",
    "DeliveryQuerySet",
    "Folded",
    "Note",
    "Outcome",
    "Proposal",
    "ProposalFile",
    "ProposalQuerySet",
    "Receipt",
    "Recommendation",
    "Register",
    "Reply",
    "ReplyTemplate",
    "ReplyVersion",
    "Tally",
]
