# SPDX-License-Identifier: EUPL-1.2
"""What came of it: who came, and what was said."""

import uuid
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.appointments.models import Booking, Reception
from talka.appointments.operations.bookings import BookingCalledOff
from talka.appointments.operations.hours import DayNotHeld, lock_reception
from talka.appointments.queries import hours_on, zone
from talka.appointments.slots import opening
from talka.appointments.visitors import Visitor
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.receiving import register_proposal


class DayNotCome(Refused):
    message = _("This day has not come yet.")


class NotCome(Refused):
    message = _("This time has not come yet.")


class WrittenDown(Refused):
    message = _("What was said has been entered already, as %(reference)s.")


@transaction.atomic
def add_walk_in(reception: Reception, day: date, *, visitor: Visitor, by: User) -> Booking:
    """Enter somebody who came without booking; they take no slot from anybody."""
    authorize(by, "appointments.add_walk_in", reception)
    reception = lock_reception(reception)
    if day > clock.today():
        raise DayNotCome
    hours = hours_on(reception, day)
    if hours is None:
        raise DayNotHeld
    starts_at = clock.now() if day == clock.today() else opening(day, hours, zone())[0]
    booking = Booking.objects.create(
        reception=reception, starts_at=starts_at, ends_at=starts_at + reception.slot_length, way=Booking.Way.DESK, came=True,
        booked_by=by, created_at=clock.now(), name=visitor.name, about=visitor.about, spoken=visitor.spoken, language=visitor.language,
    )  # fmt: skip
    record("appointments.add_walk_in", booking, by=by, scope=reception.process)
    return booking


def _lock(booking: Booking) -> Booking:
    return (
        Booking.objects.select_for_update(of=("self",))
        .select_related("reception__process__owner", "reception__specialist", "proposal")
        .get(pk=booking.pk)
    )


@transaction.atomic
def mark_visit(booking: Booking, *, came: bool | None, by: User) -> None:
    """Note that a visitor came or did not; nothing takes the note back."""
    authorize(by, "appointments.mark_visit", booking.reception)
    booking = _lock(booking)
    if booking.is_cancelled:
        raise BookingCalledOff
    if booking.day > clock.today():
        raise NotCome
    if booking.came == came:
        return
    booking.came = came
    booking.save(update_fields=["came"])
    record("appointments.mark_visit", booking, by=by, scope=booking.reception.process)


@transaction.atomic
def write_down(
    booking: Booking, *, by: User, content: Content | None = None, sender: Sender | None = None, channel: str = ""
) -> Proposal | None:
    """Enter what was said as a proposal of the visitor, who agreed to it; without content only the visit is kept.

    A visit makes one proposal at most; raises ``WrittenDown`` for a second one.
    """
    authorize(by, "appointments.write_down", booking)
    booking = _lock(booking)
    process: Process = booking.reception.process
    if booking.is_cancelled:
        raise BookingCalledOff
    if booking.day > clock.today():
        raise NotCome
    if booking.proposal is not None:
        raise WrittenDown(reference=booking.proposal.reference)
    booking.came = True
    if content is not None:
        booking.proposal = register_proposal(
            process, content=content, sender=sender or Sender(), key=uuid.uuid5(booking.key, "visit"),
            channel=channel or Proposal.Channel.DESK, received_at=min(booking.starts_at, clock.now()), by=by,
        )  # fmt: skip
    booking.save(update_fields=["came", "proposal"])
    record("appointments.write_down", booking, by=by, scope=process, proposal=booking.proposal_id or 0)
    return booking.proposal


def print_day(reception: Reception, day: date, *, by: User) -> None:
    """Write into the log that somebody took the list of a day, with personal data in it, out of the system."""
    authorize(by, "appointments.print_day", reception)
    record("appointments.print_day", reception, by=by, scope=reception.process, day=str(day))
