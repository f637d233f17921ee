# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, Count, DateTimeField, Max, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from talka.appointments.days_off import days_off
from talka.appointments.models import Booking, Reception, ReceptionQuerySet
from talka.appointments.slots import Hours, Slot, free_seats, open_days, opening, regular_days, slots_on
from talka.core import clock
from talka.proposals.models import MovedDay

STAFF_DAYS = 60
"""How many days ahead those who keep the hours may book for others, whatever visitors may."""


def zone() -> ZoneInfo:
    """Return the installation's time zone."""
    return ZoneInfo(settings.TIME_ZONE)


def held_days(reception: Reception, first: date, last: date) -> dict[date, Hours]:
    """Return the days from ``first`` to ``last`` on which a reception is held, each with its hours; its special days are loaded."""
    hours = reception.hours
    if hours is None:
        return {}
    until = reception.last_day
    special = {
        one.day: one.hours
        for one in reception.special_days.all()
        if first <= one.day <= last and (until is None or one.day <= until)
    }
    regular = regular_days(reception.rule, reception.starts_on or first, until, first, last)
    return open_days(regular, hours, free=days_off(first, last, reception.moved), special=special)


def day_slots(reception: Reception, day: date, hours: Hours) -> list[Slot]:
    """Return the slots of one day."""
    return slots_on(day, hours, length=reception.slot_length, seats=reception.seats, zone=zone())


def hours_on(reception: Reception, day: date) -> Hours | None:
    """Return the hours of a reception on a day; nothing where it is not held."""
    return held_days(reception, day, day).get(day)


@dataclass(frozen=True)
class FreeSlot:
    """A slot that can be taken, with the seats that are free."""

    slot: Slot
    seats: list[int]

    @property
    def value(self) -> str:
        """How it stands in an address and in a form."""
        return slot_value(self.slot.starts_at)


@dataclass(frozen=True)
class FreeDay:
    """A day with the slots that can be taken."""

    day: date
    slots: list[FreeSlot]


def slot_value(moment: datetime) -> str:
    """Write a moment for addresses and forms, in UTC, so that no hour comes twice: ``20261124T1300Z``."""
    return f"{moment.astimezone(ZoneInfo('UTC')):%Y%m%dT%H%MZ}"


def taken_seats(reception: Reception, first: date, last: date) -> list[tuple[datetime, datetime, int]]:
    """Return what is taken on these days: from, until, seat."""
    rows = Booking.objects.standing().filter(reception=reception, seat__isnull=False).on_days(first, last)
    return [
        (starts_at, ends_at, seat or 0) for starts_at, ends_at, seat in rows.values_list("starts_at", "ends_at", "seat")
    ]


def free_days(reception: Reception, *, for_staff: bool = False) -> list[FreeDay]:
    """Return the days with slots that can be taken now, soonest first.

    Visitors see as far ahead as the booking is open and not what begins too soon; those who keep the hours see all that is ahead.
    """
    if not (for_staff or reception.takes_bookings) or reception.has_ended:
        return []
    now, today = clock.now(), clock.today()
    earliest = now if for_staff else now + timedelta(hours=reception.close_hours)
    last = today + timedelta(days=max(STAFF_DAYS, reception.open_days) if for_staff else reception.open_days)
    days = held_days(reception, today, last)
    taken = taken_seats(reception, today, last) if days else []
    found = []
    for day, hours in days.items():
        those = [
            (slot, free_seats(slot, taken)) for slot in day_slots(reception, day, hours) if slot.starts_at > earliest
        ]
        slots = [FreeSlot(slot, seats) for slot, seats in those if seats]
        if slots:
            found.append(FreeDay(day, slots))
    return found


def find_free(reception: Reception, starts_at: datetime, *, for_staff: bool = False) -> FreeSlot | None:
    """Return the slot that begins then, if it can be taken now."""
    slots = (one for day in free_days(reception, for_staff=for_staff) for one in day.slots)
    return next((one for one in slots if one.slot.starts_at == starts_at), None)


def sent_before(reception: Reception, key: str) -> Booking | None:
    """Return the booking that a form with this key has made already, as when it is sent twice."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return Booking.objects.known().filter(reception=reception, key=wanted).first()


@dataclass(frozen=True)
class Occurrence:
    """One day of a reception as calendars show it; ``closed`` where a person has closed it."""

    reception: Reception
    day: date
    starts_at: datetime
    ends_at: datetime
    closed: bool = False
    reason: str = ""


def occurrences(receptions: Iterable[Reception], first: date, last: date) -> list[Occurrence]:
    """Return the days of receptions from ``first`` to ``last``, in order, those that were closed too."""
    found = []
    for reception in receptions:
        for day, hours in held_days(reception, first, last).items():
            found.append(Occurrence(reception, day, *opening(day, hours, zone())))
        found += _closed(reception, first, last)
    return sorted(found, key=lambda one: (one.starts_at, one.reception.pk))


def _closed(reception: Reception, first: date, last: date) -> list[Occurrence]:
    hours = reception.hours
    if hours is None:
        return []
    regular = set(regular_days(reception.rule, reception.starts_on or first, reception.last_day, first, last))
    return [
        Occurrence(reception, one.day, *opening(one.day, hours, zone()), closed=True, reason=one.reason)
        for one in reception.special_days.all()
        if one.hours is None and one.day in regular
    ]


@dataclass(frozen=True)
class NextOne:
    """A reception with the next day on which it is held, if there is one within a year."""

    reception: Reception
    next: Occurrence | None


def _next_of(reception: Reception) -> Occurrence | None:
    """Return the next day that is not over; the nearest weeks are looked at first, as it nearly always lies there."""
    now, today = clock.now(), clock.today()
    for first, last in ((0, 40), (41, 366)):
        days = held_days(reception, today + timedelta(days=first), today + timedelta(days=last))
        ahead = (Occurrence(reception, day, *opening(day, hours, zone())) for day, hours in days.items())
        found = next((one for one in ahead if one.ends_at > now), None)
        if found is not None:
            return found
    return None


def with_next(receptions: Iterable[Reception]) -> list[NextOne]:
    """Return receptions, those that are held soonest first; those whose days are known in words only come last."""
    found = [NextOne(reception, _next_of(reception)) for reception in receptions]
    far = timezone.make_aware(datetime(2200, 1, 1))
    return sorted(found, key=lambda one: (one.next.starts_at if one.next else far, one.reception.pk))


def matching(receptions: ReceptionQuerySet, words: str) -> ReceptionQuerySet:
    """Keep receptions that hold every word in their title, subject, place or the words for who receives."""
    for word in words.split():
        receptions = receptions.filter(
            Q(title__icontains=word)
            | Q(about__icontains=word)
            | Q(specialist_note__icontains=word)
            | Q(specialist__name__icontains=word)
            | Q(place__name__icontains=word)
            | Q(place__address__icontains=word)
        )
    return receptions


def feed_version(receptions: ReceptionQuerySet) -> "QuerySet[Reception, Any]":
    """Return, as one row, what a feed is made from: when the last reception changed, how many there are, which they are, and when
    their processes were closed."""
    closed = Coalesce(Cast("process__closed_at", CharField()), Value("-"), output_field=CharField())
    rows = receptions.order_by().annotate(of=Value("receptions")).values("of")
    found = rows.annotate(
        last=Max("changed_at"), number=Count("pk", distinct=True), keys=Sum("pk"),
        names=StringAgg(closed, "|", order_by="pk"),
    )  # fmt: skip
    return found.values_list("of", "last", "number", "keys", "names")


def moved_version() -> "QuerySet[MovedDay, Any]":
    """Return, as one row, which working days were moved, for feeds follow from them too."""
    day = Concat(Cast("day", CharField()), Cast("is_working", CharField()), output_field=CharField())
    rows = MovedDay.objects.order_by().annotate(of=Value("moved")).values("of")
    found = rows.annotate(
        last=Cast(Value(None), DateTimeField()),
        number=Count("pk"),
        keys=Sum("pk"),
        names=StringAgg(day, "|", order_by="day"),
    )
    return found.values_list("of", "last", "number", "keys", "names")


@dataclass(frozen=True)
class Line:
    """A line of the list of a day: a slot and who holds it, if anybody; no slot where somebody came without booking."""

    starts_at: datetime
    ends_at: datetime
    booking: Booking | None
    slot: FreeSlot | None = None


@dataclass(frozen=True)
class DayList:
    """A day of a reception: its hours, if it is held, and its lines in order."""

    day: date
    hours: Hours | None
    lines: list[Line]
    cancelled: list[Booking]

    @property
    def coming(self) -> int:
        """How many are expected or came."""
        return sum(1 for line in self.lines if line.booking is not None)


def day_list(reception: Reception, day: date) -> DayList:
    """Return who comes on a day, with the slots that are still free."""
    bookings = list(Booking.objects.filter(reception=reception).on_days(day, day).select_related("proposal"))
    standing = [one for one in bookings if not one.is_cancelled]
    hours = hours_on(reception, day)
    taken = [(one.starts_at, one.ends_at, one.seat) for one in standing if one.seat is not None]
    lines = [Line(one.starts_at, one.ends_at, one) for one in standing]
    for slot in day_slots(reception, day, hours) if hours else []:
        free = FreeSlot(slot, free_seats(slot, taken))
        lines += [Line(slot.starts_at, slot.ends_at, None, free) for _seat in free.seats]
    lines.sort(key=lambda line: (line.starts_at, line.booking is None))
    return DayList(day, hours, lines, [one for one in bookings if one.is_cancelled])


@dataclass(frozen=True)
class DayAhead:
    """A day of a reception in the workspace, with how many have booked."""

    day: date
    hours: Hours | None
    booked: int


def days_around(reception: Reception, *, back: int = 14, ahead: int = 35) -> list[DayAhead]:
    """Return the days of the last and the coming weeks, held or with somebody who has booked, and how many have."""
    first, last = clock.today() - timedelta(days=back), clock.today() + timedelta(days=ahead)
    held = held_days(reception, first, last)
    booked: dict[date, int] = {}
    rows = Booking.objects.standing().filter(reception=reception).on_days(first, last)
    for starts_at in rows.values_list("starts_at", flat=True):
        day = timezone.localdate(starts_at)
        booked[day] = booked.get(day, 0) + 1
    return [DayAhead(day, held.get(day), booked.get(day, 0)) for day in sorted({*held, *booked})]


@dataclass(frozen=True)
class MyDay:
    """A day of a reception that a person keeps or holds, with how many have booked."""

    occurrence: Occurrence
    booked: int


def my_days(user: Any, *, days: int = 7) -> list[MyDay]:
    """Return the days of the coming week of receptions that the person keeps or holds; two or three queries."""
    receptions = list(Reception.objects.kept_by(user).going_on().for_pages())
    first, last = clock.today(), clock.today() + timedelta(days=days)
    ahead = [one for one in occurrences(receptions, first, last) if not one.closed]
    rows = (
        Booking.objects.standing().filter(reception__in=receptions).on_days(first, last)
        if ahead
        else Booking.objects.none()
    )
    booked: dict[tuple[int, date], int] = {}
    for key, starts_at in rows.values_list("reception_id", "starts_at"):
        where = (key, timezone.localdate(starts_at))
        booked[where] = booked.get(where, 0) + 1
    return [MyDay(one, booked.get((one.reception.pk, one.day), 0)) for one in ahead]
