# SPDX-License-Identifier: EUPL-1.2
"""Applications to join groups: by anybody, behind the secret link, and for those who decide."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from talka.core.editing import edit_page, sent
from talka.core.errors import Refused
from talka.core.http import is_forged, sign_in_required
from talka.core.ratelimit import rate_limited, spend
from talka.core.requests import visitor_key
from talka.core.text import whole_number
from talka.groups.forms.applications import ApplyForm, DecideForm, EnterForm
from talka.groups.link_holder import ApplicationHolder
from talka.groups.models import Application, Mandate, WorkingGroup
from talka.groups.opening import open_group
from talka.groups.operations import applications, seating
from talka.groups.permissions import can_change_group
from talka.groups.queries.members import balance_of
from talka.processes.opening import actor, open_process

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _public_group(request: HttpRequest, process_slug: str, group_slug: str) -> WorkingGroup:
    groups = WorkingGroup.objects.visible_to(request.user).select_related("process__owner", "topic")
    return get_object_or_404(groups, process__slug=process_slug, slug=group_slug)


@csrf_exempt  # checked for those signed in, see is_forged; a visitor's application is never lost to a missing cookie
@form_page
def apply_to_group(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Take an application from anybody."""
    group = _public_group(request, process_slug, group_slug)
    if request.method != "POST":
        known = {"name": request.user.name, "email": request.user.email} if request.user.is_authenticated else {}
        return _apply_page(request, group, ApplyForm(process=group.process, initial=known))
    form = ApplyForm(request.POST, process=group.process)
    wait = spend("apply_to_group", visitor_key(request))
    if wait:
        said = _("Too many applications came from here in a short time. Please send it again in %(minutes)d minutes.")
        form.add_error(None, said % {"minutes": -(-wait // 60)})
        response = _apply_page(request, group, form, status=429)
        response["Retry-After"] = str(wait)
        return response
    if is_forged(request):
        form.add_error(
            None, _("The proof that this form comes from this site was missing or too old. Please send it once more.")
        )
        return _apply_page(request, group, form, status=403)
    if not form.is_valid():
        return _apply_page(request, group, form, status=422)
    try:
        applications.apply_to_group(group, applicant=form.applicant(), key=form.cleaned_data["key"], by=request.user)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _apply_page(request, group, form, status=409)
    context = {"process": group.process, "group": group, "email": form.cleaned_data["email"]}
    return render(request, "groups/applied.html", context)


def _apply_page(request: HttpRequest, group: WorkingGroup, form: ApplyForm, status: int = 200) -> HttpResponse:
    context = {
        "process": group.process, "group": group, "form": form, "open": applications.takes_applications(group),
    }  # fmt: skip
    return render(request, "groups/apply_to_group.html", context, status=status)


@form_page
@rate_limited("apply_to_group")
def show_application(request: HttpRequest, secret: str) -> HttpResponse:
    """Show an application to whoever holds its link; confirm, withdraw or leave by a button, never by opening."""
    rows = Application.objects.select_related("group__process", "mandate__person", "mandate__group__process", "area")
    application = get_object_or_404(rows, secret=secret)
    status = 200
    if request.method == "POST":
        try:
            _do(request, application)
        except Refused as refused:
            messages.error(request, str(refused))
            status = 409
        else:
            return redirect("groups:show_application", secret)
    mandate = application.mandate
    context = {
        "application": application, "group": application.group, "process": application.group.process,
        "sits": mandate is not None and Mandate.objects.active().filter(pk=mandate.pk).exists(),
    }  # fmt: skip
    response = render(request, "groups/show_application.html", context, status=status)
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _do(request: HttpRequest, application: Application) -> None:
    holder = ApplicationHolder(application.pk)
    if "confirm" in request.POST:
        applications.confirm_application(application, by=holder)
        messages.success(request, _("Thank you. The lead of the group will read your application."))
    elif "withdraw" in request.POST:
        applications.withdraw_application(application, by=holder)
        messages.success(request, _("Your application is withdrawn."))
    elif "leave" in request.POST and application.mandate is not None:
        seating.leave_group(application.mandate, by=holder)
        messages.success(request, _("You have left the group."))


@sign_in_required
@form_page
def manage_applications(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """List who wants to join a group, beside whom its members represent now; accept or decline one or many."""
    group = open_group(request.user, process_slug, group_slug, "groups.view_applications")
    waiting = group.applications.waiting().select_related("area")
    form, status = DecideForm(request.POST if request.method == "POST" else None), 200
    chosen = [key for key in map(whole_number, request.POST.getlist("application")) if key is not None]
    if request.method == "POST":
        rows = list(waiting.filter(pk__in=chosen))
        if not rows:
            form.add_error(None, _("Choose whose applications you decide on."))
        if form.is_valid():
            _say(request, form, rows)
            return redirect("groups:manage_applications", process_slug, group_slug)
        status = 422
    context = {
        "process": group.process, "group": group, "form": form, "applications": waiting, "chosen": chosen,
        "settled": group.applications.settled()[:50], "balance": balance_of(group), "decides": can_change_group(request.user, group),
    }  # fmt: skip
    return render(request, "groups/manage_applications.html", context, status=status)


def _say(request: HttpRequest, form: DecideForm, rows: list[Application]) -> None:
    """Decide on the chosen applications and say what became of them."""
    by = actor(request)
    if form.cleaned_data["verb"] == "accept":
        found = applications.accept_applications(rows, by=by)
        said = ngettext("%(number)d application is accepted.", "%(number)d applications are accepted.", found.number)
    else:
        found = applications.decline_applications(rows, reason=form.cleaned_data["reason"], by=by)
        said = ngettext("%(number)d application is declined.", "%(number)d applications are declined.", found.number)
    if found.number:
        messages.success(request, said % {"number": found.number})
    for name, sentence in found.refused:
        messages.error(request, f"{name}: {sentence}")


@sign_in_required
@form_page
def enter_application(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Enter an application that came on paper, by telephone or at the desk."""
    group = open_group(request.user, process_slug, group_slug, "groups.enter_application")
    form = EnterForm(*sent(request), process=group.process)
    return edit_page(
        request, "groups/enter_application.html", form,
        lambda **_typed: applications.enter_application(group, applicant=form.applicant(group.process.language), by=actor(request)),
        to=reverse("groups:manage_applications", args=[process_slug, group_slug]), said=_("The application is entered."),
        process=group.process, group=group,
    )  # fmt: skip


@sign_in_required
@require_safe
def list_applications(request: HttpRequest, process_slug: str) -> HttpResponse:
    """List the applications that wait, of all groups of a process that the person may decide on or enter for."""
    process = open_process(request.user, process_slug, "processes.view_workspace")
    rows = Application.objects.visible_to(request.user).waiting().filter(group__process=process)
    context: dict[str, Any] = {
        "process": process,
        "applications": rows.select_related("group", "area").order_by("group__position", "received_at"),
    }
    return render(request, "groups/list_applications.html", context)


@sign_in_required
@form_page
def leave_group(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Leave a group in which one sits, after a question."""
    group = _public_group(request, process_slug, group_slug)
    mandates = Mandate.objects.active().select_related("person", "group__process")
    mandate = get_object_or_404(mandates, group=group, person__user=actor(request))
    if request.method == "POST":
        seating.leave_group(mandate, by=actor(request))
        messages.success(request, _("You have left the group."))
        return redirect("portal:show_group", process_slug, group_slug)
    return render(request, "groups/leave_group.html", {"process": group.process, "group": group, "mandate": mandate})
