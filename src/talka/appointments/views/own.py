# SPDX-License-Identifier: EUPL-1.2
"""Pages behind the secret link of a booking: for whoever booked, without an account."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talka.appointments.forms.public import OwnCancelForm, SlotForm
from talka.appointments.letters import invitation_of, own_page
from talka.appointments.link_holder import BookingHolder
from talka.appointments.models import Booking
from talka.appointments.operations import bookings
from talka.appointments.views.finding import with_reception
from talka.core.errors import Refused
from talka.core.feeds import calendar_file
from talka.core.ratelimit import rate_limited

P = ParamSpec("P")


def behind_secret_link(
    view: Callable[Concatenate[HttpRequest, Booking, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Find the booking by the secret; keep the page out of search engines, caches and other sites' logs."""

    @wraps(view)
    def guarded(request: HttpRequest, secret: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        booking = with_reception(get_object_or_404(Booking.objects.known(), secret=secret))
        response = view(request, booking, *args, **kwargs)
        response["Referrer-Policy"] = "strict-origin"
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


def _page(booking: Booking) -> dict[str, Any]:
    return {"booking": booking, "reception": booking.reception, "process": booking.reception.process}


@require_safe
@behind_secret_link
def show_booking(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Show when and where, with what the visitor said, and how to change it."""
    return render(request, "appointments/show_booking.html", _page(booking) | {"link": own_page(booking)})


@require_safe
@behind_secret_link
def booking_ics(request: HttpRequest, booking: Booking) -> HttpResponse:
    """The entry for the visitor's own calendar."""
    return calendar_file(invitation_of(booking).encode(), booking.reception.title)


@require_http_methods(["GET", "HEAD", "POST"])
@rate_limited("move_booking")
@behind_secret_link
def move_own_booking(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Choose another time; the booked one is given up only when the new one is taken."""
    form = SlotForm(request.POST if request.method == "POST" else None, reception=booking.reception)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            bookings.move_booking(booking, starts_at=form.starts_at(), by=BookingHolder(booking.pk))
        except Refused as refused:
            form.add_error("at" if isinstance(refused, bookings.SlotTaken) else None, str(refused))
            status = 409
        else:
            messages.success(request, _("The time has been changed."))
            return redirect("appointments:show_booking", booking.secret)
    elif form.errors:
        status = 422
    return render(request, "appointments/move_own_booking.html", _page(booking) | {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_secret_link
def cancel_own_booking(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Ask whether to call the booking off, and do it."""
    form, status = OwnCancelForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            bookings.cancel_booking(booking, by=BookingHolder(booking.pk), reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, _("The booking has been called off. Thank you for telling us."))
            return redirect("appointments:show_booking", booking.secret)
    elif form.errors:
        status = 422
    return render(request, "appointments/cancel_own_booking.html", _page(booking) | {"form": form}, status=status)
