# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.core.editing import edit_page, sent
from talka.core.http import sign_in_required
from talka.core.permissions import authorize, is_allowed
from talka.core.text import clean_line
from talka.groups.forms.actions import ActionForm, RefuseForm, TakeForm
from talka.groups.models import PlannedAction, WorkingGroup
from talka.groups.opening import open_group
from talka.groups.operations import asking
from talka.groups.queries.actions import asked_for
from talka.plans.forms.taking import new_node_form
from talka.plans.queries.finding import drafts_written_by, find_versions
from talka.processes.models import Process
from talka.processes.opening import actor, open_process


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
    group = open_group(request.user, process_slug, group_slug, "groups.plan_action")
    rows = asked_for(PlannedAction.objects.filter(group=group), request.user)
    return render(request, "groups/manage_actions.html", {"process": group.process, "group": group, "rows": rows})


@sign_in_required
def plan_action(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Write down an action that a group asks for."""
    group = open_group(request.user, process_slug, group_slug, "groups.plan_action")
    return edit_page(
        request, "groups/plan_action.html", ActionForm(*sent(request), process=group.process),
        lambda **fields: asking.plan_action(group, by=actor(request), **fields),
        to=_actions(group), said=_("The action is on the list of the group."), process=group.process, group=group,
    )  # fmt: skip


@sign_in_required
def change_action(request: HttpRequest, process_slug: str, group_slug: str, pk: int) -> HttpResponse:
    """Change an action that a group asks for."""
    group = open_group(request.user, process_slug, group_slug, "groups.plan_action")
    action = _action(group, pk)
    return edit_page(
        request, "groups/change_action.html", ActionForm(*sent(request), row=action, process=group.process),
        lambda **fields: asking.change_action(action, by=actor(request), **fields),
        to=_actions(group), said=_("The action is saved."), process=group.process, group=group, action=action,
    )  # fmt: skip


@sign_in_required
@require_POST
def move_action(request: HttpRequest, process_slug: str, group_slug: str, pk: int) -> HttpResponse:
    """Move an action one place up or down in the list of its group."""
    group = open_group(request.user, process_slug, group_slug, "groups.plan_action")
    asking.move_action(_action(group, pk), by=actor(request), up=request.POST.get("direction") == "up")
    return redirect(_actions(group))


@sign_in_required
@require_POST
def remove_action(request: HttpRequest, process_slug: str, group_slug: str, pk: int) -> HttpResponse:
    """Remove an action from the list of its group."""
    group = open_group(request.user, process_slug, group_slug, "groups.plan_action")
    asking.remove_action(_action(group, pk), by=actor(request))
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
        lambda node: asking.take_action(action, node=node, by=actor(request)),
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
        lambda **_typed: asking.add_action_to_draft(action, by=actor(request), **form.node()),
        to=_list(process), said=_("The new action stands in the draft and is linked."), **context,
    )  # fmt: skip


@sign_in_required
def refuse_action(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Say why what a group asks for is not taken into the plan."""
    action = _waiting(request, process_slug, pk, "groups.refuse_action")
    return edit_page(
        request, "groups/refuse_action.html", RefuseForm(*sent(request)),
        lambda **fields: asking.refuse_action(action, by=actor(request), **fields),
        to=_list(action.group.process), said=_("The group reads why."), process=action.group.process, action=action,
    )  # fmt: skip


@sign_in_required
@require_POST
def reconsider_action(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Take back what was decided on what a group asks for."""
    action = _waiting(request, process_slug, pk, "groups.reconsider_action")
    asking.reconsider_action(action, by=actor(request))
    messages.success(request, _("It waits to be decided again."))
    return redirect(_list(action.group.process))
