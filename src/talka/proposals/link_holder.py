# SPDX-License-Identifier: EUPL-1.2
"""Somebody without an account who holds the secret link of a proposal, as an actor of operations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LinkHolder:
    """The author of one proposal, known by its secret link only.

    ``reads_mail`` says that they also hold what was written to the author's address and nowhere else.
    """

    proposal_id: int
    reads_mail: bool = False
    is_authenticated: bool = False
    is_superuser: bool = False
    pk: None = None
