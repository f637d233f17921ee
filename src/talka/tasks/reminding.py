# SPDX-License-Identifier: EUPL-1.2
"""What tasks add to what a person owes and to the daily letter."""

from datetime import timedelta
from typing import Any

from django.db.models import Q

from talka.accounts.models import User
from talka.core import clock
from talka.core.permissions import is_allowed
from talka.directory.models import Person
from talka.plans.reply_address import reply_address
from talka.proposals.added import Addition, Line, Reminded, Section, declare
from talka.proposals.deadlines import Calendar
from talka.proposals.models import Proposal
from talka.tasks.letters import ask, code_of, language_of, link_of, thread_of
from talka.tasks.models import Asked, Task, TaskQuerySet
from talka.tasks.queries.lists import owned_by, shown

DAYS_BEFORE = 3
"""Working days before its day on which a task is first mentioned."""
AGAIN_AFTER = timedelta(days=7)
"""How often the letter speaks again of a task that is late."""
MOST = 20


def due_for_word(rows: TaskQuerySet, working_days: Calendar) -> TaskQuerySet:
    """Keep open tasks that are late or due within three working days, and of which the owner was not reminded this week.

    A task first mentioned before its day is mentioned again when it is late.
    """
    today = clock.today()
    recent = Asked.objects.filter(reminded_on__gt=today - AGAIN_AFTER)
    said = Q()
    for asked in recent.filter(task__in=rows.order_by()).select_related("task"):
        was_late = asked.reminded_on is not None and asked.task.due_on < asked.reminded_on
        if asked.person_id == asked.task.owner_id and (was_late or asked.task.due_on >= today):
            said |= Q(pk=asked.task_id)
    rows = rows.open().filter(due_on__lte=working_days.later(today, DAYS_BEFORE))
    return rows.exclude(said) if said else rows


def lines_of(person: Person, rows: TaskQuerySet) -> Reminded:
    """Return lines about some tasks of a person, each with its link; a reply is read where all are of one process."""
    tasks = list(rows.select_related("process", "owner__user")[:MOST])
    lines = [
        Line(
            task.title, task.due_on, link_of(ask(task, person), language_of(person, task.process.language)),
            task.is_late, code_of(task),
        )
        for task in tasks
    ]  # fmt: skip
    processes = {task.process_id: task.process for task in tasks}
    reply_to = reply_address(next(iter(processes.values()))) if len(processes) == 1 else ""
    return Reminded(lines, thread_of(person), reply_to)


def _to_remind(user: User, working_days: Calendar) -> Reminded:
    person = Person.objects.select_related("user").filter(user=user).first()
    if person is None:
        return Reminded()
    return lines_of(person, due_for_word(shown(Task.objects.filter(owner=person)), working_days))


def note_reminded(person: Person, reminded: Reminded) -> None:
    """Remember that a letter spoke of these tasks today."""
    keys = [int(line.code[1:]) for line in reminded.lines]
    Asked.objects.filter(person=person, task__in=keys).update(reminded_on=clock.today())


def _written(user: User, reminded: Reminded) -> None:
    note_reminded(Person.objects.get(user=user), reminded)


def _people() -> Q:
    return Q(person__in=Task.objects.all().open().values("owner"))


def _of_entry(proposal: Proposal, user: Any) -> Section | None:
    tasks = list(shown(Task.objects.visible_to(user).filter(proposal=proposal)))
    may_create = proposal.withdrawn_at is None and is_allowed(user, "tasks.create_task", proposal.process)
    if not tasks and not may_create:
        return None
    return Section("tasks/of_proposal.html", {"tasks": tasks, "may_create": may_create})


TASKS = Addition(
    owed=lambda user: Section("tasks/owed.html", list(owned_by(user)[:200])),
    people=_people, to_remind=_to_remind, written=_written, of_entry=_of_entry,
)  # fmt: skip

declare(TASKS)
