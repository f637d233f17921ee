# SPDX-License-Identifier: EUPL-1.2
"""Who may give tasks and say how they go."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.groups.models import Mandate
from talka.groups.permissions import leads
from talka.processes.models import Process
from talka.processes.permissions import can_change_process
from talka.tasks.models import Task

VERBS = {
    "create_task": _("gave a task"),
    "change_task": _("changed a task"),
    "update_task": _("said how a task is going"),
}


def can_create_task(user: Any, process: Process) -> bool:
    """The coordinators and editors of the process, and whoever leads one of its groups or writes its minutes."""
    if can_change_process(user, process):
        return True
    return user.is_authenticated and (
        Mandate.objects.active()
        .filter(person__user=user, group__process=process)
        .exclude(function=Mandate.Function.MEMBER)
        .exists()
    )


def can_change_task(user: Any, task: Task) -> bool:
    """The coordinators and editors of the process, and the lead of its group."""
    return can_change_process(user, task.process) or (task.group is not None and leads(user, task.group))


def can_update_task(user: Any, task: Task) -> bool:
    """Its owner, and those who may change it."""
    return (user.is_authenticated and task.owner.user_id == user.pk) or can_change_task(user, task)
