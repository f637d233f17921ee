# SPDX-License-Identifier: EUPL-1.2
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.tasks.models import State, Task, TaskUpdate
from talka.tasks.signals import updated


class SaidInFuture(Refused):
    message = _("An update cannot be of a day after today.")


@transaction.atomic
def create_task(
    process: Process,
    *,
    title: str,
    owner: Person,
    due_on: date,
    by: User,
    group: WorkingGroup | None = None,
    proposal: Proposal | None = None,
    description: str = "",
) -> Task:
    """Give one person a task until a day."""
    authorize(by, "tasks.create_task", process)
    task = Task.objects.create(
        process=process, group=group, title=title, description=description, owner=owner, due_on=due_on,
        proposal=proposal, created_by=by, created_at=clock.now(),
    )  # fmt: skip
    record("tasks.create_task", task, by=by, scope=process)
    return task


@transaction.atomic
def update_task(
    task: Task,
    *,
    state: str,
    by: User,
    text: str = "",
    said_on: date | None = None,
    channel: str = TaskUpdate.Channel.WORKSPACE,
) -> TaskUpdate:
    """Say on a day how a task is going; its state follows. ``channel``: how it was said."""
    authorize(by, "tasks.update_task", task)
    day = said_on or clock.today()
    if day > clock.today():
        raise SaidInFuture
    locked = Task.objects.select_for_update(of=("self",)).select_related("owner", "process").get(pk=task.pk)
    own = locked.owner.user_id == by.pk
    update = TaskUpdate.objects.create(
        task=locked, state=State(state), text=text, said_on=day, channel=channel, entered_by=by,
        said_by=locked.owner if own else Person.objects.filter(user=by).first(),
    )  # fmt: skip
    renew_latest(locked)
    task.latest = locked.latest
    record("tasks.update_task", task, by=by, scope=locked.process, state=str(update.state))
    updated.send(Task, task=locked, update=update)
    return update


def renew_latest(task: Task) -> None:
    """Let the state of a locked task follow from its latest update that stands."""
    task.latest = task.updates.filter(retracted_at__isnull=True).first()
    task.save(update_fields=["latest"])
