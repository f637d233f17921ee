# SPDX-License-Identifier: EUPL-1.2
"""One task: given, shown, changed, and said how it is going."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core.editing import edit_page, sent
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import authorize, is_allowed
from talka.core.templatetags.talka_text import figures
from talka.core.text import whole_number
from talka.processes.forms.running import ReasonForm
from talka.processes.models import Process
from talka.processes.opening import actor
from talka.proposals.models import Proposal
from talka.proposals.queries.terms import calendar
from talka.tasks.forms.tasks import ChangeTaskForm, MoveForm, TaskForm, UpdateForm
from talka.tasks.models import Task, TaskUpdate, UnclearReply
from talka.tasks.operations import replies
from talka.tasks.operations import tasks as operations
from talka.tasks.permissions import can_retract_update
from talka.tasks.queries.lists import shown
from talka.tasks.sources import sources_of

_MOST_MOVED = 200


def open_task(user: Any, process_slug: str, pk: int, verb: str = "") -> Task:
    """Return a task that the person may see, to somebody who may do ``verb`` to it."""
    rows = shown(Task.objects.visible_to(user)).select_related(
        "process__owner", "group__process", "owner__user", "latest", "proposal"
    )
    task = get_object_or_404(rows, process__slug=process_slug, pk=pk)
    if task.group is not None:
        task.group.process = task.process
    if verb:
        authorize(user, verb, task)
    return task


def task_page(task: Task) -> str:
    """Return the address of a task."""
    return reverse("tasks:show_task", args=[task.process.slug, task.pk])


def _frame(user: Any, process: Process) -> Process | None:
    """Return the process for the menu of those who work in it; others see the page without it."""
    return process if is_allowed(user, "processes.view_workspace", process) else None


@sign_in_required
@require_safe
def show_task(request: SignedInRequest, process_slug: str, pk: int) -> HttpResponse:
    """Show a task: whose it is, until when, where it comes from, and all that was said."""
    task = open_task(request.user, process_slug, pk)
    updates = list(task.updates.select_related("said_by", "entered_by", "retracted_by"))
    for update in updates:
        update.task = task
    changes = is_allowed(request.user, "tasks.change_task", task)
    return render(request, "tasks/show_task.html", {
        "process": _frame(request.user, task.process),
        "task": task,
        "sources": sources_of([task.pk], request.user).get(task.pk, []),
        "proposal_shown": task.proposal is not None
        and Proposal.objects.visible_to(request.user).filter(pk=task.proposal.pk).exists(),
        "updates": [(update, can_retract_update(request.user, update)) for update in updates],
        "moves": task.moves.select_related("moved_by"),
        "handovers": task.handovers.select_related("before", "after", "handed_by"),
        "unclear": task.unclear_replies.filter(settled_at__isnull=True) if changes else [],
        "changes": changes,
        "updates_it": is_allowed(request.user, "tasks.update_task", task),
        "form": UpdateForm(task=task),
    })  # fmt: skip


@sign_in_required
def create_task(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Give somebody a task."""
    process = get_object_or_404(Process.objects.visible_to(request.user).select_related("owner"), slug=process_slug)
    authorize(request.user, "tasks.create_task", process)
    asked = {name: whole_number(request.GET.get(name, "")) for name in ("proposal", "group")}
    form = TaskForm(
        request.POST if request.method == "POST" else None, process=process, user=request.user, initial=asked
    )

    def save(**fields: Any) -> Task:
        task = operations.create_task(process, by=actor(request), **fields)
        working_days = calendar()
        if not working_days.is_working(task.due_on):
            next_one = working_days.next_working(task.due_on)
            said = _("%(day)s is not a working day; the next one is %(next)s.")
            messages.info(request, said % {"day": figures(task.due_on), "next": figures(next_one)})
        return task

    return edit_page(
        request, "tasks/create_task.html", form, save, to=task_page, said=_("The task is given."),
        process=_frame(request.user, process), joint=process,
    )  # fmt: skip


@sign_in_required
def change_task(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Change what a task is, or move its day with a reason."""
    task = open_task(request.user, process_slug, pk, "tasks.change_task")
    form = ChangeTaskForm(
        request.POST if request.method == "POST" else None, row=task, process=task.process, user=request.user
    )
    return edit_page(
        request, "tasks/change_task.html", form,
        lambda **fields: operations.change_task(task, by=actor(request), **fields),
        to=task_page(task), said=_("The task is saved."), process=_frame(request.user, task.process), task=task,
    )  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def update_task(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Say how a task is going."""
    task = open_task(request.user, process_slug, pk, "tasks.update_task")
    return edit_page(
        request, "tasks/update_task.html", UpdateForm(sent(request)[0], task=task),
        lambda **fields: operations.update_task(task, by=actor(request), **fields),
        to=task_page(task), said=_("Saved."), process=_frame(request.user, task.process), task=task,
    )  # fmt: skip


@sign_in_required
def retract_update(request: HttpRequest, process_slug: str, pk: int, update_pk: int) -> HttpResponse:
    """Take back what was said wrongly of a task, with a reason."""
    task = open_task(request.user, process_slug, pk)
    update = get_object_or_404(TaskUpdate.objects.filter(task=task), pk=update_pk)
    update.task = task
    authorize(request.user, "tasks.retract_update", update)
    return edit_page(
        request, "tasks/retract_update.html", ReasonForm(*sent(request)),
        lambda **fields: operations.retract_update(update, by=actor(request), **fields),
        to=task_page(task), said=_("The update is taken back."), process=_frame(request.user, task.process), task=task,
        update=update,
    )  # fmt: skip


@sign_in_required
@require_POST
def settle_reply(request: HttpRequest, process_slug: str, pk: int, reply_pk: int) -> HttpResponse:
    """Mark an unclear reply as read; what it means is entered as an update."""
    task = open_task(request.user, process_slug, pk, "tasks.settle_reply")
    reply = get_object_or_404(UnclearReply.objects.filter(task=task), pk=reply_pk)
    replies.settle_reply(reply, by=actor(request))
    messages.success(request, _("The reply is settled."))
    return redirect(task_page(task))


@sign_in_required
def move_tasks(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Give several tasks that were ticked another day."""
    chosen = [key for key in map(whole_number, request.GET.getlist("task")[:_MOST_MOVED]) if key]
    rows = shown(Task.objects.visible_to(request.user).open().filter(process__slug=process_slug, pk__in=chosen))
    tasks = list(rows)
    process = get_object_or_404(Process.objects.visible_to(request.user).select_related("owner"), slug=process_slug)
    authorize(request.user, "tasks.create_task", process)
    if not tasks:
        messages.info(request, _("Tick at least one open task first."))
        return redirect(reverse("tasks:list_process_tasks", args=[process_slug]))
    return edit_page(
        request, "tasks/move_tasks.html", MoveForm(sent(request)[0], tasks=tasks),
        lambda tasks, **fields: operations.move_tasks(
            [task for task in rows if task.pk in tasks], by=actor(request), **fields
        ),
        to=reverse("tasks:list_process_tasks", args=[process_slug]), said=_("The day is moved."),
        process=_frame(request.user, process), joint=process,
    )  # fmt: skip
