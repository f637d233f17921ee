# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.core import clock
from talka.core.editing import edit_page, sent
from talka.core.http import sign_in_required
from talka.core.permissions import authorize, is_allowed
from talka.core.text import whole_number
from talka.groups import operations
from talka.groups.forms import GroupForm, MandateForm, SeatForm
from talka.groups.models import Mandate, WorkingGroup
from talka.groups.queries import Balance, balances, organizations_to_represent, with_leads
from talka.processes.forms.running import ReasonForm
from talka.processes.models import Process
from talka.processes.opening import actor, open_process
from talka.processes.queries import find_people, people_near


def _open_group(user: Any, process_slug: str, group_slug: str, verb: str) -> WorkingGroup:
    """Return a group of this very process to somebody who may do ``verb`` to it."""
    groups = WorkingGroup.objects.visible_to(user).select_related("process", "topic", "area")
    group = get_object_or_404(groups, process__slug=process_slug, slug=group_slug)
    authorize(user, verb, group)
    return group


def _groups(process: Process) -> str:
    return reverse("groups:manage_groups", args=[process.slug])


def _group(group: WorkingGroup) -> str:
    return reverse("groups:manage_group", args=[group.process.slug, group.slug])


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
        lambda **fields: operations.create_group(process, by=actor(request), **fields),
        to=_group, said=_("The group is formed. Seat its lead and members."), process=process,
    )  # fmt: skip


@sign_in_required
@require_safe
def manage_group(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Show a group to those who lead it or run its process: what it says of itself, and its members by name."""
    group = _open_group(request.user, process_slug, group_slug, "groups.view_members")
    return render(request, "groups/manage_group.html", {
        "process": group.process,
        "group": group,
        "mandates": group.mandates.exclude(ends_on__lt=clock.today()).select_related("person", "organization"),
        "past": group.mandates.filter(ends_on__lt=clock.today()).select_related("person", "organization"),
        "balance": balances(WorkingGroup.objects.filter(pk=group.pk)).get(group.pk, Balance()),
        "may_close": is_allowed(request.user, "groups.close_group", group),
    })  # fmt: skip


@sign_in_required
def change_group(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Change what a group says of itself."""
    group = _open_group(request.user, process_slug, group_slug, "groups.change_group")
    return edit_page(
        request, "groups/change_group.html", GroupForm(*sent(request), row=group, process=group.process),
        lambda **fields: operations.change_group(group, by=actor(request), **fields),
        to=_group(group), said=_("The group is saved."), process=group.process, group=group,
    )  # fmt: skip


@sign_in_required
@require_POST
def move_group(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Move a group one place up or down."""
    group = _open_group(request.user, process_slug, group_slug, "groups.move_group")
    operations.move_group(group, by=actor(request), up=request.POST.get("direction") == "up")
    return redirect(_groups(group.process))


@sign_in_required
def close_group(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """End a group's work, saying why."""
    group = _open_group(request.user, process_slug, group_slug, "groups.close_group")
    return edit_page(
        request, "groups/close_group.html", ReasonForm(*sent(request)),
        lambda **fields: operations.close_group(group, by=actor(request), **fields),
        to=_group(group), said=_("The group is closed."), process=group.process, group=group,
    )  # fmt: skip


@sign_in_required
@require_POST
def reopen_group(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Let a closed group work again."""
    group = _open_group(request.user, process_slug, group_slug, "groups.reopen_group")
    operations.reopen_group(group, by=actor(request))
    messages.success(request, _("The group works again."))
    return redirect(_group(group))


@sign_in_required
def seat_person(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Seat somebody near the process in a group, or a new person who is invited at once."""
    group = _open_group(request.user, process_slug, group_slug, "groups.seat_person")
    process, words, chosen = group.process, request.GET.get("q", "")[:200], whole_number(request.GET.get("person", ""))
    person = people_near(process).filter(pk=chosen).first() if chosen else None
    form = SeatForm(*sent(request), process=process, initial={"person": person.pk if person else None})
    return edit_page(
        request, "groups/seat_person.html", form,
        lambda **fields: operations.seat_person(group, by=actor(request), **fields),
        to=_group(group), said=_("The person is seated."), process=process, group=group, person=person, words=words,
        found=find_people(process, words), known=organizations_to_represent(process),
    )  # fmt: skip


def _mandate(group: WorkingGroup, pk: int) -> Mandate:
    """Return a mandate of this very group that has not ended."""
    return get_object_or_404(
        group.mandates.exclude(ends_on__lt=clock.today()).select_related("person", "organization", "group__process"),
        pk=pk,
    )


@sign_in_required
def change_mandate(request: HttpRequest, process_slug: str, group_slug: str, pk: int) -> HttpResponse:
    """Change in what capacity and for whom somebody sits in a group."""
    group = _open_group(request.user, process_slug, group_slug, "groups.change_mandate")
    mandate = _mandate(group, pk)
    initial = {name: getattr(mandate, name) for name in ("function", "represents", "title", "name_public", "starts_on")}
    form = MandateForm(*sent(request), initial={**initial, "organization_name": str(mandate.organization or "")})
    return edit_page(
        request, "groups/change_mandate.html", form,
        lambda **fields: operations.change_mandate(mandate, by=actor(request), **fields),
        to=_group(group), said=_("Saved."), process=group.process, group=group, mandate=mandate,
        known=organizations_to_represent(group.process),
    )  # fmt: skip


@sign_in_required
def end_mandate(request: HttpRequest, process_slug: str, group_slug: str, pk: int) -> HttpResponse:
    """End a mandate, saying why."""
    group = _open_group(request.user, process_slug, group_slug, "groups.end_mandate")
    mandate = _mandate(group, pk)
    return edit_page(
        request, "groups/end_mandate.html", ReasonForm(*sent(request)),
        lambda **fields: operations.end_mandate(mandate, by=actor(request), **fields),
        to=_group(group), said=_("The mandate is ended."), process=group.process, group=group, mandate=mandate,
    )  # fmt: skip
