# SPDX-License-Identifier: EUPL-1.2
"""Who comes: booked by themselves or for them, moved, called off."""

import uuid
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.appointments.letters import write_to_visitor
from talka.appointments.models import Booking, Reception
from talka.appointments.operations.hours import lock_reception
from talka.appointments.queries import find_free
from talka.appointments.visitors import Visitor, digits
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize

MOST_OPEN = 2
"""How many times ahead one address or number may hold at one reception, so that nobody takes them all."""


class SlotTaken(Refused):
    message = _("This time has just been taken or is no longer offered. Choose another one.")


class TooManyBookings(Refused):
    message = _(
        "This e-mail address or telephone number has booked as many times as one may. Change or call off one of them."
    )


class BookingCalledOff(Refused):
    message = _("This booking has been called off.")


class BookingBegun(Refused):
    message = _("The booked time has come already, so the booking can no longer change.")


def _check_number(reception: Reception, visitor: Visitor) -> None:
    """Refuse one more time to somebody who holds enough of them."""
    ahead = Booking.objects.standing().filter(reception=reception, starts_at__gt=clock.now(), seat__isnull=False)
    number = digits(visitor.phone)
    held = sum(
        bool(visitor.email and email == visitor.email.lower()) or bool(number and digits(phone) == number)
        for email, phone in ahead.filter(~Q(email="") | ~Q(phone="")).values_list("email", "phone")
    )
    if held >= MOST_OPEN:
        raise TooManyBookings


def _fields(visitor: Visitor) -> dict[str, Any]:
    return asdict(visitor) | {"email": visitor.email.lower()}


def _take(
    reception: Reception, starts_at: datetime, visitor: Visitor, *, key: uuid.UUID, way: str, by: Any, for_staff: bool
) -> Booking:
    free = find_free(reception, starts_at, for_staff=for_staff)
    if free is None:
        raise SlotTaken
    return Booking.objects.create(
        reception=reception, starts_at=free.slot.starts_at, ends_at=free.slot.ends_at, seat=free.seats[0], way=way, key=key,
        booked_by=by if for_staff else None, created_at=clock.now(), **_fields(visitor),
    )  # fmt: skip


@transaction.atomic
def book_slot(reception: Reception, *, starts_at: datetime, visitor: Visitor, key: uuid.UUID, by: Any) -> Booking:
    """Take a slot, without an account; a letter with the secret link goes out. The same form sent twice is one booking."""
    authorize(by, "appointments.book_slot", reception)
    reception = lock_reception(reception)
    earlier = Booking.objects.filter(key=key).first()
    if earlier is not None:
        return earlier
    _check_number(reception, visitor)
    booking = _take(reception, starts_at, visitor, key=key, way=Booking.Way.WEB, by=by, for_staff=False)
    record("appointments.book_slot", booking, by=None, scope=reception.process)
    write_to_visitor(booking, "book_slot")
    return booking


@transaction.atomic
def book_for_caller(
    reception: Reception, *, starts_at: datetime, visitor: Visitor, key: uuid.UUID, by: User
) -> Booking:
    """Take a slot for somebody who calls, also one that is not offered on the web any more."""
    authorize(by, "appointments.book_for_caller", reception)
    reception = lock_reception(reception)
    earlier = Booking.objects.filter(key=key).first()
    if earlier is not None:
        return earlier
    booking = _take(reception, starts_at, visitor, key=key, way=Booking.Way.PHONE, by=by, for_staff=True)
    record("appointments.book_for_caller", booking, by=by, scope=reception.process)
    write_to_visitor(booking, "book_slot")
    return booking


def _lock(booking: Booking) -> Booking:
    reception = lock_reception(booking.reception)
    locked = Booking.objects.select_for_update().get(pk=booking.pk)
    locked.reception = reception
    return locked


@transaction.atomic
def move_booking(booking: Booking, *, starts_at: datetime, by: Any) -> Booking:
    """Move a booking to another slot, also one that the municipality called off; the link stays the same."""
    authorize(by, "appointments.move_booking", booking)
    booking = _lock(booking)
    if booking.is_cancelled and not booking.cancelled_by_us:
        raise BookingCalledOff
    if booking.has_begun and not booking.is_cancelled:
        raise BookingBegun
    if booking.starts_at == starts_at and not booking.is_cancelled:
        return booking
    free = find_free(booking.reception, starts_at, for_staff=by.is_authenticated)
    if free is None:
        raise SlotTaken
    booking.starts_at, booking.ends_at, booking.seat = free.slot.starts_at, free.slot.ends_at, free.seats[0]
    booking.cancelled_at, booking.cancelled_because, booking.cancelled_by_us = None, "", False
    booking.reminded_at, booking.sequence = None, booking.sequence + 1
    booking.save()
    record(
        "appointments.move_booking", booking, by=by if by.is_authenticated else None, scope=booking.reception.process
    )
    write_to_visitor(booking, "move_booking")
    return booking


@transaction.atomic
def cancel_booking(booking: Booking, *, by: Any, reason: str = "") -> None:
    """Call a booking off; the slot is free again. Where somebody of the municipality does it, the visitor is told why."""
    authorize(by, "appointments.cancel_booking", booking)
    booking = _lock(booking)
    if booking.is_cancelled:
        return
    if booking.has_begun:
        raise BookingBegun
    booking.cancelled_at, booking.cancelled_because, booking.cancelled_by_us = clock.now(), reason, by.is_authenticated
    booking.sequence += 1
    booking.save(update_fields=["cancelled_at", "cancelled_because", "cancelled_by_us", "sequence"])
    record(
        "appointments.cancel_booking", booking, by=by if by.is_authenticated else None, scope=booking.reception.process
    )
    write_to_visitor(booking, "cancel_booking", reason=reason, by_us=by.is_authenticated)
