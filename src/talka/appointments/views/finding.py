# SPDX-License-Identifier: EUPL-1.2
"""What an address of reception hours names: found through what the person may see, else 404."""

from datetime import date

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from talka.appointments.models import Booking, Reception
from talka.processes.models import Process

YEARS = (2000, 2100)


def find_process(request: HttpRequest, process_slug: str) -> Process:
    """Return a process that the person may see."""
    return get_object_or_404(Process.objects.visible_to(request.user).select_related("owner"), slug=process_slug)


def find_reception(request: HttpRequest, process_slug: str, reception_pk: int) -> Reception:
    """Return a reception of a process that the person may see, or that they hold."""
    receptions = Reception.objects.visible_to(request.user) | Reception.objects.kept_by(request.user)
    rows = Reception.objects.filter(pk__in=receptions.values("pk")).for_pages()
    return get_object_or_404(rows, process__slug=process_slug, pk=reception_pk)


def find_booking(request: HttpRequest, process_slug: str, booking_pk: int) -> Booking:
    """Return a booking whose visitor is still known, of a reception that the person keeps or holds."""
    bookings = Booking.objects.visible_to(request.user).known().select_related("proposal")
    return with_reception(get_object_or_404(bookings, reception__process__slug=process_slug, pk=booking_pk))


def with_reception(booking: Booking) -> Booking:
    """Load with a booking what its pages show of its reception."""
    booking.reception = Reception.objects.for_pages().get(pk=booking.reception_id)
    return booking


def read_day(written: str) -> date:
    """Return the day that an address names (``2026-11-24``): 404 for anything else."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise Http404 from None
    if day.isoformat() != written or not YEARS[0] <= day.year <= YEARS[1]:
        raise Http404
    return day
