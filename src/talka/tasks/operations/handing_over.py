# SPDX-License-Identifier: EUPL-1.2
"""All that one person owes in a process, given to another in one step: tasks, proposals to examine, and parts of plans."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Person
from talka.plans.operations import handing_over as of_plans
from talka.processes.models import Process
from talka.processes.newcomers import NewPerson
from talka.processes.operations.people import enter_person
from talka.proposals.operations.examining import assign_proposals
from talka.tasks.letters import write_to_owner
from talka.tasks.models import Handover, Task
from talka.tasks.operations.tasks import lock
from talka.tasks.queries.handing_over import waiting_with
from talka.tasks.signals import updated


class SamePerson(Refused):
    message = _("Choose somebody else: these are theirs already.")


class NothingToHandOver(Refused):
    message = _("Choose at least one thing that this person owes.")


@transaction.atomic
def hand_over(
    process: Process,
    *,
    person: Person,
    to: Person | NewPerson,
    by: User,
    tasks: Iterable[int] = (),
    proposals: Iterable[int] = (),
    nodes: Iterable[int] = (),
    indicators: Iterable[int] = (),
    reason: str = "",
) -> int:
    """Give what ``person`` owes in a process to somebody else, all or none; return how many things. What was said stays."""
    authorize(by, "tasks.hand_over", process)
    if isinstance(to, NewPerson):
        to = enter_person(process, to, by=by)
    if to.pk == person.pk:
        raise SamePerson
    own = list(Task.objects.filter(process=process, owner=person, pk__in=list(tasks)).order_by("pk"))
    given = list(waiting_with(process, person).filter(pk__in=list(proposals)))
    nodes, indicators = list(nodes), list(indicators)
    if not (own or given or nodes or indicators):
        raise NothingToHandOver
    for task in own:
        hand_over_task(task, to=to, by=by, reason=reason)
    if given:
        assign_proposals(given, by=by, person=to)
    if nodes or indicators:
        of_plans.hand_over(process, person=person, to=to, nodes=nodes, indicators=indicators, by=by)
    return len(own) + len(given) + len(nodes) + len(indicators)


@transaction.atomic
def hand_over_task(task: Task, *, to: Person, by: User, reason: str = "") -> None:
    """Give one task to another person; its history stays, and the new owner gets a letter."""
    authorize(by, "tasks.change_task", task)
    locked = lock(task)
    if locked.owner_id == to.pk:
        raise SamePerson
    Handover.objects.create(
        task=locked, before=locked.owner, after=to, reason=reason, handed_by=by, handed_at=clock.now()
    )
    giver, locked.owner = locked.owner, to
    locked.save(update_fields=["owner"])
    record("tasks.hand_over", locked, by=by, scope=locked.process, reason=reason)
    updated.send(Task, task=locked, update=None)
    if to.user_id != by.pk:
        write_to_owner("tasks/hand_over", locked, giver=giver, reason=reason)
