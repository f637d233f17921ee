# SPDX-License-Identifier: EUPL-1.2
"""When somebody is there: the reception hours of a process, their rule and their single days."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.appointments.forms.workspace import EndForm, ExtraDayForm, ReceptionForm
from talka.appointments.models import Reception, SpecialDay
from talka.appointments.operations import hours
from talka.appointments.permissions import can_create_reception
from talka.appointments.queries import days_around, with_next
from talka.appointments.views.finding import find_process, find_reception
from talka.core import clock
from talka.core.editing import edit_page, sent
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import authorize, is_allowed
from talka.processes.models import Process

form_page = require_http_methods(["GET", "HEAD", "POST"])
ACTIONS = ("change_reception", "end_reception", "close_day", "open_extra_day", "book_for_caller")


def nav_process(request: HttpRequest, reception: Reception) -> Process | None:
    """Return the process for the list of links beside the page, where the person has the workspace of it."""
    process = reception.process
    return process if is_allowed(request.user, "processes.view_workspace", process) else None


def page_of_reception(reception: Reception) -> str:
    """Return the address of its page in the workspace."""
    return reverse("appointments:manage_reception", args=[reception.process.slug, reception.pk])


@sign_in_required
@require_safe
def manage_receptions(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """List the reception hours of a process."""
    process = find_process(request, process_slug)
    authorize(request.user, "processes.view_workspace", process)
    found = list(Reception.objects.visible_to(request.user).filter(process=process).for_pages())
    kept = set(Reception.objects.kept_by(request.user).filter(process=process).values_list("pk", flat=True))
    context = {
        "process": process,
        "receptions": with_next(one for one in found if not one.has_ended),
        "ended": [one for one in found if one.has_ended],
        "kept": kept,
        "may_create": process.closed_at is None and can_create_reception(request.user, process),
    }
    return render(request, "appointments/manage_receptions.html", context)


@sign_in_required
@form_page
def create_reception(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """Set reception hours."""
    process, by = find_process(request, process_slug), request.user
    authorize(by, "appointments.create_reception", process)
    form = ReceptionForm(*sent(request), process=process)

    def save(**_typed: Any) -> Reception:
        return hours.create_reception(process, by=by, **form.reception_fields())

    said = _("The reception hours are on the calendar.")
    template = "appointments/create_reception.html"
    return edit_page(request, template, form, save, to=page_of_reception, said=said, process=process)


@sign_in_required
@require_safe
def manage_reception(request: SignedInRequest, process_slug: str, reception_pk: int) -> HttpResponse:
    """Show the days of a reception with how many have booked, and its single days."""
    reception = find_reception(request, process_slug, reception_pk)
    authorize(request.user, "appointments.view_bookings", reception)
    today = clock.today()
    days = days_around(reception)
    context = {
        "process": nav_process(request, reception),
        "reception": reception,
        "days": [day for day in days if day.day >= today],
        "past": [day for day in reversed(days) if day.day < today],
        "special": [one for one in reception.special_days.all() if one.day >= today],
        "allowed": {verb: is_allowed(request.user, f"appointments.{verb}", reception) for verb in ACTIONS},
        "today": today,
    }
    return render(request, "appointments/manage_reception.html", context)


@sign_in_required
@form_page
def change_reception(request: SignedInRequest, process_slug: str, reception_pk: int) -> HttpResponse:
    """Change reception hours."""
    reception, by = find_reception(request, process_slug, reception_pk), request.user
    authorize(by, "appointments.change_reception", reception)
    form = ReceptionForm(*sent(request), process=reception.process, row=reception)

    def save(*, seen: str, **_typed: Any) -> Reception:
        hours.change_reception(reception, by=by, seen=seen, **form.reception_fields())
        return reception

    return edit_page(
        request, "appointments/change_reception.html", form, save, to=page_of_reception, said=_("The reception hours are changed."),
        process=reception.process, reception=reception,
    )  # fmt: skip


def told(number: int) -> str:
    """Say how many bookings were called off."""
    return ngettext("%(number)d booking was called off.", "%(number)d bookings were called off.", number) % {
        "number": number
    }


@sign_in_required
@form_page
def end_reception(request: SignedInRequest, process_slug: str, reception_pk: int) -> HttpResponse:
    """Hold the reception hours for the last time."""
    reception, by = find_reception(request, process_slug, reception_pk), request.user
    authorize(by, "appointments.end_reception", reception)

    def save(**typed: Any) -> Reception:
        messages.info(request, told(hours.end_reception(reception, by=by, **typed)))
        return reception

    form, said = EndForm(*sent(request), initial={"ends_on": clock.today()}), _("The last day is set.")
    context = {"process": reception.process, "reception": reception}
    template = "appointments/end_reception.html"
    return edit_page(request, template, form, save, to=page_of_reception, said=said, **context)


@sign_in_required
@form_page
def open_extra_day(request: SignedInRequest, process_slug: str, reception_pk: int) -> HttpResponse:
    """Hold the reception on one more day."""
    reception, by = find_reception(request, process_slug, reception_pk), request.user
    authorize(by, "appointments.open_extra_day", reception)

    def save(**typed: Any) -> Reception:
        hours.open_extra_day(reception, by=by, **typed)
        return reception

    form, said = ExtraDayForm(*sent(request), reception=reception), _("The extra day is on the calendar.")
    context = {"process": nav_process(request, reception), "reception": reception}
    template = "appointments/open_extra_day.html"
    return edit_page(request, template, form, save, to=page_of_reception, said=said, **context)


@sign_in_required
@require_POST
def remove_special_day(request: SignedInRequest, process_slug: str, reception_pk: int, special_pk: int) -> HttpResponse:
    """Let a day be as the rule says again."""
    reception = find_reception(request, process_slug, reception_pk)
    special = get_object_or_404(
        SpecialDay.objects.select_related("reception__process"), reception=reception, pk=special_pk
    )
    hours.remove_special_day(special, by=request.user)
    messages.success(request, _("This day is as the rule says again."))
    return redirect(page_of_reception(reception))
