# SPDX-License-Identifier: EUPL-1.2
"""Reception hours of the demonstration, with those who come."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from talka.accounts.models import User
from talka.appointments.models import Booking, Reception
from talka.appointments.operations.bookings import book_for_caller, book_slot
from talka.appointments.operations.hours import close_day, create_reception
from talka.appointments.operations.visits import add_walk_in, mark_visit, write_down
from talka.appointments.queries import held_days
from talka.appointments.slots import weekly_rule
from talka.appointments.visitors import Visitor
from talka.core import clock
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Content, Sender


@dataclass(frozen=True)
class Coming:
    """Somebody who booked: at what hour (``15.20``), so many days before; ``called`` where the clerk booked for them.

    ``came`` is known of past days; ``said`` is what was written down, with how to answer.
    """

    at: str
    visitor: Visitor
    before: int = 2
    called: bool = False
    came: bool | None = None
    said: Content | None = None
    answer_by: str = ""


def _moment(day: date, at: str) -> datetime:
    hour, minute = at.split(".")
    return timezone.make_aware(datetime.combine(day, time(int(hour), int(minute))))


def build(process: Process, title: str, *, by: User, weekdays: Sequence[int] = (), **fields: Any) -> Reception:
    """Set reception hours on weekdays (Monday is 0); without them only words are known."""
    return create_reception(process, title=title, by=by, rule=weekly_rule(weekdays) if weekdays else "", **fields)


def days_of(reception: Reception, *, back: int = 28, ahead: int = 42) -> tuple[list[date], list[date]]:
    """Return the days on which a reception was held, the last first, and those on which it will be, the next first."""
    today = clock.today()
    days = list(held_days(reception, today - timedelta(days=back), today + timedelta(days=ahead)))
    return [day for day in reversed(days) if day < today], [day for day in days if day > today]


def come(reception: Reception, day: date, coming: Sequence[Coming], *, clerk: User) -> None:
    """Let people book times of a day, each on the day on which they thought of it, and note who came and what was said."""
    for number, one in enumerate(coming):
        booked_on = min(day - timedelta(days=one.before), clock.today() - timedelta(days=1))
        with clock.at(_moment(booked_on, f"{10 + number}.15")):
            booking = _booked(reception, _moment(day, one.at), one, clerk=clerk)
        if one.came is not None:
            with clock.at(booking.ends_at + timedelta(minutes=2)):
                _visited(booking, one, clerk=clerk)


def _booked(reception: Reception, starts_at: datetime, one: Coming, *, clerk: User) -> Booking:
    if one.called:
        return book_for_caller(reception, starts_at=starts_at, visitor=one.visitor, key=uuid.uuid4(), by=clerk)
    return book_slot(reception, starts_at=starts_at, visitor=one.visitor, key=uuid.uuid4(), by=AnonymousUser())


def _visited(booking: Booking, one: Coming, *, clerk: User) -> None:
    if one.said is None:
        mark_visit(booking, came=one.came, by=clerk)
        return
    sender = Sender(name=booking.name, email=booking.email, phone=booking.phone, answer_by=one.answer_by)
    write_down(booking, content=one.said, sender=sender, channel=Proposal.Channel.DESK, by=clerk)


def walk_in(reception: Reception, day: date, at: str, visitor: Visitor, *, clerk: User) -> None:
    """Let somebody come without booking."""
    with clock.at(_moment(day, at)):
        add_walk_in(reception, day, visitor=visitor, by=clerk)


def close(reception: Reception, day: date, reason: str, *, by: User) -> None:
    """Close a day, as of yesterday."""
    with clock.at(_moment(clock.today() - timedelta(days=1), "15.40")):
        close_day(reception, day, reason=reason, by=by)
