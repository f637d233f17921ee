# SPDX-License-Identifier: EUPL-1.2
"""A timetable as a problem to solve and as what stands now; everything in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from talka.core import clock
from talka.core.working_days import WorkingDays
from talka.directory.models import Place
from talka.groups.models import Mandate, MandateQuerySet
from talka.meetings.models import USUAL_LENGTH, Meeting
from talka.proposals.models import MovedDay
from talka.scheduling.models import PlannedSession, Timetable
from talka.scheduling.solving.problem import Away, Days, Placed, Problem, Room, Session, Standing, Weights

COSTS = (0, 1, 3, 10)
"""What one of each costs: where it does not matter, matters a little, matters, matters very much."""


@dataclass(frozen=True)
class Asked:
    """A timetable with everything that its problem and its words are made of."""

    problem: Problem
    sessions: dict[int, PlannedSession]
    places: dict[int, Place]
    standing: list[Meeting]

    def placed(self) -> list[Placed]:
        """Return where the sessions are now."""
        return [placed_of(one) for one in self.sessions.values() if one.starts_at is not None]


def placed_of(session: PlannedSession) -> Placed:
    """Return where a session is; raise ``ValueError`` for one that has no place."""
    if session.starts_at is None or session.place_id is None:
        raise ValueError(session)
    return Placed(session.pk, timezone.localtime(session.starts_at), session.place_id)


def sitting(timetable: Timetable) -> MandateQuerySet:
    """Return the mandates that hold at some time of the timetable, of the groups that are in it."""
    mandates = Mandate.objects.filter(group__in=timetable.wishes.values("group"))
    return mandates.exclude(ends_on__lt=timetable.first_day).exclude(starts_on__gt=timetable.last_day)


def allowed_days(timetable: Timetable) -> tuple[date, ...]:
    """Return the days on which sessions may be."""
    moved = dict(MovedDay.objects.values_list("day", "is_working"))
    calendar, found, day = WorkingDays(moved), [], timetable.first_day
    while day <= timetable.last_day:
        free = not timetable.holidays and calendar.is_holiday(day)
        if day.weekday() in timetable.weekdays and day not in timetable.days_off and not free:
            found.append(day)
        day += timedelta(days=1)
    return tuple(found)


def asked_of(timetable: Timetable) -> Asked:
    """Return what a timetable asks, with the sessions, rooms and meetings it is about."""
    rows = PlannedSession.objects.filter(wish__timetable=timetable).select_related(
        "wish__group", "wish__timetable", "place", "meeting"
    )
    sessions = {one.pk: one for one in rows}
    people: dict[int, set[int]] = defaultdict(set)
    for group, person in sitting(timetable).values_list("group", "person"):
        people[group].add(person)
    absences = list(timetable.absences.all())
    for absence in absences:
        if absence.group_id is not None:
            people[absence.group_id].add(absence.person_id)
    chosen = {place.pk: place for place in timetable.places.all()}
    places = chosen | {one.place.pk: one.place for one in sessions.values() if one.place is not None}
    own = {one.meeting_id for one in sessions.values() if one.meeting_id is not None}
    standing = _standing(timetable, places, own)
    weigh = (timetable.weigh_people, timetable.weigh_evenings, timetable.weigh_weeks, timetable.weigh_rooms)
    problem = Problem(
        ZoneInfo(settings.TIME_ZONE),
        allowed_days(timetable),
        timetable.opens,
        timetable.closes,
        tuple(Room(place.pk, place.seats, place.access == Place.Access.FULL) for place in chosen.values()),
        tuple(_session(one, people[one.wish.group_id]) for one in sessions.values()),
        tuple(
            Away(one.person_id, clock.day_begins(one.starts_on), clock.day_begins(one.ends_on + timedelta(days=1)))
            for one in absences
        ),
        tuple(_stands(one, one.starts_at, people) for one in standing if one.starts_at is not None),
        step=timetable.step,
        pause=timetable.pause,
        evening_from=timetable.evening_from,
        liking=Days(timetable.liking),
        weights=Weights(*(COSTS[one] for one in (*weigh, timetable.weigh_days))),
    )
    return Asked(problem, sessions, places, standing)


def _session(one: PlannedSession, people: set[int]) -> Session:
    wish = one.wish
    return Session(
        one.pk, wish.group_id, wish.minutes, len(people) + wish.others, wish.needs_access, wish.evening,
        frozenset(people), placed_of(one) if one.pinned else None,
    )  # fmt: skip


def _standing(timetable: Timetable, places: Iterable[int], own: Iterable[int]) -> list[Meeting]:
    """Return the meetings that stand within the days of a timetable: of its process, or in one of its rooms."""
    first, end = timetable.first_day - timedelta(days=1), timetable.last_day + timedelta(days=2)
    meetings = Meeting.objects.filter(cancelled_at__isnull=True, whole_day=False).exclude(pk__in=list(own))
    meetings = meetings.filter(Q(process=timetable.process_id) | Q(place__in=list(places)))
    meetings = meetings.annotate(over_at=Coalesce("ends_at", F("starts_at") + USUAL_LENGTH))
    return list(
        meetings.filter(starts_at__lt=clock.day_begins(end), over_at__gt=clock.day_begins(first))
        .select_related("place", "process")
        .prefetch_related("groups")
        .order_by("starts_at", "pk")
    )


def _stands(meeting: Meeting, starts_at: datetime, people: dict[int, set[int]]) -> Standing:
    groups = frozenset(group.pk for group in meeting.groups.all())
    ends = meeting.ends_at or starts_at + USUAL_LENGTH
    persons = frozenset(person for group in groups for person in people.get(group, ()))
    return Standing(timezone.localtime(starts_at), timezone.localtime(ends), groups, persons, meeting.place_id)
