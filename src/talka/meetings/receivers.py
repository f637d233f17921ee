# SPDX-License-Identifier: EUPL-1.2
"""What meetings do when something happens below them."""

from typing import Any

from django.dispatch import receiver

from talka.directory.models import Place
from talka.directory.signals import place_changed
from talka.meetings.operations import follow_place


@receiver(place_changed)
def tell_calendars(sender: object, *, place: Place, **_more: Any) -> None:
    """Let the meetings at a place count as changed with it."""
    follow_place(place)
