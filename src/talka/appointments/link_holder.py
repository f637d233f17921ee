# SPDX-License-Identifier: EUPL-1.2
"""Somebody without an account who holds the secret link of a booking, as an actor of operations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BookingHolder:
    """Whoever booked one slot, known by its secret link only."""

    booking_id: int
    is_authenticated: bool = False
    is_superuser: bool = False
    pk: None = None
