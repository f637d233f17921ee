# SPDX-License-Identifier: EUPL-1.2
"""Several people at the same moment, on the real database."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from talka.accounts.models import User
from talka.appointments.link_holder import BookingHolder
from talka.appointments.models import Booking, Reception
from talka.appointments.operations.bookings import SlotTaken, move_booking
from talka.appointments.operations.hours import close_day
from talka.appointments.queries import free_days
from talka.core.errors import Refused
from talka.processes.models import Process
from tests.appointments.factories import RIGA, make_reception

pytestmark = pytest.mark.django_db(transaction=True)


def together(times: int, deed: Any) -> list[Any]:
    """Do something in so many threads at once, each with its own connection; a refusal is returned in place of a result."""
    start = Barrier(times)

    def one(number: int) -> Any:
        try:
            start.wait(10)
            return deed(number)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


def daily(process: Process, carol: User, **fields: Any) -> Reception:
    """Set reception hours on every day, so that the tests need no other present."""
    fields = {
        "weekdays": tuple(range(7)),
        "opens": time(9),
        "closes": time(17),
        "break_from": None,
        "break_until": None,
    } | fields
    return Reception.objects.for_pages().get(
        pk=make_reception(process, carol, starts_on=datetime.now(RIGA).date(), **fields).pk
    )


def take(reception: Reception, starts_at: datetime, number: int) -> Booking:
    from django.contrib.auth.models import AnonymousUser

    from talka.appointments.operations.bookings import book_slot
    from talka.appointments.visitors import Visitor

    visitor = Visitor(name="Anna", email=f"a{number}@example.lv")
    return book_slot(reception, starts_at=starts_at, visitor=visitor, key=uuid.uuid4(), by=AnonymousUser())


def test_of_many_who_want_the_same_time_as_many_get_it_as_there_are_seats(process: Process, carol: User) -> None:
    reception = daily(process, carol, seats=2)
    starts_at = free_days(reception)[1].slots[0].slot.starts_at
    done = together(6, lambda number: take(reception, starts_at, number))
    assert sorted(one.seat for one in done if isinstance(one, Booking)) == [1, 2]
    assert sum(isinstance(one, SlotTaken) for one in done) == 4


def test_two_who_move_to_the_same_time_do_not_both_get_it(process: Process, carol: User) -> None:
    reception = daily(process, carol)
    slots = [one.slot.starts_at for one in free_days(reception)[1].slots]
    mine = [take(reception, slots[0], 0), take(reception, slots[1], 1)]
    done = together(2, lambda n: move_booking(mine[n], starts_at=slots[2], by=BookingHolder(mine[n].pk)))
    assert sorted(type(one).__name__ for one in done) == ["Booking", "SlotTaken"]
    assert Booking.objects.filter(starts_at=slots[2]).count() == 1


def test_nobody_is_left_on_a_day_that_is_closed_while_people_book(process: Process, carol: User) -> None:
    reception = daily(process, carol)
    day = free_days(reception)[1]
    slots = [one.slot.starts_at for one in day.slots]
    deeds = [
        lambda: close_day(reception, day.day, by=carol, reason="Slimība."),
        *(lambda n=n: take(reception, slots[n], n) for n in range(4)),
    ]
    together(5, lambda number: deeds[number]())
    assert not Booking.objects.standing().filter(reception=reception).exists()


def test_the_database_itself_gives_no_seat_twice(process: Process, carol: User) -> None:
    reception = daily(process, carol)
    slot = free_days(reception)[1].slots[0].slot
    fields: dict[str, Any] = {"reception": reception, "name": "Anna", "email": "a@example.lv"}
    first = Booking.objects.create(starts_at=slot.starts_at, ends_at=slot.ends_at, seat=1, **fields)
    half = slot.starts_at + timedelta(minutes=10)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(starts_at=half, ends_at=half + timedelta(minutes=20), seat=1, **fields)
    Booking.objects.create(starts_at=slot.starts_at, ends_at=slot.ends_at, seat=2, **fields)
    Booking.objects.create(starts_at=slot.ends_at, ends_at=slot.ends_at + timedelta(minutes=20), seat=1, **fields)
    Booking.objects.filter(pk=first.pk).update(cancelled_at=slot.starts_at - timedelta(hours=1))
    assert Booking.objects.create(starts_at=half, ends_at=half + timedelta(minutes=5), seat=1, **fields).pk
