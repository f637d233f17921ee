# SPDX-License-Identifier: EUPL-1.2
"""What the page of a process and that of a group show, in few queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject

from talka.appointments.models import Reception, ReceptionQuerySet
from talka.appointments.queries import NextOne, with_next
from talka.core import clock
from talka.core.alphabet import Alphabetical
from talka.core.composed import composed, composed_for_visitors
from talka.directory.models import Organization
from talka.groups.models import Mandate, WorkingGroup
from talka.meetings.models import Meeting, MeetingQuerySet
from talka.plans.models import NodeVersion, Plan
from talka.plans.models.plans import PlanQuerySet
from talka.plans.queries.branches import Figures, with_works
from talka.plans.queries.cards import figures_of, shown_editions, with_figures
from talka.processes.models import Channel, LegalStep, Participant, Passage, Phase, Process, ProcessQuerySet
from talka.proposals.models import Proposal, ProposalQuerySet, Tally
from talka.proposals.queries import SHOWN_IN_ROWS

LATEST_PROPOSALS = 5
NEXT_MEETINGS = 6
MEETINGS_HELD = 10
FIRST_WORKS = 10


@dataclass(frozen=True)
class GroupCard:
    """A working group as a card: who leads it (name, title), what it is about, when it meets, how much it was sent."""

    slug: str
    name: str
    kind: str
    leads: Sequence[dict[str, str]]
    subtopics: Sequence[str]
    next_at: datetime | None
    last_at: datetime | None
    proposals: int

    @property
    def kind_label(self) -> str:
        """Return what kind of group it is, in words."""
        return str(WorkingGroup.Kind(self.kind).label)


@dataclass(frozen=True)
class MeetingList:
    """The meetings to show beside: those to come, or else those that were held, oldest first."""

    meetings: Sequence[Meeting]
    to_come: bool

    @property
    def all_held(self) -> bool:
        """Say whether every one of them is over, so that none is waiting for a date."""
        return not self.to_come and all(meeting.is_over for meeting in self.meetings)


@dataclass(frozen=True)
class ProcessPage:
    """All that the page of a process shows."""

    process: Process
    related: Sequence[dict[str, str]]
    plans: Sequence[tuple[Plan, Figures]]
    groups: Sequence[GroupCard]
    meetings: MeetingList
    receptions: Sequence[NextOne]
    proposals: Sequence[Proposal]
    channels: Sequence[Channel]
    participants: Sequence[Participant]
    steps: Sequence[LegalStep]
    passages: Sequence[Passage]

    @property
    def ways(self) -> list[Channel]:
        """Return the ways to take part."""
        return [channel for channel in self.channels if channel.kind != Channel.Kind.CONTACT]

    @property
    def contacts(self) -> list[Channel]:
        """Return the people to turn to."""
        return [channel for channel in self.channels if channel.kind == Channel.Kind.CONTACT]

    @property
    def takes_proposals_later(self) -> Phase | None:
        """Return the next phase in which proposals can be sent, where none can be sent now."""
        if self.process.closed_at is not None:
            return None
        later = (
            phase for phase in self.process.phases.all() if phase.standing == "later" and "propose" in phase.allows
        )
        return next(later, None)

    @property
    def tells_of_participants(self) -> bool:
        """Say whether there is more to tell than who owns the process."""
        return len(self.participants) > 1 or any(
            one.capacity or one.predecessors or one.successors  # type: ignore[attr-defined]
            for one in self.participants
        )


@composed_for_visitors
def _processes(user: Any, *, slug: Any) -> ProcessQuerySet:
    related = Process.objects.visible_to(user).filter(related=OuterRef("pk")).order_by(Alphabetical("title"))
    return (
        Process.objects.visible_to(user)
        .select_related("owner", "area")
        .prefetch_related("phases")
        .annotate(
            related_to=ArraySubquery(related.values(json=JSONObject(slug="slug", title="title", language="language")))
        )
        .filter(slug=slug)
    )


def find_process(slug: str, user: Any) -> Process | None:
    """Return the process of this address with its phases and what it is related to, if the person may see it."""
    return next(iter(_processes(user, slug=slug)), None)


def _groups(*, active_only: bool, process: Any, now: Any) -> "QuerySet[WorkingGroup, Any]":
    mandates = Mandate.objects.leading().filter(group=OuterRef("pk"))
    if active_only:
        mandates = mandates.active()
    met = Meeting.objects.filter(
        groups=OuterRef("pk"), access=Meeting.Access.PUBLIC, cancelled_at__isnull=True, starts_at__isnull=False
    )
    public = Tally.objects.filter(group=OuterRef("pk"), is_public=True).order_by().values("group")
    rows = WorkingGroup.objects.filter(process=process).annotate(
        leads=ArraySubquery(
            mandates.order_by("-function", "position").values(json=JSONObject(name="person__name", title="title"))
        ),
        topics_below=ArraySubquery(
            WorkingGroup.subtopics.through.objects.filter(workinggroup=OuterRef("pk"))
            .order_by("pk")
            .values("topic__name")
        ),
        next_at=Subquery(met.filter(starts_at__gte=now).order_by("starts_at").values("starts_at")[:1]),
        last_at=Subquery(met.filter(starts_at__lt=now).order_by("-starts_at").values("starts_at")[:1]),
        received=Subquery(public.annotate(total=Sum("number")).values("total")),
    )
    return rows.values_list("slug", "name", "kind", "leads", "topics_below", "next_at", "last_at", "received")


_groups_with_those_who_lead = composed(partial(_groups, active_only=True))
_groups_with_those_who_led = composed(partial(_groups, active_only=False))


def group_cards(process: Process) -> list[GroupCard]:
    """Return the groups of a process as cards. The leads of a closed process are those it had."""
    groups = _groups_with_those_who_lead if process.closed_at is None else _groups_with_those_who_led
    return [
        GroupCard(slug, name, kind, leads, subtopics, next_at, last_at, received or 0)
        for slug, name, kind, leads, subtopics, next_at, last_at, received in groups(
            process=process.pk, now=clock.now()
        )
    ]


@composed_for_visitors
def _meetings_ahead(user: Any, *, now: Any, **within: Any) -> MeetingQuerySet:
    meetings = Meeting.objects.visible_to(user).filter(**within)
    dated = meetings.upcoming(now).order_by().values("pk")
    ahead = meetings.filter(Q(pk__in=dated) | Q(starts_at__isnull=True)).select_related("place", "process")
    return ahead.order_by(F("starts_at").asc(nulls_last=True), "pk")[:NEXT_MEETINGS]


@composed_for_visitors
def _meetings_held(user: Any, **within: Any) -> MeetingQuerySet:
    meetings = Meeting.objects.visible_to(user).filter(**within).select_related("place", "process")
    return meetings.order_by(F("starts_at").desc(nulls_first=True), "-pk")[:MEETINGS_HELD]


def meetings_of(process: Process, user: Any, **within: Any) -> MeetingList:
    """Return the next meetings of a process, of what else ``within`` names; where none is to come, the last ones held."""
    if process.closed_at is None:
        coming = _meetings_ahead(user, now=clock.now(), process=process.pk, **within)
        if coming and coming[0].starts_at is not None:
            return MeetingList(coming, to_come=True)
    return MeetingList(_meetings_held(user, process=process.pk, **within)[::-1], to_come=False)


@composed
def _receptions(*, process: Any) -> ReceptionQuerySet:
    return Reception.objects.filter(process=process).for_pages()


def receptions_of(process: Process) -> list[NextOne]:
    """Return the reception hours of a process that are not over, those held soonest first; of a closed one all it had."""
    found: list[Reception] = _receptions(process=process.pk)
    return with_next(one for one in found if process.closed_at is not None or not one.has_ended)


@composed_for_visitors
def _latest(user: Any, **within: Any) -> ProposalQuerySet:
    published = Proposal.objects.visible_to(user).filter(published_at__isnull=False, **within)
    return (
        published.select_related("assigned_group", "reply").only(*SHOWN_IN_ROWS).order_by("-number")[:LATEST_PROPOSALS]
    )


def latest_proposals(process: Process, user: Any, **within: Any) -> list[Proposal]:
    """Return the published proposals of a process that came last, of what else ``within`` names."""
    proposals: list[Proposal] = _latest(user, process=process.pk, **within)
    for proposal in proposals:
        proposal.process = process
    return proposals


@composed_for_visitors
def _plans(user: Any, *, process: Any) -> PlanQuerySet:
    return with_figures(Plan.objects.visible_to(user).filter(process=process, published_at__isnull=False))


def plans_of(process: Process, user: Any) -> list[tuple[Plan, Figures]]:
    """Return the published plans of a process, each with how its works are going."""
    return [(plan, figures_of(plan)) for plan in _plans(user, process=process.pk)]


@composed
def participants_of(*, process: Any) -> "QuerySet[Participant]":
    """Return who takes part, each with the names of the organizations it follows and of those that follow it."""
    lineage = Organization.successors.through.objects.order_by("pk")
    before = lineage.filter(to_organization=OuterRef("organization_id"))
    after = lineage.filter(from_organization=OuterRef("organization_id"))
    return (
        Participant.objects.filter(process=process)
        .select_related("organization")
        .annotate(
            predecessors=ArraySubquery(before.values("from_organization__name")),
            successors=ArraySubquery(after.values("to_organization__name")),
        )
    )


@composed
def _channels(*, process: Any) -> "QuerySet[Channel]":
    return Channel.objects.filter(process=process).select_related("person", "place")


@composed
def _steps(*, process: Any) -> "QuerySet[LegalStep]":
    return LegalStep.objects.filter(process=process).select_related("document")


@composed
def _passages(*, process: Any) -> "QuerySet[Passage]":
    return Passage.objects.filter(process=process).select_related("document")


def process_page(process: Process, user: Any) -> ProcessPage:
    """Gather all that the page of a process shows; ``process`` comes from ``find_process``."""
    return ProcessPage(
        process=process,
        related=process.related_to,  # type: ignore[attr-defined]
        plans=plans_of(process, user),
        groups=group_cards(process),
        meetings=meetings_of(process, user),
        receptions=receptions_of(process),
        proposals=latest_proposals(process, user),
        channels=_channels(process=process.pk),
        participants=participants_of(process=process.pk),
        steps=_steps(process=process.pk),
        passages=_passages(process=process.pk),
    )


@dataclass(frozen=True)
class Membership:
    """How many members of a group represent one kind of body, which bodies, and the names that were released."""

    represents: str
    number: int
    organizations: Sequence[str]
    names: Sequence[str]


@dataclass(frozen=True)
class GroupPage:
    """All that the page of a working group shows."""

    group: WorkingGroup
    leads: Sequence[Mandate]
    members: Sequence[Membership]
    meetings: MeetingList
    proposals: Sequence[Proposal]
    received: int
    works: Sequence[NodeVersion]


def _memberships(mandates: Iterable[Mandate]) -> list[Membership]:
    """Tell who sits in a group as counts and organizations; names only of those who released them."""
    seats = list(mandates)
    found = []
    for kind in Mandate.Represents:
        of_kind = [mandate for mandate in seats if mandate.represents == kind]
        if of_kind:
            organizations = dict.fromkeys(str(one.organization) for one in of_kind if one.organization is not None)
            names = [
                f"{one.person}, {one.title}" if one.title else str(one.person) for one in of_kind if one.shows_name
            ]
            found.append(Membership(str(kind.label), len(of_kind), list(organizations), names))
    return found


def works_about(group: WorkingGroup, user: Any) -> list[NodeVersion]:
    """Return the first actions and investments of the process's plans that are about a topic of the group."""
    topics = {topic.pk for topic in group.subtopics.all()} | {group.topic_id}
    about = Q(topics__in=topics - {None}) | Q(topics__parent=group.topic_id, topics__parent__isnull=False)
    editions = shown_editions(user).filter(plan__process=group.process_id)
    works = NodeVersion.objects.works().filter(about, edition__in=editions.values("pk"))
    chosen = NodeVersion.objects.filter(pk__in=works.values("pk"))
    rows = with_works(chosen).select_related("edition__plan").order_by("edition", "code", "pk")
    return list(rows[:FIRST_WORKS])


def group_page(group: WorkingGroup, user: Any) -> GroupPage:
    """Gather all that the page of a working group shows."""
    seats = Mandate.objects.filter(group=group).select_related("person", "organization")
    mandates = list(seats if group.process.closed_at or group.closed_at else seats.active())
    leads = sorted((one for one in mandates if one.leads), key=lambda one: one.function != Mandate.Function.LEAD)
    received = Tally.objects.filter(group=group, is_public=True).aggregate(total=Sum("number"))["total"]
    return GroupPage(
        group=group,
        leads=leads,
        members=_memberships(one for one in mandates if not one.leads),
        meetings=meetings_of(group.process, user, groups=group.pk),
        proposals=latest_proposals(group.process, user, assigned_group=group.pk),
        received=received or 0,
        works=works_about(group, user),
    )
