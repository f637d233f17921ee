# SPDX-License-Identifier: EUPL-1.2
"""Figures and reads over proposals: lists by page, counts, the thread, who can sign an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, F, Min, Prefetch, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from talka.core import clock
from talka.core.alphabet import Alphabetical
from talka.core.composed import EachOf, composed, composed_for_visitors
from talka.directory.models import Area, Membership, Organization, Person, Topic
from talka.groups.models import Mandate, WorkingGroup
from talka.processes.models import Process, Role
from talka.proposals.choosing import PublicChoice
from talka.proposals.models import READERS, Assignment, Proposal, ProposalFile, ProposalQuerySet, Reply, Tally

MOST_COUNTED = 1000
"""Above this, a filtered public list says "more than" and shows so many, instead of counting 100,000 rows."""

SHOWN_IN_ROWS = (
    "process_id", "number", "reference", "title", "language", "received_at", "answered_at", "withdrawn_at",
    "assigned_group__name", "assigned_person_id", "reply__outcome",
)  # fmt: skip
"""The fields that a row of a list shows; the group and the answer are loaded with them."""

_WAITING = (Proposal.State.RECEIVED, Proposal.State.ASSIGNED)

_CAME = {
    Proposal.Channel.WEB: gettext_noop("Received on the web"),
    Proposal.Channel.EMAIL: gettext_noop("Received by e-mail"),
    Proposal.Channel.PAPER: gettext_noop("Received on paper"),
    Proposal.Channel.DESK: gettext_noop("Received in person"),
    Proposal.Channel.PHONE: gettext_noop("Received by telephone"),
    Proposal.Channel.MEETING: gettext_noop("Received at a meeting"),
}


# --- Lists ----------------------------------------------------------------------------------------


def count_public(choice: PublicChoice, processes: Sequence[Process], rows: ProposalQuerySet) -> tuple[int, bool]:
    """Return how many public proposals are asked for, and whether there are more than were counted.

    Where a kept counter knows, it is exact; otherwise counting stops at ``MOST_COUNTED``.
    """
    if choice.is_kept:
        kept = Tally.objects.filter(process__in=processes, is_public=True)
        if choice.state:
            kept = kept.filter(state=choice.state)
        if choice.group:
            kept = kept.filter(group=choice.group)
        return kept.aggregate(all=Sum("number"))["all"] or 0, False
    number = rows.order_by()[: MOST_COUNTED + 1].count()
    return min(number, MOST_COUNTED), number > MOST_COUNTED


def read_rows(keys: ProposalQuerySet) -> ProposalQuerySet:
    """Return the rows of a page that was cut from an ordered list, in its order, with what a row shows and no texts."""
    return (
        Proposal.objects.filter(pk__in=keys.values("pk")).select_related("assigned_group", "reply").only(*SHOWN_IN_ROWS)
    )


@composed
def _topics(*, processes: Any) -> "QuerySet[Topic]":
    groups = Q(groups__process__in=EachOf(processes)) | Q(groups_below__process__in=EachOf(processes))
    return Topic.objects.filter(groups).select_related("parent").distinct()


def topics_of(processes: Iterable[Process]) -> list[Topic]:
    """Return the topics and sub-topics of the groups of processes, each sub-topic after what it is part of."""
    return sorted(
        _topics(processes=[process.pk for process in processes]),
        key=lambda topic: (str(topic.parent or topic).casefold(), topic.parent is not None, topic.name),
    )


@composed
def _areas(*, process: Any) -> "QuerySet[Area]":
    owners = Organization.objects.filter(participations__process=process).values("area")
    own = Process.objects.filter(pk=process).values("area")
    whole = Q(pk__in=owners) | Q(parent__in=owners) | Q(pk__in=own) | Q(parent__in=own)
    return Area.objects.filter(whole).order_by(Alphabetical("name"))


def areas_of(process: Process) -> list[Area]:
    """Return the territories of a process: its own and its participants', with their parts."""
    return _areas(process=process.pk)


def first_year(processes: Sequence[Process]) -> int:
    """Return the year of the first proposal received in these processes, or the present one."""
    first = Proposal.objects.filter(process__in=processes).aggregate(first=Min("received_at"))["first"]
    return timezone.localtime(first or clock.now()).year


def map_center(process: Process) -> str:
    """Return where the map of a process opens, as ``longitude,latitude``: amid its latest proposals that name a place."""
    placed = Proposal.objects.published_in([process]).filter(longitude__isnull=False).order_by("-number")
    middle = placed.values("longitude", "latitude")[:200].aggregate(x=Avg("longitude"), y=Avg("latitude"))
    return f"{middle['x']:.4f},{middle['y']:.4f}" if middle["x"] is not None else ""


def people_assigned(process: Process) -> list[Person]:
    """Return the people to whom a proposal of the process is assigned now."""
    return list(Person.objects.filter(pk__in=Proposal.objects.filter(process=process).values("assigned_person")))


def people_at_work(process: Process) -> list[Person]:
    """Return the people with a working role in the process, to whom a proposal can be given."""
    working = Role.objects.active().filter(process=process, kind__in=Role.WORKING).values("person")
    return list(Person.objects.filter(pk__in=working).order_by(Alphabetical("name")))


# --- Figures of the register ----------------------------------------------------------------------


@dataclass(frozen=True)
class Figures:
    """The tiles of the register, of what the person sees in it.

    ``waiting``: neither answered nor withdrawn; ``unassigned``: those of them given to nobody; ``prepared``: those of
    them with an answer that is not published; ``answered``: with a published answer; ``average_days``: from the moment
    of receipt to that of the answer, over all answered, in days with one decimal, ``None`` without any.
    """

    waiting: int
    unassigned: int
    prepared: int
    answered: int
    average_days: float | None


def figures(process: Process, user: Any) -> Figures:
    """Count what the person sees in the register; for those who see all of it, from the kept counters."""
    rows = Proposal.objects.worked_on_by(user).filter(process=process)
    if Role.objects.held_by(user, process, *READERS).exists():
        rows = Proposal.objects.filter(process=process)
        kept = Tally.objects.filter(process=process).values("state").annotate(all=Sum("number"))
        numbers = {row["state"]: row["all"] for row in kept}
    else:
        states = (*_WAITING, Proposal.State.ANSWERED)
        numbers = {str(state): rows.in_state(state).count() for state in states}
    prepared = rows.filter(answered_at__isnull=True, withdrawn_at__isnull=True, reply__isnull=False).count()
    took: timedelta | None = rows.in_state("answered").aggregate(mean=Avg(F("answered_at") - F("received_at")))["mean"]
    return Figures(
        waiting=numbers.get("received", 0) + numbers.get("assigned", 0),
        unassigned=numbers.get("received", 0),
        prepared=prepared,
        answered=numbers.get("answered", 0),
        average_days=round(took.total_seconds() / 86_400, 1) if took is not None else None,
    )


def count_waiting(process: Process) -> int:
    """Return how many proposals of a process have neither been answered nor withdrawn."""
    return Tally.objects.filter(process=process, state__in=_WAITING).aggregate(all=Sum("number"))["all"] or 0


# --- One proposal ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """Something that happened to a proposal: when, what, and what was said; ``quoted`` for words of a person."""

    at: datetime | None
    title: str
    text: str = ""
    quoted: str = ""
    by: str = ""
    standing: str = ""


def thread(proposal: Proposal) -> list[Step]:
    """Tell from the first word to the answer what anybody may know about a proposal, oldest first.

    Needs ``reply`` loaded; asks for the assignments once. People who examine are not named, groups are.
    """
    steps = [Step(proposal.received_at, _(_CAME[Proposal.Channel(proposal.channel)]), _registered(proposal))]
    if proposal.published_at is not None:
        steps.append(Step(proposal.published_at, _("Published")))
    if proposal.corrected_at is not None:
        steps.append(Step(proposal.corrected_at, _("The published text was corrected"), proposal.corrected_because))
    for assignment in _assignments(proposal=proposal.pk):
        if assignment.group is not None:
            title = _("Given to the working group “%(group)s” to examine") % {"group": assignment.group.name}
        else:
            title = _("Given to a specialist to examine")
        steps.append(Step(assignment.assigned_at, title))
    reply = published_reply(proposal)
    if reply is not None:
        steps.append(_answer(reply))
    if proposal.withdrawn_at is not None:
        steps.append(Step(proposal.withdrawn_at, _("Withdrawn")))
    steps.sort(key=lambda step: step.at or proposal.received_at)
    if proposal.state in _WAITING:
        steps.append(Step(None, _("An answer is still to come"), standing="todo"))
    return steps


def published_reply(proposal: Proposal) -> Reply | None:
    """Return the answer if it is out; one that is only prepared is nobody's but the register's."""
    reply: Reply | None = getattr(proposal, "reply", None)
    return reply if reply is not None and reply.published_at is not None and proposal.answered_at is not None else None


def _registered(proposal: Proposal) -> str:
    return _("Registered under the number %(reference)s.") % {"reference": proposal.reference}


def _answer(reply: Reply) -> Step:
    forwarded = _("Forwarded to: %(whom)s.") % {"whom": reply.forwarded_to} if reply.forwarded_to else ""
    return Step(
        reply.published_at,
        _("Answered: %(outcome)s") % {"outcome": reply.get_outcome_display()},
        text=forwarded,
        quoted=reply.reason,
        by=", ".join(part for part in (reply.signed_name, reply.signed_title) if part),
    )


@dataclass(frozen=True)
class Signer:
    """Somebody who can answer for the municipality, with the title of the office."""

    person: Person
    title: str

    def __str__(self) -> str:
        return f"{self.person.name}, {self.title}" if self.title else self.person.name


def signers(proposal: Proposal, user: Any) -> list[Signer]:
    """Return who may sign the answer: coordinators, editors and leads of the process, whoever examines, and the person.

    The title is that of the mandate in the group that examines, else of another group of the process, else the office.
    """
    answering = (Role.Kind.COORDINATOR, Role.Kind.EDITOR, Role.Kind.GROUP_LEAD)
    roles = Role.objects.active().filter(process=proposal.process_id, kind__in=answering).values("person")
    people = Person.objects.filter(
        Q(pk__in=roles) | Q(user=user.pk) | Q(pk=proposal.assigned_person_id)
    ).prefetch_related(
        Prefetch("memberships", Membership.objects.active().exclude(title=""), to_attr="offices"),
        Prefetch(
            "mandates",
            Mandate.objects.active().filter(group__process=proposal.process_id).exclude(title=""),
            to_attr="seats",
        ),
    )
    return [Signer(person, _title_of(person, proposal.assigned_group_id)) for person in people]


def _title_of(person: Any, group_id: int | None) -> str:
    seats = sorted(person.seats, key=lambda seat: seat.group_id != group_id)
    return str(next((held.title for held in [*seats, *person.offices]), ""))


@composed
def _groups_at_work(*, process: Any) -> "QuerySet[WorkingGroup]":
    return WorkingGroup.objects.filter(process=process, closed_at__isnull=True)


def groups_at_work(process: Process) -> list[WorkingGroup]:
    """Return the groups of the process that have not been closed."""
    return _groups_at_work(process=process.pk)


@composed
def _assignments(*, proposal: Any) -> "QuerySet[Assignment]":
    return Assignment.objects.filter(proposal=proposal).select_related("group")


@composed_for_visitors
def _proposals(user: Any, *, process_slug: Any, number: Any) -> ProposalQuerySet:
    proposals = Proposal.objects.visible_to(user).filter(process__slug=process_slug, number=number)
    # Not topic and area: PostgreSQL would take longer to plan eight joins than to answer two queries more.
    return proposals.select_related("process", "assigned_group", "reply", "author").defer("search")


def find_proposal(user: Any, process_slug: str, number: int) -> Proposal | None:
    """Return a proposal with its process, group, answer and author, if the person may see it."""
    return next(iter(_proposals(user, process_slug=process_slug, number=number)), None)


@composed
def _files(*, proposal: Any) -> "QuerySet[ProposalFile]":
    return ProposalFile.objects.filter(proposal=proposal, is_public=True).select_related("attachment")


def public_files(proposal: Proposal) -> list[ProposalFile]:
    """Return the files of a proposal that everybody who sees it may open."""
    return _files(proposal=proposal.pk)
