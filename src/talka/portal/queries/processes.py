# SPDX-License-Identifier: EUPL-1.2
"""What the page of a process and that of a group show, in few queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import JSONObject

from talka.core import clock
from talka.core.alphabet import Alphabetical
from talka.directory.models import Organization
from talka.groups.models import Mandate, WorkingGroup
from talka.meetings.models import Meeting
from talka.processes.models import Channel, LegalStep, Participant, Passage, Phase, Process
from talka.proposals.models import Proposal, Tally

LATEST_PROPOSALS = 5
NEXT_MEETINGS = 6
MEETINGS_HELD = 10


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
    groups: Sequence[GroupCard]
    meetings: MeetingList
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


def find_process(slug: str, user: Any) -> Process | None:
    """Return the process of this address with its phases and what it is related to, if the person may see it."""
    related = Process.objects.visible_to(user).filter(related=OuterRef("pk")).order_by(Alphabetical("title"))
    return (
        Process.objects.visible_to(user)
        .select_related("owner", "area")
        .prefetch_related("phases")
        .annotate(
            related_to=ArraySubquery(related.values(json=JSONObject(slug="slug", title="title", language="language")))
        )
        .filter(slug=slug)
        .first()
    )


def group_cards(process: Process) -> list[GroupCard]:
    """Return the groups of a process as cards. The leads of a closed process are those it had."""
    mandates = Mandate.objects.leading().filter(group=OuterRef("pk"))
    if process.closed_at is None:
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
        next_at=Subquery(met.filter(starts_at__gte=clock.now()).order_by("starts_at").values("starts_at")[:1]),
        last_at=Subquery(met.filter(starts_at__lt=clock.now()).order_by("-starts_at").values("starts_at")[:1]),
        received=Subquery(public.annotate(total=Sum("number")).values("total")),
    )
    fields = ("slug", "name", "kind", "leads", "topics_below", "next_at", "last_at", "received")
    return [
        GroupCard(slug, name, kind, leads, subtopics, next_at, last_at, received or 0)
        for slug, name, kind, leads, subtopics, next_at, last_at, received in rows.values_list(*fields)
    ]


def meetings_of(process: Process, user: Any, *, group: WorkingGroup | None = None) -> MeetingList:
    """Return the next meetings of a process or one of its groups; where none is to come, the last ones that were held."""
    meetings = Meeting.objects.visible_to(user).filter(process=process).select_related("place", "process")
    if group is not None:
        meetings = meetings.filter(groups=group)
    if process.closed_at is None:
        dated = meetings.upcoming().order_by().values("pk")
        ahead = meetings.filter(Q(pk__in=dated) | Q(starts_at__isnull=True))
        coming = list(ahead.order_by(F("starts_at").asc(nulls_last=True), "pk")[:NEXT_MEETINGS])
        if coming and coming[0].starts_at is not None:
            return MeetingList(coming, to_come=True)
    held = list(meetings.order_by(F("starts_at").desc(nulls_first=True), "-pk")[:MEETINGS_HELD])
    return MeetingList(held[::-1], to_come=False)


def latest_proposals(process: Process, user: Any, **within: Any) -> list[Proposal]:
    """Return the published proposals of a process that came last, of what else ``within`` names."""
    proposals = list(
        Proposal.objects.visible_to(user)
        .filter(process=process, published_at__isnull=False, **within)
        .select_related("assigned_group", "reply")
        .defer("text", "search")
        .order_by("-number")[:LATEST_PROPOSALS]
    )
    for proposal in proposals:
        proposal.process = process
    return proposals


def participants_of(process: Process) -> list[Participant]:
    """Return who takes part, each with the names of the organizations it follows and of those that follow it."""
    lineage = Organization.successors.through.objects.order_by("pk")
    before = lineage.filter(to_organization=OuterRef("organization_id"))
    after = lineage.filter(from_organization=OuterRef("organization_id"))
    return list(
        process.participants.select_related("organization").annotate(
            predecessors=ArraySubquery(before.values("from_organization__name")),
            successors=ArraySubquery(after.values("to_organization__name")),
        )
    )


def process_page(process: Process, user: Any) -> ProcessPage:
    """Gather all that the page of a process shows; ``process`` comes from ``find_process``."""
    return ProcessPage(
        process=process,
        related=process.related_to,  # type: ignore[attr-defined]
        groups=group_cards(process),
        meetings=meetings_of(process, user),
        proposals=latest_proposals(process, user),
        channels=list(process.channels.select_related("person", "place")),
        participants=participants_of(process),
        steps=list(process.legal_steps.select_related("document")),
        passages=list(process.passages.select_related("document")),
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
        meetings=meetings_of(group.process, user, group=group),
        proposals=latest_proposals(group.process, user, assigned_group=group),
        received=received or 0,
    )
