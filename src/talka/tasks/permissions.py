# SPDX-License-Identifier: EUPL-1.2
"""Who may give tasks and say how they go."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.groups.models import WorkingGroup
from talka.groups.permissions import leads
from talka.processes.models import Process
from talka.processes.permissions import can_change_process, can_view_workspace
from talka.processes.queries import answered_for_by
from talka.tasks.link_holder import TaskHolder
from talka.tasks.models import Task, TaskUpdate

VERBS = {
    "create_task": _("gave a task"),
    "change_task": _("changed a task"),
    "move_tasks": _("moved the day of a task"),
    "update_task": _("said how a task is going"),
    "retract_update": _("took back an update of a task"),
    "hand_over": _("handed over tasks"),
    "take_reply": _("read a reply by e-mail about a task"),
    "settle_reply": _("settled an unclear reply about a task"),
    "forget_person": _("took a person out of tasks"),
}


def can_create_task(user: Any, process: Process) -> bool:
    """The coordinators and editors of the process, and whoever leads one of its groups."""
    return can_change_process(user, process) or WorkingGroup.objects.led_by(user).filter(process=process).exists()


def can_change_task(user: Any, task: Task) -> bool:
    """The coordinators and editors of the process, and the lead of its group."""
    return can_change_process(user, task.process) or (task.group is not None and leads(user, task.group))


can_move_tasks = can_change_task
can_settle_reply = can_change_task


def owns(user: Any, task: Task) -> bool:
    """Say whether the person does this task, signed in or by the link of their letter."""
    if isinstance(user, TaskHolder):
        return (user.person_id, user.task_id) == (task.owner_id, task.pk)
    return bool(user.is_authenticated) and task.owner.user_id == user.pk


def can_update_task(user: Any, task: Task) -> bool:
    """Its owner, and those who may change it."""
    return owns(user, task) or can_change_task(user, task)


def can_retract_update(user: Any, update: TaskUpdate) -> bool:
    """Those who may change the task, and its owner what they said themselves."""
    own = update.entered_by_id is not None and update.entered_by_id == user.pk and owns(user, update.task)
    return own or can_change_task(user, update.task)


def can_hand_over(user: Any, process: Process) -> bool:
    """The coordinators and editors of the process."""
    return can_change_process(user, process)


def can_list_tasks(user: Any, process: Process) -> bool:
    """Whoever has a working role in the process."""
    return can_view_workspace(user, process)


def can_list_group_tasks(user: Any, group: WorkingGroup) -> bool:
    """Whoever leads the group, and the coordinators and editors of the process."""
    return can_change_process(user, group.process) or leads(user, group)


def can_forget_person(user: Any, process: Process) -> bool:
    """Whoever answers for the data of the process."""
    return answered_for_by(user).filter(pk=process.pk).exists()
