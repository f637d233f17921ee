# SPDX-License-Identifier: EUPL-1.2
"""One day of a reception: who comes, on the screen and on paper; who calls, who walks in."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talka.appointments.forms.workspace import CallerForm, CloseDayForm, WalkInForm
from talka.appointments.models import Booking, Reception
from talka.appointments.operations import bookings, hours, visits
from talka.appointments.queries import DayList, Line, day_list, held_days
from talka.appointments.views.finding import find_reception, read_day
from talka.appointments.views.hours import form_page, nav_process, page_of_reception, told
from talka.appointments.wording import hours_words, span_words
from talka.core import clock, dates
from talka.core.editing import edit_page, sent
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import authorize, is_allowed
from talka.core.reading import language
from talka.core.text import slug
from talka.core.typesetting import pdf
from talka.directory.wording import place_words

ACTIONS = ("close_day", "open_extra_day", "book_for_caller", "add_walk_in", "mark_visit", "print_day")
NEAR = timedelta(days=92)


def page_of_day(reception: Reception, day: date) -> str:
    """Return the address of the list of a day."""
    return reverse("appointments:show_day", args=[reception.process.slug, reception.pk, day.isoformat()])


def _beside(reception: Reception, day: date) -> tuple[date | None, date | None]:
    """Return the days before and after this one on which the reception is held."""
    days = list(held_days(reception, day - NEAR, day + NEAR))
    return max((one for one in days if one < day), default=None), min((one for one in days if one > day), default=None)


@sign_in_required
@require_safe
def show_day(request: SignedInRequest, process_slug: str, reception_pk: int, day: str) -> HttpResponse:
    """Show who comes on a day, which times are free, and what can be done with each."""
    reception, on = find_reception(request, process_slug, reception_pk), read_day(day)
    authorize(request.user, "appointments.view_bookings", reception)
    earlier, later = _beside(reception, on)
    context = {
        "process": nav_process(request, reception),
        "reception": reception,
        "day": on,
        "list": day_list(reception, on),
        "special": next((one for one in reception.special_days.all() if one.day == on), None),
        "earlier": earlier,
        "later": later,
        "allowed": {verb: is_allowed(request.user, f"appointments.{verb}", reception) for verb in ACTIONS}
        | {
            "move": is_allowed(request.user, "appointments.book_for_caller", reception),
            "write_down": is_allowed(request.user, "proposals.register_proposal", reception.process),
        },
        "walk_in": WalkInForm(),
        "has_come": on <= clock.today(),
        "is_over": on < clock.today(),
        "now": clock.now(),
    }
    return render(request, "appointments/show_day.html", context)


def _row(line: Line) -> list[str]:
    booking = line.booking
    span = dates.hours(timezone.localtime(line.starts_at), timezone.localtime(line.ends_at), language())
    if booking is None:
        return [span, _("free"), "", "", ""]
    if not booking.seat:
        span = f"{dates.clock_time(timezone.localtime(line.starts_at), language())}, {_('without booking')}"
    came = {None: "☐", True: _("came"), False: _("did not come")}[booking.came]
    spoken = str(Booking.Spoken(booking.spoken).label) if booking.spoken != Booking.Spoken.LATVIAN else ""
    about = "\n".join(capfirst(part) for part in (booking.about, booking.help_needed, spoken) if part)
    name = booking.name or _("name not told")
    return [
        span,
        name,
        "\n".join(part for part in (booking.phone, booking.email) if part),
        about,
        came,
    ]


def day_facts(reception: Reception, found: DayList) -> dict[str, Any]:
    """Return what the printed list of a day holds, in the language that is read now."""
    day = capfirst(dates.day_and_weekday(found.day, language(), today=None))
    about = [
        hours_words(found.hours) if found.hours else _("There are no reception hours on this day."),
        reception.who,
        place_words(reception.place) if reception.place else "",
    ]
    return {
        "language": language(),
        "title": reception.title,
        "day": day,
        "process": reception.process.title,
        "about": [part for part in about if part],
        "heads": [_("Time"), _("Visitor"), _("How to reach"), _("What about, help needed"), _("Came")],
        "rows": [_row(line) for line in found.lines],
        "nobody": _("Nobody has booked."),
        "foot": _("Personal data: destroy this sheet when the day is over."),
    }


@sign_in_required
@require_safe
def print_day(request: SignedInRequest, process_slug: str, reception_pk: int, day: str) -> HttpResponse:
    """Hand out the list of a day as a document to print."""
    reception, on = find_reception(request, process_slug, reception_pk), read_day(day)
    visits.print_day(reception, on, by=request.user)
    body = pdf("appointments/day_list.typ", day_facts(reception, day_list(reception, on)), made_at=clock.now())
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slug(reception.title)}-{on.isoformat()}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@sign_in_required
@form_page
def close_day(request: SignedInRequest, process_slug: str, reception_pk: int, day: str) -> HttpResponse:
    """Hold no reception on a day, and tell everybody who has booked."""
    reception, on, by = find_reception(request, process_slug, reception_pk), read_day(day), request.user
    authorize(by, "appointments.close_day", reception)

    def save(*, reason: str) -> Reception:
        messages.info(request, told(hours.close_day(reception, on, by=by, reason=reason)))
        return reception

    found = day_list(reception, on)
    context = {"process": nav_process(request, reception), "reception": reception, "day": on, "list": found}
    template, said = "appointments/close_day.html", _("There are no reception hours on this day.")
    return edit_page(request, template, CloseDayForm(*sent(request)), save, to=page_of_reception, said=said, **context)


@sign_in_required
@form_page
def book_for_caller(request: SignedInRequest, process_slug: str, reception_pk: int) -> HttpResponse:
    """Book a time for somebody who calls."""
    reception, by = find_reception(request, process_slug, reception_pk), request.user
    authorize(by, "appointments.book_for_caller", reception)
    form = CallerForm(*sent(request), reception=reception, initial={"at": request.GET.get("at", "")})

    def save(*, key: Any, **_typed: Any) -> Booking:
        booking = bookings.book_for_caller(
            reception, starts_at=form.starts_at(), visitor=form.visitor(), key=key, by=by
        )
        messages.success(request, _say(booking))
        return booking

    def to(booking: Booking) -> str:
        return page_of_day(reception, booking.day)

    said = _("The time is booked.")
    context = {"process": nav_process(request, reception), "reception": reception}
    return edit_page(request, "appointments/book_for_caller.html", form, save, to=to, said=said, **context)


def _say(booking: Booking) -> str:
    """Say what to tell the caller."""
    span = span_words(timezone.localtime(booking.starts_at).time(), timezone.localtime(booking.ends_at).time())
    day = dates.day_and_weekday(booking.day, language(), today=clock.today())
    return _("Tell the caller: %(day)s, %(hours)s.") % {"day": day, "hours": span}


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_walk_in(request: SignedInRequest, process_slug: str, reception_pk: int, day: str) -> HttpResponse:
    """Enter somebody who came without booking."""
    reception, on, by = find_reception(request, process_slug, reception_pk), read_day(day), request.user
    authorize(by, "appointments.add_walk_in", reception)
    form = WalkInForm(*sent(request))

    def save(**_typed: Any) -> Booking:
        return visits.add_walk_in(reception, on, visitor=form.visitor(), by=by)

    context = {"process": nav_process(request, reception), "reception": reception, "day": on}
    to, said = page_of_day(reception, on), _("The visit is entered.")
    return edit_page(request, "appointments/add_walk_in.html", form, save, to=to, said=said, **context)
