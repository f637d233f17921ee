# SPDX-License-Identifier: EUPL-1.2
"""What the calendar shows: meetings and reception hours, by what is looked for and by month."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talka.appointments.models import Reception, ReceptionQuerySet
from talka.appointments.queries import Occurrence, matching, occurrences
from talka.core import clock, dates
from talka.core.alphabet import Alphabetical
from talka.directory.models import Organization
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting, MeetingQuerySet
from talka.meetings.queries.calendar import CalendarFilter
from talka.processes.models import Participant, Process


class What(models.TextChoices):
    """What stands on the calendar."""

    MEETINGS = "meetings", _("Meetings")
    RECEPTIONS = "receptions", _("Reception hours")


@dataclass(frozen=True)
class Chosen(CalendarFilter):
    """What a person looks for on the calendar of everything: of meetings, of reception hours, or of both."""

    what: str = ""

    def meetings(self, user: Any) -> MeetingQuerySet:
        """Return the meetings that are looked for, of those the person may see."""
        meetings = Meeting.objects.visible_to(user)
        return meetings.none() if self.what == What.RECEPTIONS else self.apply(meetings)

    def receptions(self, user: Any) -> ReceptionQuerySet:
        """Return the reception hours that are looked for; they belong to no working group."""
        receptions = Reception.objects.visible_to(user)
        if self.group or self.what == What.MEETINGS:
            return receptions.none()
        if self.process:
            receptions = receptions.filter(process__slug=self.process)
        if self.kind:
            receptions = receptions.filter(process__kind=self.kind)
        if self.municipality:
            there = Participant.objects.filter(organization__slug=self.municipality)
            receptions = receptions.filter(process__in=there.values("process"))
        return matching(receptions, self.q)


@dataclass(frozen=True)
class Choices:
    """What the filters of the calendar offer: only what has a meeting or reception hours that this person may see."""

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
    receptions = Reception.objects.visible_to(user).order_by()
    processes = Process.objects.filter(Q(pk__in=meetings.values("process")) | Q(pk__in=receptions.values("process")))
    return Choices(
        processes=processes.order_by(Alphabetical("title")),
        groups=[(process.title, list(those)) for process, those in groupby(groups, key=lambda group: group.process)],
        municipalities=Organization.objects.filter(
            classification=Organization.Classification.MUNICIPALITY, participations__process__in=processes
        ).distinct().order_by(Alphabetical("name")),
    )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line of the list of a month: a meeting, or a day of a reception."""

    meeting: Meeting | None = None
    occurrence: Occurrence | None = None


@dataclass(frozen=True)
class Month:
    """A month with its meetings and the days of its receptions."""

    first: date
    meetings: list[Meeting] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)

    @property
    def end(self) -> date:
        """The first day after it."""
        return self.first + relativedelta(months=1)

    def name(self, language: str) -> str:
        """Write its name as a heading."""
        return dates.month_name(self.first.year, self.first.month, language)

    def lines(self) -> list[Line]:
        """Return what takes place in it, in order."""
        lines = [(one.starts_at, Line(meeting=one)) for one in self.meetings if one.starts_at is not None]
        lines += [(one.starts_at, Line(occurrence=one)) for one in self.occurrences]
        return [line for _starts_at, line in sorted(lines, key=lambda pair: pair[0])]

    def weeks(self) -> list[list[tuple[date, list[Line]]]]:
        """Return its weeks, Monday first: every day with what takes place on it, in order."""
        held: dict[date, list[Line]] = {}
        for line in self.lines():
            days = line.meeting.each_day() if line.meeting else [line.occurrence.day] if line.occurrence else []
            for day in days:
                held.setdefault(day, []).append(line)
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
    first_at, end_at = clock.day_begins(first), clock.day_begins(end)
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


def month_of(meetings: MeetingQuerySet, receptions: ReceptionQuerySet, first: date) -> Month:
    """Return a month with all that takes place in it."""
    end = first + relativedelta(months=1)
    held = list(receptions.for_pages())
    return Month(
        first, list(meetings.between(first, end).for_lists()), occurrences(held, first, end - timedelta(days=1))
    )


MONTHS_AHEAD = 12
"""How far the calendar leads to reception hours that go on without an end."""


def months_to_go(
    month: Month, meetings: MeetingQuerySet, receptions: ReceptionQuerySet
) -> tuple[date | None, date | None]:
    """Return the nearest months before and after with a meeting, or the next ones where reception hours are held."""
    before, after = months_beside(meetings, month.first, month.end)
    terms = receptions.exclude(rule="").aggregate(since=Min("starts_on"))
    since = terms["since"]
    limit = clock.today().replace(day=1) + relativedelta(months=MONTHS_AHEAD)
    if since is not None and since < month.first:
        before = max(one for one in (before, month.first - relativedelta(months=1)) if one)
    goes_on = receptions.exclude(rule="").filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=month.end), process__closed_at__isnull=True
    )
    if month.end <= limit and goes_on.exists():
        after = month.end
    return before, after
