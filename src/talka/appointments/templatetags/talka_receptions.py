# SPDX-License-Identifier: EUPL-1.2
"""Template filters for reception hours; loaded as ``talka_receptions``."""

from datetime import datetime

from django import template
from django.utils import timezone

from talka.appointments import wording
from talka.appointments.models import Booking, Reception
from talka.appointments.slots import Hours, Slot
from talka.core import dates
from talka.core.reading import language

register = template.Library()


@register.filter
def reception_when(reception: Reception) -> str:
    """Write when a reception is held, beginning with a capital letter."""
    words = wording.reception_words(reception)
    return words[:1].upper() + words[1:]


@register.filter
def booking_when(booking: Booking) -> str:
    """Write when a booking is, beginning with a capital letter."""
    words = wording.booking_words(booking)
    return words[:1].upper() + words[1:]


@register.filter
def moment_when(moment: datetime) -> str:
    """Write a day with its weekday and the hour, as the answer to “when?”."""
    return wording.moment_words(moment)


@register.filter
def day_hours(hours: Hours) -> str:
    """Write from when to when a day is held."""
    return wording.hours_words(hours)


@register.filter
def slot_hours(slot: Slot) -> str:
    """Write from when to when a slot is."""
    return dates.hours(timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at), language())
