# SPDX-License-Identifier: EUPL-1.2
"""Lists by page, and what they are filtered by."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Avg, Min, Q, QuerySet, Sum
from django.utils import timezone

from talka.core import clock
from talka.core.alphabet import Alphabetical
from talka.core.composed import EachOf, composed
from talka.directory.models import Area, Organization, Person, Topic
from talka.processes.models import Process, Role
from talka.proposals.choosing import PublicChoice
from talka.proposals.models import Proposal, ProposalQuerySet, Tally

MOST_COUNTED = 1000
"""Above this, a filtered public list says "more than" and shows so many, instead of counting 100,000 rows."""

SHOWN_IN_ROWS = (
    "process_id", "number", "reference", "title", "language", "received_at", "answered_at", "withdrawn_at",
    "assigned_group__name", "assigned_person_id", "reply__outcome",
)  # fmt: skip
"""The fields that a row of a list shows; the group and the answer are loaded with them."""


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


def found_keys(rows: ProposalQuerySet) -> tuple[list[int], bool]:
    """Return the rows of a search in their order, at most ``MOST_COUNTED``, and whether there are more: in one query."""
    keys = list(rows.values_list("pk", flat=True)[: MOST_COUNTED + 1])
    return keys[:MOST_COUNTED], len(keys) > MOST_COUNTED


def read_rows(keys: Iterable[int], *, with_text: bool = False) -> ProposalQuerySet:
    """Return the rows of a page that was cut from an ordered list, with what a row shows; the texts where they are searched."""
    fields = (*SHOWN_IN_ROWS, "text") if with_text else SHOWN_IN_ROWS
    return Proposal.objects.filter(pk__in=keys).select_related("assigned_group", "reply").only(*fields)


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
