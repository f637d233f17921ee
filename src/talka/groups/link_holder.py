# SPDX-License-Identifier: EUPL-1.2
"""Somebody without an account who holds the secret link of an application, as an actor of operations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ApplicationHolder:
    """Whoever applied to join one group, known by the secret link only."""

    application_id: int
    is_authenticated: bool = False
    is_superuser: bool = False
    pk: None = None
