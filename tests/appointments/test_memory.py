# SPDX-License-Identifier: EUPL-1.2
"""What the clock does with bookings."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.appointments import tasks
from talka.appointments.link_holder import BookingHolder
from talka.appointments.models import Booking, Reception
from talka.appointments.operations.bookings import cancel_booking, move_booking
from talka.appointments.operations.memory import forget_old_bookings, remind_of_tomorrow
from tests.appointments.factories import at, book, letters


def test_those_who_come_tomorrow_are_reminded_once(reception: Reception) -> None:
    booking = book(reception, "2030-02-12 15:00")
    book(reception, "2030-02-12 15:20", email="", phone="20 000 111")
    off = book(reception, "2030-02-12 15:40", email="b@example.lv")
    cancel_booking(off, by=BookingHolder(off.pk))
    assert remind_of_tomorrow() == 0
    with time_machine.travel(at("2030-02-11 09:11")):
        assert remind_of_tomorrow() == 1
        assert remind_of_tomorrow() == 0
    [letter] = letters("remind")
    assert letter.email == "anna@example.lv"
    assert "otrdien, 12. februārī plkst. 15.00" in letter.text
    assert f"/booking/{booking.secret}/" in letter.text


def test_who_booked_today_for_tomorrow_needs_no_reminder(reception: Reception) -> None:
    book(reception, "2030-02-05 15:00")
    tasks.remind_visitors(timestamp=0)
    assert letters("remind") == []
    assert Booking.objects.get().reminded_at


def test_who_moves_is_reminded_of_the_new_time(reception: Reception) -> None:
    booking = book(reception, "2030-02-12 15:00")
    with time_machine.travel(at("2030-02-11 09:11")):
        remind_of_tomorrow()
        move_booking(booking, starts_at=at("2030-02-19 15:00"), by=BookingHolder(booking.pk))
    with time_machine.travel(at("2030-02-18 09:11")):
        assert remind_of_tomorrow() == 1


def test_after_a_while_only_the_fact_of_the_visit_is_kept(
    reception: Reception, clara: User, sign_in: Callable[[User], Client], settings: Any
) -> None:
    settings.KEEP_BOOKINGS_DAYS = 30
    old = book(reception, "2030-02-05 15:00", about="Par ielu", help_needed="Lifts", phone="20 000 111")
    Booking.objects.filter(pk=old.pk).update(came=True)
    young = book(reception, "2030-02-19 15:00", email="b@example.lv")
    link = reverse("appointments:show_booking", args=[old.secret])
    with time_machine.travel(at("2030-02-05 15:19") + timedelta(days=30)):
        assert forget_old_bookings() == 0
    with time_machine.travel(at("2030-02-05 15:21") + timedelta(days=30)):
        tasks.forget_visitors(timestamp=0)
        assert forget_old_bookings() == 0
        row = Booking.objects.values().get(pk=old.pk)
        for told in ("Anna", "anna@", "20 000 111", "Par ielu", "Lifts"):
            assert told not in str(row)
        assert (row["came"], row["starts_at"]) == (True, at("2030-02-05 15:00"))
        assert Client().get(link).status_code == 404
        young.refresh_from_db()
        assert young.name == "Anna Liepa"
        body = (
            sign_in(clara)
            .get(reverse("appointments:show_day", args=[reception.process.slug, reception.pk, "2030-02-05"]))
            .content.decode()
        )
        assert "Apmeklētāja dati ir dzēsti." in body
        gone = reverse("appointments:write_down", args=[reception.process.slug, old.pk])
        assert sign_in(clara).get(gone).status_code == 404


def test_the_database_keeps_nothing_of_who_was_forgotten(reception: Reception) -> None:
    booking = book(reception, "2030-02-05 15:00")
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(forgotten_at=at("2030-04-01 00:00"))


def test_the_page_on_personal_data_says_for_how_long_bookings_are_kept(db: None, settings: Any) -> None:
    settings.KEEP_BOOKINGS_DAYS = 21
    body = Client().get("/lv/personal-data/").content.decode()
    assert "Pierakstoties norādīto dzēš 21 dienu pēc apmeklējuma" in body
