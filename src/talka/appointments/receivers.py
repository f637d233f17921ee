# SPDX-License-Identifier: EUPL-1.2
"""What reception hours do when something happens below them."""

from typing import Any

from django.dispatch import receiver

from talka.appointments.operations.hours import follow_place, follow_process
from talka.directory.models import Place
from talka.directory.signals import place_changed
from talka.processes.models import Process
from talka.processes.signals import process_closed


@receiver(place_changed)
def tell_calendars(sender: object, *, place: Place, **_more: Any) -> None:
    """Let the reception hours at a place count as changed with it."""
    follow_place(place)


@receiver(process_closed)
def tell_visitors(sender: object, *, process: Process, **_more: Any) -> None:
    """Tell those who booked a time after the process was closed."""
    follow_process(process)
