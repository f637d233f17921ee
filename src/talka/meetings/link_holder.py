# SPDX-License-Identifier: EUPL-1.2
"""Somebody without an account who holds the secret link of an invitation, as an actor of operations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InvitationHolder:
    """Whoever was invited to a meeting, known by the secret link."""

    invitation_id: int
    is_authenticated: bool = False
    is_superuser: bool = False
    pk: None = None
