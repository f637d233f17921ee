# SPDX-License-Identifier: EUPL-1.2
"""Somebody who was at a meeting and holds the secret link to its draft minutes, as an actor of operations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AttendanceHolder:
    """Whoever was present, known by the secret link only."""

    attendance_id: int
    is_authenticated: bool = False
    is_superuser: bool = False
    pk: None = None
