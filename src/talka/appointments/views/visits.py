# SPDX-License-Identifier: EUPL-1.2
"""One booking in the workspace: moved, called off, marked, and what was said."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from talka.appointments.forms.public import SlotForm
from talka.appointments.forms.workspace import CancelForm, WriteDownForm
from talka.appointments.models import Booking
from talka.appointments.operations import bookings, visits
from talka.appointments.views.days import page_of_day
from talka.appointments.views.finding import find_booking
from talka.appointments.views.hours import form_page, nav_process
from talka.core.editing import edit_page, sent
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import authorize
from talka.proposals.models import Proposal

CAME = {"yes": True, "no": False}


def _context(request: SignedInRequest, booking: Booking) -> dict[str, Any]:
    return {"process": nav_process(request, booking.reception), "reception": booking.reception, "booking": booking}


@sign_in_required
@form_page
def move_booking(request: SignedInRequest, process_slug: str, booking_pk: int) -> HttpResponse:
    """Move a booking to another time; the visitor gets a letter."""
    booking, by = find_booking(request, process_slug, booking_pk), request.user
    authorize(by, "appointments.move_booking", booking)
    form = SlotForm(*sent(request), reception=booking.reception, for_staff=True)

    def save(**_typed: Any) -> Booking:
        return bookings.move_booking(booking, starts_at=form.starts_at(), by=by)

    def to(moved: Booking) -> str:
        return page_of_day(booking.reception, moved.day)

    said = _("The booking is moved.")
    return edit_page(
        request, "appointments/move_booking.html", form, save, to=to, said=said, **_context(request, booking)
    )


@sign_in_required
@form_page
def cancel_booking(request: SignedInRequest, process_slug: str, booking_pk: int) -> HttpResponse:
    """Call a booking off, with the reason; the visitor gets a letter."""
    booking, by = find_booking(request, process_slug, booking_pk), request.user
    authorize(by, "appointments.cancel_booking", booking)

    def save(*, reason: str) -> None:
        bookings.cancel_booking(booking, by=by, reason=reason)

    to, said = page_of_day(booking.reception, booking.day), _("The booking is called off.")
    template, form = "appointments/cancel_booking.html", CancelForm(*sent(request))
    return edit_page(request, template, form, save, to=to, said=said, **_context(request, booking))


@sign_in_required
@require_POST
def mark_visit(request: SignedInRequest, process_slug: str, booking_pk: int) -> HttpResponse:
    """Note that a visitor came, did not come, or take the note back."""
    booking = find_booking(request, process_slug, booking_pk)
    visits.mark_visit(booking, came=CAME.get(request.POST.get("came", "")), by=request.user)
    return redirect(f"{page_of_day(booking.reception, booking.day)}#booking-{booking.pk}")


@sign_in_required
@form_page
def write_down(request: SignedInRequest, process_slug: str, booking_pk: int) -> HttpResponse:
    """Write down what was said; it becomes a proposal where the visitor agrees."""
    booking, by = find_booking(request, process_slug, booking_pk), request.user
    authorize(by, "appointments.write_down", booking)
    if booking.proposal is not None:
        return redirect("proposals:manage_proposal", process_slug, booking.proposal.number)
    form = WriteDownForm(*sent(request), booking=booking)

    def save(*, channel: str, **_typed: Any) -> Proposal | None:
        proposal = visits.write_down(booking, by=by, content=form.content(), sender=form.sender(), channel=channel)
        if proposal is not None:
            messages.success(
                request, _("Tell the visitor the number: %(reference)s.") % {"reference": proposal.reference}
            )
        return proposal

    def to(proposal: Proposal | None) -> str:
        if proposal is None:
            return page_of_day(booking.reception, booking.day)
        return reverse("proposals:manage_proposal", args=[process_slug, proposal.number])

    said = _("The visit is noted.")
    return edit_page(
        request, "appointments/write_down.html", form, save, to=to, said=said, **_context(request, booking)
    )
