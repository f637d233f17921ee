# SPDX-License-Identifier: EUPL-1.2
"""Somebody without an account who holds a secret link, as an actor of operations: of an invitation, or of draft minutes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InvitationHolder:
    """Whoever was invited to a meeting, known by the secret link."""

    invitation_id: int
    is_authenticated: bool = False
    is_superuser: bool = False
    pk: None = None


@dataclass(frozen=True)
class AttendanceHolder:
    """Whoever was present, known by the secret link only."""

    attendance_id: int
    is_authenticated: bool = False
    is_superuser: bool = False
    pk: None = None
