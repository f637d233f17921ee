# SPDX-License-Identifier: EUPL-1.2
"""What is received and what becomes of it, one module a subject."""

from talka.proposals.models.additions import Addition
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
from talka.proposals.models.becoming import Became, ProgressTold
from talka.proposals.models.bundles import Bundle
from talka.proposals.models.bundling import BundleStep, NotSimilar
from talka.proposals.models.counts import Tally
from talka.proposals.models.deliveries import Delivery, DeliveryQuerySet
from talka.proposals.models.entries import (
    READERS,
    Proposal,
    ProposalFile,
    ProposalQuerySet,
    Receipt,
    Register,
)
from talka.proposals.models.extensions import Extension, Reminder
from talka.proposals.models.forwarding import Forwarding
from talka.proposals.models.redactions import Redaction, Unredacted
from talka.proposals.models.terms import MovedDay, Regime, Term, Units
from talka.proposals.models.words import WordCount

__all__ = [
    "READERS",
    "Addition",
    "Assignment",
    "Author",
    "Became",
    "Bundle",
    "BundleStep",
    "Delivery",
    "DeliveryQuerySet",
    "Extension",
    "Forwarding",
    "MovedDay",
    "NotSimilar",
    "Note",
    "Outcome",
    "ProgressTold",
    "Proposal",
    "ProposalFile",
    "ProposalQuerySet",
    "Receipt",
    "Recommendation",
    "Redaction",
    "Regime",
    "Register",
    "Reminder",
    "Reply",
    "ReplyTemplate",
    "ReplyVersion",
    "Tally",
    "Term",
    "Units",
    "Unredacted",
    "WordCount",
]
