# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from talka.appointments.feeds import calendar_events, known_until
from talka.appointments.forms.public import BookForm
from talka.appointments.models import Booking, Reception
from talka.appointments.operations import bookings
from talka.appointments.queries import feed_version, free_days, moved_version, occurrences, sent_before, with_next
from talka.appointments.views.finding import find_process, find_reception
from talka.core import clock
from talka.core.errors import Refused
from talka.core.feeds import calendar_feed
from talka.core.http import is_forged
from talka.core.keeping import kept_for_visitors
from talka.core.ratelimit import spend
from talka.core.requests import visitor_key

DAYS_SHOWN = 5
"""How many days with free times the page of a reception shows open; more are folded."""


@require_safe
@kept_for_visitors
def list_receptions(request: HttpRequest, process_slug: str) -> HttpResponse:
    """List the reception hours of a process with their next day."""
    process = find_process(request, process_slug)
    found = list(Reception.objects.visible_to(request.user).filter(process=process).for_pages())
    context = {
        "process": process,
        "receptions": with_next(one for one in found if not one.has_ended),
        "ended": [one for one in found if one.has_ended],
    }
    return render(request, "appointments/list_receptions.html", context)


@require_safe
@kept_for_visitors
def show_reception(request: HttpRequest, process_slug: str, reception_pk: int) -> HttpResponse:
    """Show when and where somebody receives, and the free times to choose from; nothing of who has booked."""
    reception = find_reception(request, process_slug, reception_pk)
    days, today = free_days(reception), clock.today()
    next_ones = [] if reception.has_ended else occurrences([reception], today, today + timedelta(days=120))
    context = {
        "reception": reception,
        "process": reception.process,
        "days": days[:DAYS_SHOWN],
        "more_days": days[DAYS_SHOWN:],
        "next_ones": [one for one in next_ones if one.ends_at > clock.now()][:4],
    }
    return render(request, "appointments/show_reception.html", context)


@require_safe
def reception_feed(request: HttpRequest, process_slug: str, reception_pk: int) -> HttpResponse:
    """The days of one reception, for calendar programs, which do not sign in."""
    receptions = Reception.objects.visible_to(AnonymousUser()).filter(process__slug=process_slug, pk=reception_pk)
    reception = get_object_or_404(receptions.for_pages())
    return calendar_feed(
        request, reception.title, feed_version(receptions), moved_version(), of=known_until(),
        events=lambda: calendar_events([reception], absolute=request.build_absolute_uri),
    )  # fmt: skip


@csrf_exempt  # checked for those signed in, see is_forged; a visitor's booking is never lost to a missing cookie
@require_http_methods(["GET", "HEAD", "POST"])
def book_slot(request: HttpRequest, process_slug: str, reception_pk: int) -> HttpResponse:
    """Take a booking from anybody."""
    reception = find_reception(request, process_slug, reception_pk)
    if request.method != "POST":
        initial = {"at": request.GET.get("at", "")} | _known(request)
        return _form_page(request, reception, BookForm(reception=reception, initial=initial))
    form = BookForm(request.POST, reception=reception)
    wait = spend("book_slot", visitor_key(request))
    if wait:
        form.add_error(
            None,
            _("Too many bookings came from here in a short time. Please send it again in %(minutes)d minutes.")
            % {"minutes": -(-wait // 60)},
        )
        response = _form_page(request, reception, form, status=429)
        response["Retry-After"] = str(wait)
        return response
    if is_forged(request):
        form.add_error(
            None, _("The proof that this form comes from this site was missing or too old. Please send it once more.")
        )
        return _form_page(request, reception, form, status=403)
    earlier = sent_before(reception, request.POST.get("key", ""))
    if earlier is not None:
        return _to_booking(earlier)
    if not form.is_valid():
        return _form_page(request, reception, form, status=422)
    try:
        booking = bookings.book_slot(
            reception, starts_at=form.starts_at(), visitor=form.visitor(), key=form.cleaned_data["key"], by=request.user
        )
    except Refused as refused:
        form.add_error("at" if isinstance(refused, bookings.SlotTaken) else None, str(refused))
        return _form_page(request, reception, form, status=409)
    return _to_booking(booking)


def _to_booking(booking: Booking) -> HttpResponse:
    receipt = redirect("appointments:show_booking", booking.secret)
    receipt["Location"] += "?booked=1"
    return receipt


def _known(request: HttpRequest) -> dict[str, Any]:
    """Return what is known of somebody signed in, so that they need not type it."""
    return {"name": request.user.name, "email": request.user.email} if request.user.is_authenticated else {}


def _form_page(request: HttpRequest, reception: Reception, form: BookForm, status: int = 200) -> HttpResponse:
    context = {
        "reception": reception,
        "process": reception.process,
        "form": form,
        "keep_days": settings.KEEP_BOOKINGS_DAYS,
    }
    return render(request, "appointments/book_slot.html", context, status=status)
