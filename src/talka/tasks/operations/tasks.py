# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names, check_unchanged
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.tasks.letters import write_to_heads, write_to_owner
from talka.tasks.models import ENDED, Move, State, Task, TaskUpdate
from talka.tasks.permissions import owns
from talka.tasks.signals import updated


class SaidInFuture(Refused):
    message = _("An update cannot be of a day after today.")


class RetractedAlready(Refused):
    message = _("This update has been taken back already.")


class GroupClosed(Refused):
    message = _("This group is closed. Give the task without a group, or to another one.")


class DayInPast(Refused):
    message = _("The new day has passed already.")


class NothingMoves(Refused):
    message = _("Choose at least one task that is still open and is to be done by another day.")


def lock(task: Task) -> Task:
    """Lock a task for the rest of the transaction, and load what letters and rules ask of it."""
    rows = Task.objects.select_for_update(of=("self",)).select_related("owner__user", "process", "group", "latest")
    return rows.get(pk=task.pk)


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
    """Give one person a task until a day; they get a letter, unless they gave it to themselves."""
    authorize(by, "tasks.create_task", process)
    if group is not None and group.closed_at is not None:
        raise GroupClosed
    task = Task.objects.create(
        process=process, group=group, title=title, description=description, owner=owner, due_on=due_on,
        proposal=proposal, created_by=by, created_at=clock.now(),
    )  # fmt: skip
    record("tasks.create_task", task, by=by, scope=process)
    if owner.user_id != by.pk:
        write_to_owner("tasks/create_task", task, by=by)
    return task


@transaction.atomic
def change_task(task: Task, *, by: User, seen: str = "", reason: str = "", **fields: Any) -> None:
    """Change what a task is; its day moves only with a reason, which stays readable."""
    authorize(by, "tasks.change_task", task)
    locked = lock(task)
    check_unchanged(locked, [*fields, "due_on"], seen)
    day = fields.pop("due_on", locked.due_on)
    names = changed_names(locked, fields)
    for name in names:
        setattr(locked, name, fields[name])
    if names:
        locked.save(update_fields=names)
        record("tasks.change_task", locked, by=by, scope=locked.process, fields=names)
    if day != locked.due_on:
        _move(locked, day, reason=reason, by=by)


@transaction.atomic
def move_tasks(tasks: Sequence[Task], *, due_on: date, reason: str, by: User) -> int:
    """Give open tasks another day, saying why; return how many moved."""
    if due_on < clock.today():
        raise DayInPast
    number = 0
    for task in sorted(tasks, key=lambda one: one.pk):
        authorize(by, "tasks.move_tasks", task)
        locked = lock(task)
        if locked.state not in ENDED and locked.due_on != due_on:
            _move(locked, due_on, reason=reason, by=by)
            number += 1
    if not number:
        raise NothingMoves
    return number


def _move(task: Task, day: date, *, reason: str, by: User) -> None:
    Move.objects.create(task=task, before=task.due_on, after=day, reason=reason, moved_by=by, moved_at=clock.now())
    task.due_on = day
    task.save(update_fields=["due_on"])
    record("tasks.move_tasks", task, by=by, scope=task.process, reason=reason, day=str(day))


@transaction.atomic
def update_task(
    task: Task,
    *,
    state: str,
    by: Any,
    text: str = "",
    said_on: date | None = None,
    channel: str = TaskUpdate.Channel.WORKSPACE,
    mail_key: str | None = None,
) -> TaskUpdate:
    """Say on a day how a task is going; its state follows. ``by`` is a user or a ``TaskHolder``; ``channel``: how it was said."""
    locked = lock(task)
    authorize(by, "tasks.update_task", locked)
    day = said_on or clock.today()
    if day > clock.today():
        raise SaidInFuture
    who = by if by.is_authenticated else None
    before = locked.state
    update = TaskUpdate.objects.create(
        task=locked, state=State(state), text=text, said_on=day, channel=channel, entered_by=who, mail_key=mail_key,
        said_by=locked.owner if owns(by, locked) else Person.objects.filter(user=who).first(), entered_at=clock.now(),
    )  # fmt: skip
    renew_latest(locked)
    task.latest = locked.latest
    record("tasks.update_task", locked, by=who, scope=locked.process, state=str(update.state))
    updated.send(Task, task=locked, update=update)
    if locked.state in ENDED and locked.state != before:
        write_to_heads("tasks/end_task", locked, besides=who, update=update)
    return update


@transaction.atomic
def retract_update(update: TaskUpdate, *, reason: str, by: User) -> None:
    """Take back an update that was wrong, saying why: it stays readable, marked, and the one before it holds again."""
    authorize(by, "tasks.retract_update", update)
    task = lock(update.task)
    stored = TaskUpdate.objects.select_for_update(of=("self",)).get(pk=update.pk)
    if stored.retracted_at is not None:
        raise RetractedAlready
    stored.retracted_at, stored.retracted_by, stored.retracted_because = clock.now(), by, reason
    stored.save(update_fields=["retracted_at", "retracted_by", "retracted_because"])
    renew_latest(task)
    record("tasks.retract_update", task, by=by, scope=task.process, reason=reason)
    updated.send(Task, task=task, update=None)


def renew_latest(task: Task) -> None:
    """Let the state of a locked task follow from its latest update that stands."""
    task.latest = task.updates.filter(retracted_at__isnull=True).first()
    task.save(update_fields=["latest"])
