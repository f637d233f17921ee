# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import icalendar
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.appointments.link_holder import BookingHolder
from talka.appointments.models import Booking, Reception
from talka.appointments.operations.bookings import BookingBegun, SlotTaken, cancel_booking, move_booking
from talka.appointments.queries import slot_value
from talka.audit.models import Event
from tests.appointments.factories import at, book, letters

FIRST, SECOND = "2030-02-05 15:00", "2030-02-12 16:20"


def own(name: str, booking: Booking) -> str:
    return reverse(f"appointments:{name}", args=[booking.secret])


@pytest.fixture
def booking(reception: Reception) -> Booking:
    """The first time of the next reception, booked by a visitor."""
    return book(reception, FIRST, about="Par veloceliņu")


def test_the_secret_link_shows_the_booking_and_is_kept_out_of_caches_and_search_engines(booking: Booking) -> None:
    response = Client().get(own("show_booking", booking))
    body = response.content.decode()
    for expected in ("Otrdien, 5. februārī plkst. 15.00", "Par veloceliņu", "anna@example.lv", "Izvēlēties citu laiku"):
        assert expected in body
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert response["Referrer-Policy"] == "strict-origin"
    assert Client().get(reverse("appointments:show_booking", args=["nav"])).status_code == 404


def test_the_entry_for_the_calendar_is_the_booking(booking: Booking) -> None:
    response = Client().get(own("booking_ics", booking))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert (event.start, str(event["STATUS"]), event["SEQUENCE"]) == (booking.starts_at, "CONFIRMED", 0)


def test_the_visitor_moves_to_another_time_and_the_first_is_free_again(booking: Booking, reception: Reception) -> None:
    response = Client().post(own("move_own_booking", booking), {"at": slot_value(at(SECOND))})
    assert response["Location"] == own("show_booking", booking)
    booking.refresh_from_db()
    assert (booking.starts_at, booking.ends_at, booking.sequence) == (at(SECOND), at("2030-02-12 16:40"), 1)
    [letter] = letters("move_booking")
    assert "12. februārī plkst. 16.20" in letter.text
    [event] = icalendar.Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert (str(event["UID"]), event["SEQUENCE"], event.start) == (f"{booking.uid}@talka", 1, at(SECOND))
    assert book(reception, FIRST, email="cits@example.lv").pk


def test_a_time_that_somebody_has_is_not_given_and_the_booking_stays(booking: Booking, reception: Reception) -> None:
    book(reception, SECOND, email="cits@example.lv")
    response = Client().post(own("move_own_booking", booking), {"at": slot_value(at(SECOND))})
    assert response.status_code == 422
    assert "vairs nav brīvs" in response.content.decode()
    with pytest.raises(SlotTaken):
        move_booking(booking, starts_at=at(SECOND), by=BookingHolder(booking.pk))
    booking.refresh_from_db()
    assert booking.starts_at == at(FIRST)


def test_the_visitor_calls_off_and_the_time_is_free_again(booking: Booking, reception: Reception) -> None:
    assert "Atteikt pierakstu?" in Client().get(own("cancel_own_booking", booking)).content.decode()
    response = Client().post(own("cancel_own_booking", booking), {"reason": "Slimoju"})
    assert response["Location"] == own("show_booking", booking)
    booking.refresh_from_db()
    assert booking.cancelled_at
    assert (booking.cancelled_by_us, booking.cancelled_because) == (False, "Slimoju")
    assert "Jūs šo pierakstu atteicāt." in Client().get(own("show_booking", booking)).content.decode()
    [letter] = letters("cancel_booking")
    assert "METHOD:CANCEL" in letter.calendar
    [event] = icalendar.Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)
    assert book(reception, FIRST, email="cits@example.lv").pk
    Client().post(own("cancel_own_booking", booking), {"reason": ""})
    assert len(letters("cancel_booking")) == 1
    assert "Slimoju" not in str(list(Event.objects.values()))


def test_who_called_off_cannot_take_the_booking_back_by_moving_it(booking: Booking) -> None:
    cancel_booking(booking, by=BookingHolder(booking.pk))
    response = Client().post(own("move_own_booking", booking), {"at": slot_value(at(SECOND))})
    assert response.status_code == 409
    booking.refresh_from_db()
    assert booking.cancelled_at


def test_when_the_time_has_come_nothing_changes_any_more(booking: Booking) -> None:
    with time_machine.travel(at("2030-02-05 15:01")):
        body = Client().get(own("show_booking", booking)).content.decode()
        assert "Izvēlēties citu laiku" not in body
        assert Client().post(own("cancel_own_booking", booking), {"reason": ""}).status_code == 409
        with pytest.raises(BookingBegun):
            move_booking(booking, starts_at=at(SECOND), by=BookingHolder(booking.pk))


def test_the_link_of_one_booking_opens_no_other(booking: Booking, reception: Reception) -> None:
    other = book(reception, SECOND, email="cits@example.lv")
    for deed in (cancel_booking, lambda one, by: move_booking(one, starts_at=at(SECOND), by=by)):
        with pytest.raises(PermissionDenied):
            deed(other, by=BookingHolder(booking.pk))


def test_moving_to_and_fro_has_a_limit(booking: Booking, settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"move_booking": (1, 3600)}
    client = Client()
    client.post(own("move_own_booking", booking), {"at": slot_value(at(SECOND))})
    assert client.post(own("move_own_booking", booking), {"at": slot_value(at(FIRST))}).status_code == 429
