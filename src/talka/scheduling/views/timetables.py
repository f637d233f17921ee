# SPDX-License-Identifier: EUPL-1.2
"""What is asked of a timetable: its days and rooms, what groups need, who is away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core.editing import edit_page, sent
from talka.core.errors import Refused
from talka.core.http import sign_in_required
from talka.core.lists import page_of
from talka.groups.queries.members import Balance, balances
from talka.processes.opening import actor, open_process
from talka.scheduling.forms.timetables import AbsenceForm, TimetableForm, WishForm
from talka.scheduling.models import Absence, Timetable
from talka.scheduling.opening import open_timetable, timetable_page
from talka.scheduling.operations import timetables as operations

form_page = require_http_methods(["GET", "HEAD", "POST"])


@sign_in_required
@require_safe
def manage_timetables(request: HttpRequest, process_slug: str) -> HttpResponse:
    """List the timetables of a process."""
    process = open_process(request.user, process_slug, "scheduling.create_timetable")
    page = page_of(request, process.timetables.order_by("-created_at", "-pk"))
    return render(request, "scheduling/manage_timetables.html", {"process": process, "page": page})


@sign_in_required
@form_page
def create_timetable(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Begin a timetable; what groups need comes next."""
    process = open_process(request.user, process_slug, "scheduling.create_timetable")
    return edit_page(
        request, "scheduling/create_timetable.html", TimetableForm(*sent(request), process=process),
        lambda **fields: operations.create_timetable(process, by=actor(request), **fields),
        to=lambda made: reverse("scheduling:set_wishes", args=[process.slug, made.pk]),
        said=_("The timetable is begun. Say now what each group needs."), process=process,
    )  # fmt: skip


@sign_in_required
@form_page
def change_timetable(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Change days, hours, rooms and what matters."""
    timetable = open_timetable(request.user, process_slug, pk, "scheduling.change_timetable")
    return edit_page(
        request, "scheduling/change_timetable.html", TimetableForm(*sent(request), process=timetable.process, row=timetable),
        lambda **fields: operations.change_timetable(timetable, by=actor(request), **fields),
        to=timetable_page(timetable), said=_("Saved. Let the timetable be sought again to have it hold."),
        process=timetable.process, timetable=timetable,
    )  # fmt: skip


@sign_in_required
@form_page
def set_wishes(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Say how often, how long and in what room each group meets."""
    timetable = open_timetable(request.user, process_slug, pk, "scheduling.set_wishes")
    forms = _wish_forms(request, timetable)
    status, refused = 200, ""
    if request.method == "POST":
        checked = [form.is_valid() for form in forms]
        if all(checked):
            try:
                wishes = {form.group: form.cleaned_data for form in forms}
                operations.set_wishes(timetable, wishes=wishes, by=actor(request))
            except Refused as error:
                status, refused = 409, str(error)
            else:
                messages.success(request, _("What groups need is saved."))
                return redirect(timetable_page(timetable))
        else:
            status = 422
    context = {
        "process": timetable.process,
        "timetable": timetable,
        "forms": forms,
        "refused": refused,
        "problems": _problems(forms),
    }
    return render(request, "scheduling/set_wishes.html", context, status=status)


def _problems(forms: list[WishForm]) -> list[dict[str, str]]:
    """Return what is wrong in the table, each with the field to go to."""
    return [
        {"text": f"{form.group}: {field.label}: {error}", "anchor": str(field.auto_id)}
        for form in forms
        for field in form
        for error in field.errors
    ]


def _wish_forms(request: HttpRequest, timetable: Timetable) -> list[WishForm]:
    wishes = {wish.group_id: wish for wish in timetable.wishes.all()}
    groups = timetable.process.groups.all()
    known = balances(groups)
    return [
        WishForm(
            request.POST if request.method == "POST" else None, group=group, wish=wishes.get(group.pk),
            members=known.get(group.pk, Balance()).total,
        )
        for group in groups
        if group.closed_at is None or group.pk in wishes
    ]  # fmt: skip


@sign_in_required
@form_page
def add_absence(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Show who is away, and enter another."""
    timetable = open_timetable(request.user, process_slug, pk, "scheduling.add_absence")
    context: dict[str, Any] = {"process": timetable.process, "timetable": timetable}
    return edit_page(
        request, "scheduling/add_absence.html", AbsenceForm(*sent(request), timetable=timetable),
        lambda **fields: operations.add_absence(timetable, by=actor(request), **fields),
        to=reverse("scheduling:add_absence", args=[process_slug, pk]), said=_("The absence is entered."),
        absences=timetable.absences.select_related("person", "group"), **context,
    )  # fmt: skip


@sign_in_required
@require_POST
def remove_absence(request: HttpRequest, process_slug: str, pk: int, absence_pk: int) -> HttpResponse:
    """Take back that somebody is away."""
    timetable = open_timetable(request.user, process_slug, pk, "scheduling.remove_absence")
    absence = get_object_or_404(
        Absence.objects.select_related("timetable__process"), timetable=timetable, pk=absence_pk
    )
    operations.remove_absence(absence, by=actor(request))
    messages.success(request, _("The absence is removed."))
    return redirect("scheduling:add_absence", process_slug, pk)


@sign_in_required
@require_POST
def remove_timetable(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Remove a timetable that is not published."""
    timetable = open_timetable(request.user, process_slug, pk, "scheduling.remove_timetable")
    operations.remove_timetable(timetable, by=actor(request))
    messages.success(request, _("The timetable is removed."))
    return redirect("scheduling:manage_timetables", process_slug)
