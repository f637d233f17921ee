# SPDX-License-Identifier: EUPL-1.2
"""Tasks of a process and of a group, narrowed and as tables."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from talka.core.exports import Cell, csv_response, xlsx_response
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import is_allowed
from talka.core.text import whole_number
from talka.groups.opening import open_group
from talka.processes.models import Process
from talka.processes.opening import open_process
from talka.tasks.models import Task, TaskQuerySet
from talka.tasks.queries.lists import ALL, ENDED_ONES, LATE, OPEN, counts, in_state, owners_in, shown, unclear_in

PAGE = 50
MOST_EXPORTED = 20_000
_STATES = {
    OPEN: pgettext_lazy("list of tasks", "open"),
    LATE: pgettext_lazy("list of tasks", "late"),
    ENDED_ONES: pgettext_lazy("list of tasks", "ended"),
    ALL: pgettext_lazy("list of tasks", "all"),
}
_FORMATS = {"csv": csv_response, "xlsx": xlsx_response}


@dataclass(frozen=True)
class Asked:
    """What of the tasks of a process is asked for."""

    state: str
    group: int | None
    owner: int | None

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """Read it from the address; nonsense asks for nothing."""
        state = request.GET.get("state", "")
        keys = {name: whole_number(request.GET.get(name, "")) for name in ("group", "owner")}
        return cls(state if state in _STATES else OPEN, keys["group"], keys["owner"])

    def keep(self, rows: TaskQuerySet) -> TaskQuerySet:
        """Keep the tasks of the group and the owner."""
        if self.group:
            rows = rows.filter(group=self.group)
        return rows.filter(owner=self.owner) if self.owner else rows


def _rows(user: Any, process: Process) -> TaskQuerySet:
    return Task.objects.visible_to(user).filter(process=process)


@sign_in_required
@require_safe
def list_process_tasks(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """List the tasks of a process: open ones first of all, narrowed by group, owner and state."""
    process = open_process(request.user, process_slug, "tasks.list_tasks")
    asked = Asked.of(request)
    rows = asked.keep(_rows(request.user, process))
    page = page_of(request, shown(in_state(rows, asked.state)), size=PAGE)
    runs = is_allowed(request.user, "tasks.hand_over", process)
    return render(request, "tasks/list_process_tasks.html", {
        "process": process,
        "page": page,
        "asked": asked,
        "states": _STATES.items(),
        "groups": process.groups.all(),
        "owners": owners_in(process),
        "counts": counts(rows),
        "may_create": is_allowed(request.user, "tasks.create_task", process),
        "runs": runs,
        "unclear": unclear_in(_rows(request.user, process)) if runs else [],
    })  # fmt: skip


@sign_in_required
@require_safe
def list_group_tasks(request: SignedInRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """List the tasks of a group to whoever leads it."""
    group = open_group(request.user, process_slug, group_slug, "tasks.list_group_tasks")
    asked = Asked.of(request)
    rows = Task.objects.filter(group=group)
    page = page_of(request, shown(in_state(rows, asked.state)), size=PAGE)
    return render(request, "tasks/list_group_tasks.html", {
        "process": group.process,
        "group": group,
        "page": page,
        "asked": asked,
        "states": _STATES.items(),
        "counts": counts(rows),
        "unclear": unclear_in(rows),
    })  # fmt: skip


@sign_in_required
@require_safe
def export_tasks(request: SignedInRequest, process_slug: str, kind: str) -> HttpResponse:
    """Give out the tasks of a process, narrowed as on the page, as CSV or XLSX."""
    process = open_process(request.user, process_slug, "tasks.list_tasks")
    if kind not in _FORMATS:
        raise Http404
    asked = Asked.of(request)
    rows = shown(in_state(asked.keep(_rows(request.user, process)), asked.state))[:MOST_EXPORTED]
    header = [
        _("No."), _("What is to be done"), _("Who does it"), _("Until"), _("How it is going"), _("late"),
        _("What was said last"), _("Date"), _("Working group"), _("Proposal"),
    ]  # fmt: skip
    lines: list[list[Cell]] = [
        [
            task.pk, task.title, task.owner.name, task.due_on, str(task.state.label), _("yes") if task.is_late else _("no"),
            task.latest.text if task.latest else "", task.latest.said_on if task.latest else None,
            task.group.name if task.group else "", task.proposal.reference if task.proposal else "",
        ]
        for task in rows
    ]  # fmt: skip
    return _FORMATS[kind](f"{process.slug}-{_('tasks')}", header, lines)
