# SPDX-License-Identifier: EUPL-1.2
"""What a person owes today, and what they follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q

from talka.appointments.queries import MyDay, my_days
from talka.core import clock
from talka.groups.models import Application, PlannedAction, WorkingGroup
from talka.mailbox.models import MailAccount
from talka.mailbox.queries import accounts_in_trouble, mail_to_look_at
from talka.meetings.models import Meeting
from talka.meetings.queries.circle import NextOf, next_steps
from talka.notifications.models import Subscription
from talka.plans.models import NodeVersion, Plan, PlanNode, UnclearReply
from talka.plans.queries.owing import OwedPlan
from talka.plans.queries.owing import owed_by as updates_owed_by
from talka.plans.queries.reading import as_shown
from talka.processes.models import LegalStep, Process, Role
from talka.proposals.models import Addition, Delivery, Proposal, ProposalQuerySet
from talka.proposals.queries import unread_additions
from talka.proposals.queries.owing import NextStep, by_due_day, coordinated_by, owed_by
from talka.tasks.models import Task
from talka.tasks.queries.lists import overseen_by, owned_by

FIRST = 6
STEPS_AHEAD = timedelta(days=30)
MEETINGS_AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Pile:
    """Proposals that wait for the person, late ones on top; ``step`` is what ``list_owed`` calls the pile, if it does."""

    rows: Sequence[Proposal]
    more: bool
    step: str = ""


@dataclass(frozen=True)
class MyProcess:
    """A process and what the person is in it."""

    process: Process
    roles: Sequence[str]
    opens_workspace: bool


@dataclass(frozen=True)
class ToDeliver:
    """How many answers of a process wait to be printed, told or sent another way."""

    process: Process
    number: int


@dataclass(frozen=True)
class Today:
    """What a person owes today."""

    processes: Sequence[MyProcess]
    mine: Pile
    unassigned: Pile
    unread: Pile
    to_decide: Pile
    prepared: Pile
    to_deliver: Sequence[ToDeliver]
    meetings: Sequence[Meeting]
    next_steps: Sequence[NextOf]
    receptions: Sequence[MyDay]
    steps: Sequence[LegalStep]
    additions: Sequence[Addition]
    mail: Sequence[tuple[Process, int]]
    mailboxes: Sequence[MailAccount]
    updates: Sequence[OwedPlan]
    unclear: Sequence[tuple[Plan, int]]
    asked_for: Sequence[tuple[Process, int]]
    tasks: Sequence[Task]
    overseen: Sequence[Task]
    applications: Sequence[tuple[WorkingGroup, int]]

    @property
    def owes_nothing(self) -> bool:
        """Say whether nothing waits."""
        piles = (self.mine, self.unassigned, self.unread, self.to_decide, self.prepared)
        others = (self.steps, self.next_steps, self.to_deliver, self.additions, self.mail, self.mailboxes)
        of_plans = (self.updates, self.unclear, self.asked_for, self.applications)
        tasks = (self.tasks, self.overseen)
        return not any(pile.rows for pile in piles) and not any((*others, *of_plans, *tasks))


def _pile(proposals: ProposalQuerySet, step: str = "") -> Pile:
    shown = proposals.filter(withdrawn_at__isnull=True, answered_at__isnull=True).select_related(
        "process", "assigned_group", "assigned_person"
    )
    rows = list(by_due_day(shown.defer("text", "search"))[: FIRST + 1])
    return Pile(rows[:FIRST], more=len(rows) > FIRST, step=step)


def _to_deliver(user: Any) -> list[ToDeliver]:
    rows = Delivery.objects.visible_to(user).to_do().order_by()
    numbers = dict(rows.values_list("author__proposal__process").annotate(Count("pk")))
    return (
        [ToDeliver(process, numbers[process.pk]) for process in Process.objects.filter(pk__in=numbers)]
        if numbers
        else []
    )


def _unclear_replies(user: Any) -> list[tuple[Plan, int]]:
    """Return plans with how many replies of owners nobody could read, for whoever settles them."""
    waiting = UnclearReply.objects.visible_to(user).waiting()
    plans = Plan.objects.filter(rounds__requests__unclear_replies__in=waiting).select_related("process")
    counted = plans.annotate(number=Count("rounds__requests__unclear_replies", distinct=True))
    return [(plan, plan.number) for plan in counted]


def _asked_for(run: Any) -> list[tuple[Process, int]]:
    """Return processes with how many actions their groups ask for wait for whoever writes the plan; ``run``: those one runs."""
    waiting = PlannedAction.objects.in_state(PlannedAction.State.WAITING)
    processes = Process.objects.filter(pk__in=run, groups__planned_actions__in=waiting)
    counted = processes.annotate(number=Count("groups__planned_actions", distinct=True)).order_by("pk")
    return [(process, process.number) for process in counted]


def _applications(user: Any, run: Any) -> list[tuple[WorkingGroup, int]]:
    """Return groups with how many applications to join wait for whoever leads them or runs their process."""
    groups = WorkingGroup.objects.led_by(user) | WorkingGroup.objects.filter(process__in=run)
    waiting = Application.objects.waiting().filter(group__in=groups.order_by().values("pk"))
    numbers = dict(waiting.order_by().values_list("group").annotate(number=Count("pk")))
    rows = WorkingGroup.objects.filter(pk__in=numbers).select_related("process") if numbers else ()
    return [(group, numbers[group.pk]) for group in rows]


def my_processes(user: Any) -> list[MyProcess]:
    """Return the processes in which the person has a role today, those to work on first."""
    roles = (
        Role.objects.active().filter(person__user=user).select_related("process__owner").order_by("-process__pk", "pk")
    )
    by_process: dict[int, list[Role]] = {}
    for role in roles:
        by_process.setdefault(role.process_id, []).append(role)
    found = [
        MyProcess(
            process=held[0].process,
            roles=list(dict.fromkeys(str(Role.Kind(role.kind).label) for role in held)),
            opens_workspace=any(role.kind in Role.WORKING for role in held),
        )
        for held in by_process.values()
    ]
    return sorted(found, key=lambda one: (not one.opens_workspace, one.process.closed_at is not None))


def today_of(user: Any) -> Today:
    """Gather what waits for this person."""
    held = Role.objects.active().filter(person__user=user)
    register = held.filter(kind__in=[Role.Kind.COORDINATOR, Role.Kind.CLERK]).values("process")
    run = held.filter(kind__in=[Role.Kind.COORDINATOR, Role.Kind.EDITOR]).values("process")
    owed = owed_by(user)
    unread = Q(process__in=register, published_at__isnull=True, keep_private=False)
    to_assign = Q(process__in=coordinated_by(user), assigned_group__isnull=True, assigned_person__isnull=True)
    until = clock.now() + MEETINGS_AHEAD
    return Today(
        processes=my_processes(user),
        mine=_pile(owed.filter(Q(step=NextStep.ANSWER)), NextStep.ANSWER),
        unassigned=_pile(owed.filter(Q(step=NextStep.ASSIGN)), NextStep.ASSIGN),
        unread=_pile(Proposal.objects.worked_on_by(user).filter(unread).exclude(to_assign)),
        to_decide=_pile(owed.filter(Q(step=NextStep.DECIDE)), NextStep.DECIDE),
        prepared=_pile(owed.filter(Q(step=NextStep.PUBLISH)), NextStep.PUBLISH),
        to_deliver=_to_deliver(user),
        meetings=list(
            Meeting.objects.visible_to(user)
            .filter(process__in=held.values("process"), starts_at__lt=until)
            .upcoming()
            .select_related("process", "place")
        ),
        next_steps=next_steps(user),
        receptions=my_days(user),
        additions=list(unread_additions(user)[:FIRST]),
        mail=mail_to_look_at(user),
        mailboxes=accounts_in_trouble(user),
        updates=updates_owed_by(user),
        unclear=_unclear_replies(user),
        asked_for=_asked_for(run),
        tasks=list(owned_by(user)[:FIRST]),
        overseen=list(overseen_by(user, run)[:FIRST]),
        applications=_applications(user, run),
        steps=list(
            LegalStep.objects.filter(
                process__in=run,
                process__closed_at__isnull=True,
                done_on__isnull=True,
                due_on__lte=clock.today() + STEPS_AHEAD,
            )
            .select_related("process")
            .order_by("due_on", "pk")
        ),
    )


@dataclass(frozen=True)
class Followed:
    """Something that a person follows: a proposal or something in a plan, and the subscription that ends it."""

    subscription: Subscription
    proposal: Proposal | None = None
    version: NodeVersion | None = None


def followed_by(user: Any) -> list[Followed]:
    """Return what the person follows, with an account or by the address of it, and still may see."""
    subscriptions = {one.audience_id: one for one in Subscription.objects.of(user).active().order_by("-pk")}
    proposals = (
        Proposal.objects.visible_to(user)
        .filter(audience__in=subscriptions)
        .select_related("process", "reply")
        .defer("text", "search")
        .order_by("-pk")
    )
    nodes = PlanNode.objects.filter(audience__in=subscriptions)
    found = [Followed(subscriptions[proposal.audience_id], proposal=proposal) for proposal in proposals]
    return found + [
        Followed(subscriptions[version.node.audience_id], version=version) for version in as_shown(nodes, user)
    ]


def sent_by(user: Any) -> ProposalQuerySet:
    """Return the proposals that the person sent when signed in, last first."""
    return (
        Proposal.objects.visible_to(user)
        .filter(author__user=user)
        .select_related("process", "reply")
        .defer("text", "search")
        .order_by("-received_at", "-pk")
    )
