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
from talka.core.text import clean_line, whole_number
from talka.groups import operations
from talka.groups.forms import ActionForm, GroupForm, MandateForm, RefuseForm, SeatForm, TakeForm
from talka.groups.models import Mandate, PlannedAction, WorkingGroup
from talka.groups.queries import Balance, asked_for, balances, organizations_to_represent, with_leads
from talka.plans.forms.taking import new_node_form
from talka.plans.queries.finding import drafts_written_by, find_versions
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


# --- What groups ask for --------------------------------------------------------------------------


def _actions(group: WorkingGroup) -> str:
    return reverse("groups:manage_actions", args=[group.process.slug, group.slug])


def _action(group: WorkingGroup, pk: int) -> PlannedAction:
    action = get_object_or_404(group.planned_actions, pk=pk)
    action.group = group
    return action


@sign_in_required
@require_safe
def manage_actions(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """List what a group asks for, in its order, with what was decided."""
    group = _open_group(request.user, process_slug, group_slug, "groups.plan_action")
    rows = asked_for(PlannedAction.objects.filter(group=group), request.user)
    return render(request, "groups/manage_actions.html", {"process": group.process, "group": group, "rows": rows})


@sign_in_required
def plan_action(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Write down an action that a group asks for."""
    group = _open_group(request.user, process_slug, group_slug, "groups.plan_action")
    return edit_page(
        request, "groups/plan_action.html", ActionForm(*sent(request), process=group.process),
        lambda **fields: operations.plan_action(group, by=actor(request), **fields),
        to=_actions(group), said=_("The action is on the list of the group."), process=group.process, group=group,
    )  # fmt: skip


@sign_in_required
def change_action(request: HttpRequest, process_slug: str, group_slug: str, pk: int) -> HttpResponse:
    """Change an action that a group asks for."""
    group = _open_group(request.user, process_slug, group_slug, "groups.plan_action")
    action = _action(group, pk)
    return edit_page(
        request, "groups/change_action.html", ActionForm(*sent(request), row=action, process=group.process),
        lambda **fields: operations.change_action(action, by=actor(request), **fields),
        to=_actions(group), said=_("The action is saved."), process=group.process, group=group, action=action,
    )  # fmt: skip


@sign_in_required
@require_POST
def move_action(request: HttpRequest, process_slug: str, group_slug: str, pk: int) -> HttpResponse:
    """Move an action one place up or down in the list of its group."""
    group = _open_group(request.user, process_slug, group_slug, "groups.plan_action")
    operations.move_action(_action(group, pk), by=actor(request), up=request.POST.get("direction") == "up")
    return redirect(_actions(group))


@sign_in_required
@require_POST
def remove_action(request: HttpRequest, process_slug: str, group_slug: str, pk: int) -> HttpResponse:
    """Remove an action from the list of its group."""
    group = _open_group(request.user, process_slug, group_slug, "groups.plan_action")
    operations.remove_action(_action(group, pk), by=actor(request))
    messages.success(request, _("The action is removed."))
    return redirect(_actions(group))


@sign_in_required
@require_safe
def list_planned_actions(request: HttpRequest, process_slug: str) -> HttpResponse:
    """List what the groups of a process ask for: what waits to be decided, or what was."""
    process = open_process(request.user, process_slug, "processes.view_workspace")
    asked = request.GET.get("state", "")
    state = asked if asked in PlannedAction.State.values else PlannedAction.State.WAITING
    actions = PlannedAction.objects.filter(group__process=process)
    rows = asked_for(actions.in_state(state).order_by("group__position", "group", "position", "pk"), request.user)
    return render(request, "groups/list_planned_actions.html", {
        "process": process,
        "rows": rows,
        "state": state,
        "counts": [(one.value, one.label, actions.in_state(one).count()) for one in PlannedAction.State],
        "decides": is_allowed(request.user, "processes.change_process", process),
    })  # fmt: skip


def _waiting(request: HttpRequest, process_slug: str, pk: int, verb: str) -> PlannedAction:
    """Return an action of a group of this process to somebody who decides on it."""
    actions = PlannedAction.objects.visible_to(request.user).select_related("group__process__owner", "organization")
    action = get_object_or_404(actions, group__process__slug=process_slug, pk=pk)
    authorize(request.user, verb, action)
    return action


def _list(process: Process) -> str:
    return reverse("groups:list_planned_actions", args=[process.slug])


@sign_in_required
def take_action(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Find the node of a plan that is what a group asks for, or begin a new one."""
    action = _waiting(request, process_slug, pk, "groups.take_action")
    process, words = action.group.process, clean_line(request.GET.get("q", ""))[:200]
    return edit_page(
        request, "groups/take_action.html",
        TakeForm(request.POST if request.method == "POST" else None, user=request.user, process=process),
        lambda node: operations.take_action(action, node=node, by=actor(request)),
        to=_list(process), said=_("It is taken into the plan."), process=process, action=action, words=words,
        found=find_versions(words, request.user, process) if words else [], writes=bool(drafts_written_by(request.user)),
    )  # fmt: skip


@sign_in_required
def add_action_to_draft(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Take what a group asks for into the draft of a plan, as a new action."""
    action = _waiting(request, process_slug, pk, "groups.take_action")
    process = action.group.process
    initial = {
        "title": action.title, "organization": action.organization_id, "starts_year": action.starts_year,
        "ends_year": action.ends_year, "area": action.area_id, "topic": action.group.topic_id,
    }  # fmt: skip
    form = new_node_form(sent(request)[0], user=request.user, process=process, initial=initial)
    context: dict[str, Any] = {"process": process, "action": action}
    if form is None:
        return render(request, "groups/add_action_to_draft.html", context)
    return edit_page(
        request, "groups/add_action_to_draft.html", form,
        lambda **_typed: operations.add_action_to_draft(action, by=actor(request), **form.node()),
        to=_list(process), said=_("The new action stands in the draft and is linked."), **context,
    )  # fmt: skip


@sign_in_required
def refuse_action(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Say why what a group asks for is not taken into the plan."""
    action = _waiting(request, process_slug, pk, "groups.refuse_action")
    return edit_page(
        request, "groups/refuse_action.html", RefuseForm(*sent(request)),
        lambda **fields: operations.refuse_action(action, by=actor(request), **fields),
        to=_list(action.group.process), said=_("The group reads why."), process=action.group.process, action=action,
    )  # fmt: skip


@sign_in_required
@require_POST
def reconsider_action(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Take back what was decided on what a group asks for."""
    action = _waiting(request, process_slug, pk, "groups.reconsider_action")
    operations.reconsider_action(action, by=actor(request))
    messages.success(request, _("It waits to be decided again."))
    return redirect(_list(action.group.process))
