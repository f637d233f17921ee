# SPDX-License-Identifier: EUPL-1.2
"""What is received and what becomes of it, one module a subject."""

from talka.proposals.models.answers import Assignment, Note, Reply
from talka.proposals.models.authors import Author
from talka.proposals.models.bundles import Bundle
from talka.proposals.models.bundling import BundleStep, NotSimilar
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
from talka.proposals.models.words import WordCount

__all__ = [
    "READERS",
    "Assignment",
    "Author",
    "Bundle",
    "BundleStep",
    "Folded",
    "NotSimilar",
    "Note",
    "Proposal",
    "ProposalFile",
    "ProposalQuerySet",
    "Receipt",
    "Register",
    "Reply",
    "Tally",
    "WordCount",
]
