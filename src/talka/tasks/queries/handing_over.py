# SPDX-License-Identifier: EUPL-1.2
"""What a person owes in a process: tasks, proposals to examine, and what they answer for in plans."""

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from talka.core.alphabet import Alphabetical
from talka.directory.models import Person
from talka.groups.models import Mandate
from talka.plans.models import Indicator, PlanNode
from talka.plans.queries.people import Held, held_by
from talka.processes.models import Process
from talka.processes.queries import people_near
from talka.proposals.models import Proposal, ProposalQuerySet
from talka.tasks.models import Task


def people_for(process: Process) -> "QuerySet[Person]":
    """Return those who may be given a task: who sits in a group of the process, or works near it."""
    seated = Mandate.objects.active().filter(group__process=process).values("person")
    near = people_near(process).values("pk")
    return Person.objects.filter(Q(pk__in=seated) | Q(pk__in=near)).order_by(Alphabetical("name"), "pk")


def waiting_with(process: Process, person: Person) -> ProposalQuerySet:
    """Return the proposals that a person is to examine and that are not answered yet."""
    rows = Proposal.objects.filter(process=process, assigned_person=person)
    return rows.filter(answered_at__isnull=True, withdrawn_at__isnull=True)


@dataclass(frozen=True)
class Owed:
    """All that a person owes in a process."""

    tasks: list[Task]
    proposals: list[Proposal]
    plans: Held

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to hand over."""
        return not (self.tasks or self.proposals or self.plans.versions or self.plans.indicators)


def owed_in(process: Process, person: Person) -> Owed:
    """Return what a person owes in a process: tasks that are open, proposals that wait, and their parts of plans."""
    proposals = waiting_with(process, person).defer("text", "search").order_by("number")
    return Owed(
        list(Task.objects.filter(process=process, owner=person).open()), list(proposals), held_by(process, person)
    )


def _number(rows: QuerySet, owner: str) -> Coalesce:
    counted = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0, output_field=IntegerField())


def owing_people(process: Process) -> "QuerySet[Person]":
    """Return everybody who owes something in a process, with how much of each kind."""
    waiting = Proposal.objects.filter(process=process, answered_at__isnull=True, withdrawn_at__isnull=True)
    counted = Person.objects.annotate(
        task_number=_number(Task.objects.filter(process=process).open(), "owner"),
        proposal_number=_number(waiting, "assigned_person"),
        node_number=_number(PlanNode.objects.filter(plan__process=process), "owner"),
        indicator_number=_number(Indicator.objects.filter(plan__process=process), "owner"),
    )
    some = Q(task_number__gt=0) | Q(proposal_number__gt=0) | Q(node_number__gt=0) | Q(indicator_number__gt=0)
    return counted.filter(some).order_by(Alphabetical("name"), "pk")
