# SPDX-License-Identifier: EUPL-1.2
"""What is received and what becomes of it, one module a subject."""

from talka.proposals.models.answers import Assignment, Note, Reply
from talka.proposals.models.authors import Author
from talka.proposals.models.counts import Tally
from talka.proposals.models.entries import (
    READERS,
    Folded,
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

__all__ = [
    "READERS",
    "Assignment",
    "Author",
    "Extension",
    "Folded",
    "Forwarding",
    "MovedDay",
    "Note",
    "Proposal",
    "ProposalFile",
    "ProposalQuerySet",
    "Receipt",
    "Redaction",
    "Regime",
    "Register",
    "Reminder",
    "Reply",
    "Tally",
    "Term",
    "Units",
    "Unredacted",
]
