# SPDX-License-Identifier: EUPL-1.2
"""What the clock does: remind of tomorrow, forget who came long ago."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from talka.accounts.models import new_secret
from talka.appointments.letters import write_to_visitor
from talka.appointments.models import Booking
from talka.core import clock


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
    bookings = list(old)
    for booking in bookings:
        booking.name = booking.email = booking.phone = booking.about = booking.help_needed = (
            booking.cancelled_because
        ) = ""
        booking.secret, booking.forgotten_at = new_secret(), clock.now()
    fields = ["name", "email", "phone", "about", "help_needed", "cancelled_because", "secret", "forgotten_at"]
    Booking.objects.bulk_update(bookings, fields, batch_size=500)
    return len(bookings)
