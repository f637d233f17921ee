# SPDX-License-Identifier: EUPL-1.2
"""What is remembered and forgotten: who comes tomorrow, who came long ago, and who asked to be forgotten."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User, new_secret
from talka.appointments.letters import write_to_visitor
from talka.appointments.models import Booking
from talka.audit.models import key_of
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.notifications.operations import erase_letters_about, erase_letters_with
from talka.proposals.models import Proposal


class BookingAhead(Refused):
    message = _("This time has not come yet, so the data is still needed. Call the booking off first.")


def remind_of_tomorrow() -> int:
    """Write to those who come tomorrow and booked before today, once; return to how many."""
    tomorrow = clock.today() + timedelta(days=1)
    coming = Booking.objects.standing().filter(seat__isnull=False, reminded_at__isnull=True).exclude(email="")
    keys = [booking.pk for booking in coming.on_days(tomorrow, tomorrow)]
    return sum(_remind(key) for key in keys)


@transaction.atomic
def _remind(key: int) -> bool:
    waiting = Booking.objects.standing().filter(reminded_at__isnull=True)
    related = ("reception__process", "reception__place", "reception__specialist")
    booking = waiting.select_for_update(of=("self",)).select_related(*related).filter(pk=key).first()
    if booking is None or booking.day - clock.today() != timedelta(days=1):
        return False
    booking.reminded_at = clock.now()
    booking.save(update_fields=["reminded_at"])
    booked_today = clock.now() - booking.created_at < timedelta(hours=20)
    return not booked_today and write_to_visitor(booking, "remind", with_entry=False)


@transaction.atomic
def forget_old_bookings() -> int:
    """Forget who came more than ``KEEP_BOOKINGS_DAYS`` ago, and keep that somebody came; return how many were forgotten."""
    until = clock.now() - timedelta(days=settings.KEEP_BOOKINGS_DAYS)
    old = Booking.objects.known().select_for_update().filter(ends_at__lt=until)
    return _forget(list(old))


def _forget(bookings: Sequence[Booking]) -> int:
    for booking in bookings:
        booking.name = booking.email = booking.phone = booking.about = booking.help_needed = (
            booking.cancelled_because
        ) = ""
        booking.secret, booking.forgotten_at = new_secret(), clock.now()
    fields = ["name", "email", "phone", "about", "help_needed", "cancelled_because", "secret", "forgotten_at"]
    Booking.objects.bulk_update(bookings, fields, batch_size=500)
    return len(bookings)


def _forget_with_letters(bookings: Sequence[Booking]) -> None:
    for booking in bookings:
        erase_letters_with([booking.secret])
        erase_letters_about(key_of(booking), to=booking.email)
    _forget(bookings)


@transaction.atomic
def forget_bookings_of(proposal: Proposal) -> None:
    """Forget who came to the visit that an entry was written down at. The caller's operation says who may and writes the log."""
    _forget_with_letters(list(Booking.objects.known().select_for_update(of=("self",)).filter(proposal=proposal)))


@transaction.atomic
def erase_booking(booking: Booking, *, by: User, reason: str) -> None:
    """Forget who booked, with the letters about it, because they asked; that there was a booking is kept."""
    authorize(by, "appointments.erase_booking", booking)
    locked = Booking.objects.select_for_update(of=("self",)).select_related("reception__process").get(pk=booking.pk)
    if locked.forgotten_at is not None:
        return
    if locked.is_ahead:
        raise BookingAhead
    _forget_with_letters([locked])
    record("appointments.erase_booking", locked, by=by, scope=locked.reception.process, reason=reason)
