# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from talka.core import clock
from talka.core.text import clean_line
from talka.meetings.models import USUAL_LENGTH, Meeting, MeetingQuerySet
from talka.processes.models import Participant


@dataclass(frozen=True)
class CalendarFilter:
    """What a person looks for on the calendar, as it stands in the address; what is not known finds nothing."""

    process: str = ""
    group: str = ""
    kind: str = ""
    municipality: str = ""
    q: str = ""

    @classmethod
    def of(cls, params: Any) -> Self:
        """Read the filter from the parameters of an address."""
        return cls(**{one.name: clean_line(params.get(one.name, ""))[:100] for one in fields(cls)})

    @property
    def chosen(self) -> dict[str, str]:
        """The parameters that narrow the calendar, in a fixed order."""
        return {name: value for name, value in asdict(self).items() if value}

    def apply(self, meetings: MeetingQuerySet) -> MeetingQuerySet:
        """Keep the meetings that are looked for."""
        if self.process:
            meetings = meetings.filter(process__slug=self.process)
        if self.kind:
            meetings = meetings.filter(process__kind=self.kind)
        if self.municipality:
            there = Participant.objects.filter(organization__slug=self.municipality)
            meetings = meetings.filter(process__in=there.values("process"))
        if self.group:
            known = self.group.isascii() and self.group.isdecimal() and len(self.group) < 18
            meetings = meetings.filter(_in_groups(pk=int(self.group))) if known else meetings.none()
        for word in self.q.split():
            meetings = meetings.filter(
                Q(title__icontains=word)
                | Q(description__icontains=word)
                | Q(place__name__icontains=word)
                | Q(place__address__icontains=word)
                | _in_groups(name__icontains=word)
            )
        return meetings


def _in_groups(**condition: Any) -> Exists:
    through = Meeting.groups.through.objects
    return Exists(
        through.filter(meeting=OuterRef("pk"), **{f"workinggroup__{name}": value for name, value in condition.items()})
    )


def feed_version(meetings: MeetingQuerySet) -> "QuerySet[Meeting, Any]":
    """Return, as one row, what a feed is made from: when the last of its meetings changed, how many there are, which they
    are, what their groups are called."""
    rows = meetings.order_by().annotate(of=Value("meetings")).values("of")
    found = rows.annotate(
        last=Max("changed_at"),
        number=Count("pk", distinct=True),
        keys=Sum("pk"),
        names=StringAgg("groups__name", "|", distinct=True),
    )
    return found.values_list("of", "last", "number", "keys", "names")


def counts_by_standing(meetings: MeetingQuerySet) -> dict[str, int]:
    """Count the meetings of a process: ``upcoming``, ``past``, ``undated`` and ``cancelled``, each in one of these."""
    held, now = Q(cancelled_at__isnull=True), clock.now()
    ends = Coalesce("ends_at", F("starts_at") + USUAL_LENGTH)
    rows = meetings.order_by().annotate(over_at=ends)
    found: dict[str, int] = rows.aggregate(
        upcoming=Count("pk", filter=held & Q(over_at__gt=now)),
        past=Count("pk", filter=held & Q(over_at__lte=now)),
        undated=Count("pk", filter=held & Q(starts_at__isnull=True)),
        cancelled=Count("pk", filter=~held),
    )
    return found


@dataclass(frozen=True)
class Overlap:
    """Another meeting at the same time: of the same group, at the same place, or both."""

    meeting: Meeting
    same_group: bool
    same_place: bool


def overlaps(meeting: Meeting) -> Sequence[Overlap]:
    """Return meetings that are held at the same time for one of the groups or at the place of this one."""
    if meeting.starts_at is None or meeting.is_cancelled:
        return []
    ends_at = meeting.ends_at or meeting.starts_at + USUAL_LENGTH
    groups = {group.pk for group in meeting.groups.all()}
    others = (
        Meeting.objects.exclude(pk=meeting.pk)
        .filter(cancelled_at__isnull=True, starts_at__lt=ends_at)
        .annotate(over_at=Coalesce("ends_at", F("starts_at") + USUAL_LENGTH))
        .filter(over_at__gt=meeting.starts_at)
        .filter(_in_groups(pk__in=groups) | Q(place__isnull=False, place=meeting.place_id))
        .for_lists()
        .order_by("starts_at", "pk")
    )
    return [
        Overlap(
            other,
            same_group=any(group.pk in groups for group in other.groups.all()),
            same_place=other.place_id is not None and other.place_id == meeting.place_id,
        )
        for other in others
    ]
