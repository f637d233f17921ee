# SPDX-License-Identifier: EUPL-1.2
"""What is received and what becomes of it, one module a subject."""

from talka.proposals.models.additions import Addition
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

__all__ = [
    "READERS",
    "Addition",
    "Assignment",
    "Author",
    "Folded",
    "Note",
    "Proposal",
    "ProposalFile",
    "ProposalQuerySet",
    "Receipt",
    "Register",
    "Reply",
    "Tally",
]
