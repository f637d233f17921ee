# SPDX-License-Identifier: EUPL-1.2

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.core import clock
from talka.core.editing import edit_page, sent
from talka.core.http import sign_in_required
from talka.core.permissions import is_allowed
from talka.groups.forms.groups import GroupForm
from talka.groups.models import WorkingGroup
from talka.groups.opening import group_page, groups_page, open_group
from talka.groups.operations import forming
from talka.groups.queries.members import Balance, balance_of, balances, with_leads
from talka.processes.forms.running import ReasonForm
from talka.processes.opening import actor, open_process


@sign_in_required
@require_safe
def manage_groups(request: HttpRequest, process_slug: str) -> HttpResponse:
    """List the groups of a process, with who leads them and whom their members represent."""
    process = open_process(request.user, process_slug, "processes.view_workspace")
    groups = process.groups.all()
    balance = balances(groups)
    rows = [(group, balance.get(group.pk, Balance())) for group in with_leads(groups)]
    led = set(WorkingGroup.objects.led_by(request.user).filter(process=process).values_list("pk", flat=True))
    return render(request, "groups/manage_groups.html", {
        "process": process,
        "open": [row for row in rows if row[0].closed_at is None],
        "closed": [row for row in rows if row[0].closed_at is not None],
        "editable": is_allowed(request.user, "groups.create_group", process),
        "led": led,
    })  # fmt: skip


@sign_in_required
def create_group(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Form a working group."""
    process = open_process(request.user, process_slug, "groups.create_group")
    return edit_page(
        request, "groups/create_group.html", GroupForm(*sent(request), process=process),
        lambda **fields: forming.create_group(process, by=actor(request), **fields),
        to=group_page, said=_("The group is formed. Seat its lead and members."), process=process,
    )  # fmt: skip


@sign_in_required
@require_safe
def manage_group(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Show a group to those who lead it or run its process: what it says of itself, and its members by name."""
    group = open_group(request.user, process_slug, group_slug, "groups.view_members")
    return render(request, "groups/manage_group.html", {
        "process": group.process,
        "group": group,
        "mandates": group.mandates.exclude(ends_on__lt=clock.today()).select_related("person", "organization"),
        "past": group.mandates.filter(ends_on__lt=clock.today()).select_related("person", "organization"),
        "balance": balance_of(group),
        "may_close": is_allowed(request.user, "groups.close_group", group),
    })  # fmt: skip


@sign_in_required
def change_group(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Change what a group says of itself."""
    group = open_group(request.user, process_slug, group_slug, "groups.change_group")
    return edit_page(
        request, "groups/change_group.html", GroupForm(*sent(request), row=group, process=group.process),
        lambda **fields: forming.change_group(group, by=actor(request), **fields),
        to=group_page(group), said=_("The group is saved."), process=group.process, group=group,
    )  # fmt: skip


@sign_in_required
@require_POST
def move_group(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Move a group one place up or down."""
    group = open_group(request.user, process_slug, group_slug, "groups.move_group")
    forming.move_group(group, by=actor(request), up=request.POST.get("direction") == "up")
    return redirect(groups_page(group.process))


@sign_in_required
def close_group(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """End a group's work, saying why."""
    group = open_group(request.user, process_slug, group_slug, "groups.close_group")
    return edit_page(
        request, "groups/close_group.html", ReasonForm(*sent(request)),
        lambda **fields: forming.close_group(group, by=actor(request), **fields),
        to=group_page(group), said=_("The group is closed."), process=group.process, group=group,
    )  # fmt: skip


@sign_in_required
@require_POST
def reopen_group(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Let a closed group work again."""
    group = open_group(request.user, process_slug, group_slug, "groups.reopen_group")
    forming.reopen_group(group, by=actor(request))
    messages.success(request, _("The group works again."))
    return redirect(group_page(group))
