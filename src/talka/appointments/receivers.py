# SPDX-License-Identifier: EUPL-1.2
"""What reception hours do when something happens below them."""

from typing import Any

from django.dispatch import receiver

from talka.appointments.operations.hours import follow_place, follow_process
from talka.appointments.operations.memory import forget_bookings_of
from talka.directory.models import Place
from talka.directory.signals import place_changed
from talka.processes.models import Process
from talka.processes.signals import process_closed
from talka.proposals.models import Proposal
from talka.proposals.signals import author_erased


@receiver(place_changed)
def tell_calendars(sender: object, *, place: Place, **_more: Any) -> None:
    """Let the reception hours at a place count as changed with it."""
    follow_place(place)


@receiver(process_closed)
def tell_visitors(sender: object, *, process: Process, **_more: Any) -> None:
    """Tell those who booked a time after the process was closed."""
    follow_process(process)


@receiver(author_erased)
def forget_visitor(sender: object, *, proposal: Proposal, **_more: Any) -> None:
    """Forget who came to the visit at which an entry was written down, when the personal data of its author is erased."""
    forget_bookings_of(proposal)
