# SPDX-License-Identifier: EUPL-1.2
"""What the first page and the list of processes show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from talka.appointments.models import Reception, ReceptionQuerySet
from talka.appointments.queries import NextOne, with_next
from talka.core import clock
from talka.core.composed import composed_for_visitors
from talka.core.finding import holding_words
from talka.directory.models import Organization
from talka.meetings.models import Meeting, MeetingQuerySet
from talka.processes.models import Participant, Phase, Process, ProcessQuerySet
from talka.processes.standing import Standing, taking_part_now, with_standing
from talka.proposals.models import Proposal
from talka.proposals.queries import SHOWN_IN_ROWS

OPEN_PROCESSES = 12
NEXT_MEETINGS = 6
RECEPTIONS = 4
LATEST_ANSWERS = 5
IN_ORDER_OF_STANDING = Case(
    *(When(standing=standing, then=Value(place)) for place, standing in enumerate(Standing.values)),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class HomePage:
    """All that the first page shows."""

    processes: Sequence[Process]
    meetings: Sequence[Meeting]
    receptions: Sequence[NextOne]
    answers: Sequence[Proposal]
    has_closed: bool

    @property
    def taking_proposals(self) -> list[Process]:
        """Return the processes that take proposals now."""
        return [process for process in self.processes if process.allows(Phase.Deed.PROPOSE)]


@composed_for_visitors
def _open_and_public(user: Any) -> ProcessQuerySet:
    return Process.objects.visible_to(user).in_progress().filter(access=Process.Access.PUBLIC)[:2]


def only_open_process(user: Any) -> Process | None:
    """Return the one public process that is open, if exactly one is."""
    found = _open_and_public(user)
    return found[0] if len(found) == 1 else None


@composed_for_visitors
def _open_processes(user: Any) -> ProcessQuerySet:
    answered = Proposal.objects.filter(
        process=OuterRef("pk"), published_at__isnull=False, answered_at__isnull=False, withdrawn_at__isnull=True
    ).order_by(F("answered_at").desc(nulls_last=True), "-number")
    return (
        with_standing(Process.objects.visible_to(user).in_progress())
        .select_related("owner")
        .prefetch_related("phases")
        .annotate(answered=ArraySubquery(answered.values("pk")[:LATEST_ANSWERS]))[:OPEN_PROCESSES]
    )


@composed_for_visitors
def _next_meetings(user: Any, *, now: Any) -> MeetingQuerySet:
    in_progress = Process.objects.visible_to(user).in_progress()
    meetings = Meeting.objects.visible_to(user).filter(process__in=in_progress).upcoming(now)
    return meetings.select_related("process", "place")[:NEXT_MEETINGS]


@composed_for_visitors
def _receptions(user: Any) -> ReceptionQuerySet:
    in_progress = Process.objects.visible_to(user).in_progress()
    return Reception.objects.filter(process__in=in_progress).going_on().for_pages()[:RECEPTIONS]


@composed_for_visitors
def _closed(user: Any) -> "QuerySet[Process, Any]":
    return Process.objects.visible_to(user).filter(closed_at__isnull=False).order_by().values_list("pk")[:1]


def home_page(user: Any) -> HomePage:
    """Gather what the first page shows to this person."""
    processes: list[Any] = _open_processes(user)
    keys = [key for process in processes for key in process.answered]
    answers = (
        Proposal.objects.visible_to(user)
        .filter(pk__in=keys, published_at__isnull=False)
        .select_related("process", "reply")
        .only(*SHOWN_IN_ROWS, "process__slug", "process__title", "process__language")
        .order_by("-answered_at", "-pk")[:LATEST_ANSWERS]
    )
    return HomePage(
        processes=processes,
        meetings=_next_meetings(user, now=clock.now()),
        receptions=with_next(_receptions(user)),
        answers=list(answers) if keys else [],
        has_closed=bool(_closed(user)),
    )


def municipalities(user: Any) -> list[Organization]:
    """Return the municipalities that lead or take part in a process that the person may see."""
    taking_part = Participant.objects.filter(process__in=Process.objects.visible_to(user), organization=OuterRef("pk"))
    return list(
        Organization.objects.filter(Exists(taking_part), classification=Organization.Classification.MUNICIPALITY)
    )


def processes_found(
    user: Any, *, words: str = "", kind: str = "", municipality: str = "", standing: str = "", can: str = ""
) -> ProcessQuerySet:
    """Return the processes that match, open ones first, then coming, then closed; unknown choices match everything."""
    found = Process.objects.visible_to(user)
    if can in Phase.Deed.values:
        found = taking_part_now(found, can)
    found = with_standing(found)
    if kind in Process.Kind.values:
        found = found.filter(kind=kind)
    if standing in Standing.values:
        found = found.filter(Q(("standing", standing)))
    if municipality:
        taking_part = Participant.objects.filter(process=OuterRef("pk"), organization__slug=municipality)
        found = found.filter(Exists(taking_part) | Q(owner__slug=municipality))
    if words:
        found = holding_words(found, words, "title", "summary", "owner__name")
    return (
        found.select_related("owner").prefetch_related("phases").order_by(IN_ORDER_OF_STANDING, "-published_at", "-pk")
    )
