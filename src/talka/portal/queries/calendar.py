# SPDX-License-Identifier: EUPL-1.2
"""What the calendar shows: meetings and reception hours, by what is looked for and by month."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from talka.core import dates
from talka.core.alphabet import Alphabetical
from talka.directory.models import Organization
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting, MeetingQuerySet
from talka.meetings.queries import CalendarFilter
from talka.processes.models import Process


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
