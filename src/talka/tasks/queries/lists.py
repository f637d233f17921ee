# SPDX-License-Identifier: EUPL-1.2
"""Tasks as lists show them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from talka.core import clock
from talka.core.alphabet import Alphabetical
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.tasks.models import ENDED, Task, TaskQuerySet, UnclearReply

LATE, OPEN, ENDED_ONES, ALL = "late", "open", "ended", "all"
"""What of tasks a list shows."""


def shown(rows: TaskQuerySet) -> TaskQuerySet:
    """Load with tasks all that a row shows, what is due first on top."""
    return rows.select_related("process", "group", "owner", "latest", "proposal").order_by("due_on", "pk")


def in_state(rows: TaskQuerySet, state: str) -> TaskQuerySet:
    """Keep what a list was asked for; what it was not asked for by a known word is what is open."""
    if state == LATE:
        return rows.late()
    if state == ENDED_ONES:
        return rows.filter(latest__state__in=ENDED)
    return rows if state == ALL else rows.open()


def counts(rows: TaskQuerySet) -> dict[str, int]:
    """Return how many tasks are open, how many of them are late, and how many have ended; one query."""
    ended = Q(latest__state__in=ENDED)
    going = Q(latest__isnull=True) | ~ended
    return rows.order_by().aggregate(
        open=Count("pk", filter=going), late=Count("pk", filter=going & Q(due_on__lt=clock.today())),
        ended=Count("pk", filter=ended), all=Count("pk"),
    )  # fmt: skip


def owned_by(user: Any) -> TaskQuerySet:
    """Return the open tasks of a person, what is due first on top."""
    if not user.is_authenticated:
        return Task.objects.none()
    return shown(Task.objects.filter(owner__user=user.pk).open())


def overseen_by(user: Any, run: Any) -> TaskQuerySet:
    """Return the late tasks of others, in processes that the person runs (``run``: their keys) and groups that they lead."""
    mine = Q(process__in=run) | Q(group__in=WorkingGroup.objects.led_by(user).values("pk"))
    return shown(Task.objects.filter(mine).late().exclude(owner__user=user.pk))


def owners_in(process: Process) -> Iterable[Person]:
    """Return everybody who has or had a task in a process, in the order of the alphabet."""
    owners = Task.objects.filter(process=process).values("owner")
    return Person.objects.filter(pk__in=owners).order_by(Alphabetical("name"), "pk")


def unclear_in(tasks: TaskQuerySet) -> list[UnclearReply]:
    """Return replies about these tasks that wait for somebody to read them."""
    rows = UnclearReply.objects.filter(task__in=tasks, settled_at__isnull=True)
    return list(rows.select_related("task__owner", "task__process"))
