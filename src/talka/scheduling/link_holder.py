# SPDX-License-Identifier: EUPL-1.2
"""Somebody without an account who holds the personal link of a date poll, as an actor of operations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PollHolder:
    """Whoever is asked in one poll, known by the secret link only."""

    poll_person_id: int
    is_authenticated: bool = False
    is_superuser: bool = False
    pk: None = None
