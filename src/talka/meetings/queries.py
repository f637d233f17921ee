# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from talka.core import clock, dates
from talka.core.alphabet import Alphabetical
from talka.core.text import clean_line
from talka.directory.models import Organization
from talka.groups.models import WorkingGroup
from talka.meetings.models import USUAL_LENGTH, Meeting, MeetingQuerySet
from talka.processes.models import Participant, Process


@dataclass(frozen=True)
class CalendarFilter:
    """What a person looks for on the calendar, as it stands in the address; what is not known finds nothing."""

    process: str = ""
    group: str = ""
    kind: str = ""
    municipality: str = ""
    q: str = ""

    @classmethod
    def of(cls, params: Any) -> "CalendarFilter":
        """Read the filter from the parameters of an address."""
        return cls(
            **{
                name: clean_line(params.get(name, ""))[:100]
                for name in ("process", "group", "kind", "municipality", "q")
            }
        )

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


@dataclass(frozen=True)
class Choices:
    """What the filters of the calendar offer: only what has a meeting that this person may see."""

    processes: QuerySet[Process]
    groups: list[tuple[str, list[WorkingGroup]]]
    municipalities: QuerySet[Organization]


def calendar_choices(user: Any, chosen: CalendarFilter) -> Choices:
    """Return what can be chosen on the calendar; groups by process, those of the chosen process only."""
    meetings = Meeting.objects.visible_to(user).order_by()
    groups = WorkingGroup.objects.filter(meetings__in=CalendarFilter(process=chosen.process).apply(meetings))
    groups = (
        groups.select_related("process")
        .distinct()
        .order_by(Alphabetical("process__title"), "process_id", "position", "name")
    )
    processes = Process.objects.filter(pk__in=meetings.values("process"))
    return Choices(
        processes=processes.order_by(Alphabetical("title")),
        groups=[(process.title, list(those)) for process, those in groupby(groups, key=lambda group: group.process)],
        municipalities=Organization.objects.filter(
            classification=Organization.Classification.MUNICIPALITY, participations__process__in=processes
        ).distinct().order_by(Alphabetical("name")),
    )  # fmt: skip


@dataclass(frozen=True)
class Month:
    """A month with its meetings."""

    first: date
    meetings: list[Meeting] = field(default_factory=list)

    @property
    def end(self) -> date:
        """The first day after it."""
        return self.first + relativedelta(months=1)

    def name(self, language: str) -> str:
        """Write its name as a heading."""
        return dates.month_name(self.first.year, self.first.month, language)

    def weeks(self) -> list[list[tuple[date, list[Meeting]]]]:
        """Return its weeks, Monday first: every day with what takes place on it."""
        held: dict[date, list[Meeting]] = {}
        for meeting in self.meetings:
            for day in meeting.each_day():
                held.setdefault(day, []).append(meeting)
        weeks = dates.month_weeks(self.first.year, self.first.month)
        return [[(day, held.get(day, []) if day.month == self.first.month else []) for day in week] for week in weeks]


def parse_month(written: str) -> date | None:
    """Read ``2020-02`` as the first day of the month; nothing for anything else.

    >>> parse_month("2020-02"), parse_month("2020-13"), parse_month("²020-02"), parse_month("9999-12")
    (datetime.date(2020, 2, 1), None, None, None)
    """
    try:
        month = datetime.strptime(written, "%Y-%m").date()
    except ValueError:
        return None
    return month if 1900 <= month.year <= 2200 else None


def by_month(meetings: Iterable[Meeting]) -> list[Month]:
    """Put dated meetings, in order, into their months."""
    return [Month(first, list(those)) for first, those in groupby(meetings, key=_month_of)]


def _month_of(meeting: Meeting) -> date:
    return (meeting.first_day or date.max).replace(day=1)


def months_beside(meetings: MeetingQuerySet, first: date, end: date) -> tuple[date | None, date | None]:
    """Return the nearest months with meetings before ``first`` and from ``end`` on."""
    first_at, end_at = (timezone.make_aware(datetime.combine(day, time.min)) for day in (first, end))
    found = meetings.order_by().aggregate(
        before=Max("starts_at", filter=Q(starts_at__lt=first_at)),
        after=Min("starts_at", filter=Q(starts_at__gte=end_at)),
    )
    before, after = (timezone.localdate(at).replace(day=1) if at else None for at in (found["before"], found["after"]))
    return before, after


def last_month_with_meetings(meetings: MeetingQuerySet) -> date | None:
    """Return the latest month that has meetings that are over."""
    found = meetings.past().order_by().aggregate(last=Max("starts_at"))["last"]
    return timezone.localdate(found).replace(day=1) if found else None


@dataclass(frozen=True)
class FeedVersion:
    """What a feed was made from: when the last of its meetings changed, which they are, what their groups are called."""

    changed_at: datetime | None
    number: int
    keys: int | None
    group_names: str | None


def feed_version(meetings: MeetingQuerySet) -> FeedVersion:
    """Tell, in one query, whether a feed has to be written anew."""
    return FeedVersion(
        **meetings.order_by().aggregate(
            changed_at=Max("changed_at"),
            number=Count("pk", distinct=True),
            keys=Sum("pk"),
            group_names=StringAgg("groups__name", "|", distinct=True),
        )
    )


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
