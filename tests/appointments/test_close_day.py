# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.appointments.link_holder import BookingHolder
from talka.appointments.models import Booking, Reception, SpecialDay
from talka.appointments.operations import hours
from talka.appointments.operations.bookings import move_booking
from talka.appointments.queries import held_days, hours_on, slot_value
from talka.audit.models import Event
from talka.directory.models import Place
from talka.directory.operations import change_place
from talka.processes.models import Process
from talka.processes.operations import close_process
from tests.appointments.factories import TUESDAY, at, book, letters, make_reception

SignIn = Callable[[User], Client]
WEDNESDAY = date(2030, 2, 6)


def address(name: str, reception: Reception, *parts: Any) -> str:
    return reverse(f"appointments:{name}", args=[reception.process.slug, reception.pk, *parts])


def again(reception: Reception) -> Reception:
    return Reception.objects.for_pages().get(pk=reception.pk)


def test_a_clerk_closes_a_day_and_everybody_who_booked_is_told_and_offered_another_time(
    reception: Reception, clara: User, sign_in: SignIn
) -> None:
    first, second = (
        book(reception, "2030-02-05 15:00"),
        book(reception, "2030-02-05 15:20", email="", phone="20 000 111"),
    )
    later = book(reception, "2030-02-12 15:00", email="cits@example.lv")
    client = sign_in(clara)
    assert "Tiks atcelti 2 pieraksti" in client.get(address("close_day", reception, "2030-02-05")).content.decode()
    response = client.post(address("close_day", reception, "2030-02-05"), {"reason": "Speciāliste slima."})
    assert response["Location"] == address("manage_reception", reception)
    for booking, called_off in ((first, True), (second, True), (later, False)):
        booking.refresh_from_db()
        assert (booking.is_cancelled, booking.cancelled_by_us) == (called_off, called_off)
    [letter] = letters("close_day")
    assert letter.email == "anna@example.lv"
    assert "Speciāliste slima." in letter.text
    assert "Tuvākais brīvais laiks ir otrdien, 12. februārī plkst. 15.20." in letter.text
    assert "METHOD:CANCEL" in letter.calendar
    assert hours_on(again(reception), TUESDAY) is None
    page = client.get(address("show_day", reception, "2030-02-05")).content.decode()
    assert "jāpiezvana:" in page
    assert "Speciāliste slima." in Client().get(address("show_reception", reception)).content.decode()


def test_who_was_called_off_by_us_takes_another_time_by_the_same_link(reception: Reception, clara: User) -> None:
    booking = book(reception, "2030-02-05 15:00")
    hours.close_day(reception, TUESDAY, by=clara, reason="Slimība.")
    link = reverse("appointments:show_booking", args=[booking.secret])
    assert "Pašvaldība šo pierakstu ir atcēlusi." in Client().get(link).content.decode()
    Client().post(
        reverse("appointments:move_own_booking", args=[booking.secret]), {"at": slot_value(at("2030-02-12 15:00"))}
    )
    booking.refresh_from_db()
    assert (booking.cancelled_at, booking.cancelled_by_us, booking.starts_at) == (None, False, at("2030-02-12 15:00"))
    assert letters("move_booking")


def test_a_day_is_closed_only_where_it_is_held_and_has_not_passed(
    reception: Reception, clara: User, sign_in: SignIn
) -> None:
    with pytest.raises(hours.DayNotHeld):
        hours.close_day(reception, WEDNESDAY, by=clara, reason="x")
    with pytest.raises(hours.DayOver):
        hours.close_day(reception, date(2030, 1, 29), by=clara, reason="x")
    response = sign_in(clara).post(address("close_day", reception, "2030-02-06"), {"reason": "Slimība"})
    assert response.status_code == 409
    assert 'value="Slimība"' in response.content.decode()
    assert sign_in(clara).post(address("close_day", reception, "2030-02-05"), {"reason": ""}).status_code == 422


def test_closing_is_taken_back(reception: Reception, clara: User, sign_in: SignIn) -> None:
    hours.close_day(reception, TUESDAY, by=clara, reason="Slimība.")
    special = SpecialDay.objects.get()
    assert sign_in(clara).post(address("remove_special_day", reception, special.pk)).status_code == 302
    assert hours_on(again(reception), TUESDAY) is not None


def test_an_extra_day_has_its_own_hours_and_can_be_booked(reception: Reception, clara: User, sign_in: SignIn) -> None:
    form = {"day": "2030-02-06", "opens": "09:00", "closes": "10:00", "reason": "Dzirnupē"}
    assert sign_in(clara).post(address("open_extra_day", reception), form).status_code == 302
    assert held_days(again(reception), WEDNESDAY, WEDNESDAY)[WEDNESDAY].opens == time(9)
    booking = book(reception, "2030-02-06 09:40")
    with pytest.raises(hours.HasBookings):
        hours.remove_special_day(SpecialDay.objects.get(), by=clara)
    hours.close_day(reception, WEDNESDAY, by=clara, reason="Tomēr nē.")
    booking.refresh_from_db()
    assert booking.is_cancelled


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"day": "2030-02-05"}, 409),
        ({"day": "2030-02-03"}, 422),
        ({"day": "x"}, 422),
        ({"closes": "09:00"}, 422),
        ({"opens": ""}, 422),
    ],
)
def test_an_extra_day_that_cannot_be_is_refused(
    reception: Reception, clara: User, sign_in: SignIn, wrong: dict[str, str], status: int
) -> None:
    form = {"day": "2030-02-06", "opens": "09:00", "closes": "10:00", "reason": "Dzirnupē"} | wrong
    response = sign_in(clara).post(address("open_extra_day", reception), form)
    assert response.status_code == status
    assert 'value="Dzirnupē"' in response.content.decode()
    assert not SpecialDay.objects.exists()


def test_a_public_holiday_is_no_day_of_reception(reception: Reception) -> None:
    days = held_days(reception, date(2030, 12, 20), date(2031, 1, 10))
    assert list(days) == [date(2031, 1, 7)]


def test_the_coordinator_ends_the_hours_and_those_after_the_last_day_are_told(
    reception: Reception, carol: User, sign_in: SignIn
) -> None:
    kept, lost = book(reception, "2030-02-05 15:00"), book(reception, "2030-02-12 15:00")
    response = sign_in(carol).post(
        address("end_reception", reception), {"ends_on": "2030-02-05", "reason": "Programma gatava."}
    )
    assert response.status_code == 302
    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (kept.is_cancelled, lost.is_cancelled) == (False, True)
    [letter] = letters("close_day")
    assert "Programma gatava." in letter.text
    assert "Tuvākais brīvais laiks ir otrdien, 5. februārī" in letter.text
    assert list(held_days(again(reception), date(2030, 2, 1), date(2030, 3, 1))) == [TUESDAY]


def test_who_does_not_keep_the_hours_changes_no_day(reception: Reception, eve: User, dora: User, clara: User) -> None:
    for user in (eve, dora):
        for deed in (
            lambda by: hours.close_day(reception, TUESDAY, by=by, reason="x"),
            lambda by: hours.open_extra_day(reception, by=by, day=WEDNESDAY, opens=time(9), closes=time(10)),
        ):
            with pytest.raises(PermissionDenied):
                deed(user)
    with pytest.raises(PermissionDenied):
        hours.end_reception(reception, by=clara, ends_on=TUESDAY, reason="x")


def test_closing_says_in_the_log_which_day_and_why(reception: Reception, clara: User) -> None:
    hours.close_day(reception, TUESDAY, by=clara, reason="Slimība.")
    event = Event.objects.get(verb="appointments.close_day")
    assert (event.reason, event.details["day"]) == ("Slimība.", "2030-02-05")


def test_a_place_that_changes_is_seen_by_calendars(process: Process, carol: User, root: User) -> None:
    place = Place.objects.create(name="Domes nams", organization=process.owner)
    reception = make_reception(process, carol, place=place)
    change_place(place, by=root, name="Jaunais nams")
    reception.refresh_from_db()
    assert reception.sequence == 1


def test_a_moved_booking_of_a_closed_day_may_be_moved_by_its_holder_only(reception: Reception, clara: User) -> None:
    booking = book(reception, "2030-02-05 15:00")
    hours.close_day(reception, TUESDAY, by=clara, reason="Slimība.")
    moved = move_booking(Booking.objects.get(), starts_at=at("2030-02-12 15:00"), by=BookingHolder(booking.pk))
    assert not moved.is_cancelled


def test_who_booked_a_time_after_the_process_was_closed_is_told(reception: Reception, carol: User) -> None:
    booking = book(reception, "2030-02-05 15:00")
    close_process(reception.process, by=carol)
    booking.refresh_from_db()
    assert booking.cancelled_by_us
    [letter] = letters("close_day")
    assert "Šī pieņemšana ir beigusies." in letter.text
    assert "/booking/" not in letter.text
    body = Client().get(reverse("appointments:show_booking", args=[booking.secret])).content.decode()
    assert "Pašvaldība šo pierakstu ir atcēlusi." in body
    assert "Izvēlēties citu laiku" not in body


def test_a_day_that_the_rule_left_behind_is_closed_for_those_who_had_booked_it(
    reception: Reception, carol: User, clara: User
) -> None:
    booking = book(reception, "2030-02-05 15:00")
    hours.change_reception(reception, by=carol, rule="FREQ=WEEKLY;INTERVAL=1;BYDAY=WE")
    assert hours_on(again(reception), TUESDAY) is None
    assert hours.close_day(reception, TUESDAY, by=clara, reason="Turpmāk trešdienās.") == 1
    booking.refresh_from_db()
    assert booking.is_cancelled
    assert "trešdien, 6. februārī" in letters("close_day")[0].text


def test_hours_do_not_end_in_the_past(reception: Reception, carol: User, sign_in: SignIn) -> None:
    with pytest.raises(hours.DayOver):
        hours.end_reception(reception, by=carol, ends_on=date(2030, 2, 3), reason="x")
    response = sign_in(carol).post(address("end_reception", reception), {"ends_on": "2030-02-03", "reason": "Beidzam."})
    assert response.status_code == 422
    assert "Beidzam." in response.content.decode()
