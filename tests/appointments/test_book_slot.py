# SPDX-License-Identifier: EUPL-1.2
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.appointments.models import Booking, Reception
from talka.appointments.operations.bookings import SlotTaken, TooManyBookings
from talka.appointments.operations.hours import change_reception
from talka.appointments.queries import slot_value
from talka.audit.models import Event
from talka.core.http import form_signer
from talka.notifications.operations import deliver
from talka.processes.models import Process
from tests.appointments.factories import MONDAY, at, book, letters, make_reception

SignIn = Callable[[User], Client]
FIRST = "2030-02-05 15:00"


def page(reception: Reception, language: str = "lv") -> str:
    with translation.override(language):
        return reverse("appointments:book_slot", args=[reception.process.slug, reception.pk])


def public(reception: Reception) -> str:
    with translation.override("lv"):
        address = reverse("appointments:show_reception", args=[reception.process.slug, reception.pk])
    return Client().get(address).content.decode()


def typed(starts_at: str = FIRST, **fields: Any) -> dict[str, Any]:
    """Fill the form in, shown a minute ago."""
    with time_machine.travel(at(MONDAY) - timedelta(minutes=1)):
        shown = form_signer.sign("shown")
    return {
        "at": slot_value(at(starts_at)), "name": "Anna Liepa", "email": "Anna@Example.lv", "phone": "", "about": "Par veloceliņu",
        "spoken": "lv", "help_needed": "Ratiņkrēsls", "key": str(uuid.uuid4()), "shown": shown, "website": "",
    } | fields  # fmt: skip


def test_a_visitor_books_a_time_without_an_account_and_gets_a_letter_with_an_entry_for_the_calendar(
    reception: Reception,
) -> None:
    response = Client().post(page(reception), typed())
    booking = Booking.objects.get()
    assert response["Location"] == f"/lv/booking/{booking.secret}/?booked=1"
    assert (booking.starts_at, booking.ends_at, booking.seat) == (at(FIRST), at("2030-02-05 15:20"), 1)
    assert (booking.name, booking.email, booking.way, booking.language) == (
        "Anna Liepa",
        "anna@example.lv",
        "web",
        "lv",
    )
    [letter] = letters("book_slot")
    assert (letter.email, letter.subject) == ("anna@example.lv", "Laiks pierakstīts: otrdien, 5. februārī plkst. 15.00")
    assert f"/lv/booking/{booking.secret}/" in letter.text
    deliver(letter.pk, last_try=True)
    [attached] = [part for part in mail.outbox[0].attachments if "calendar" in str(part[2])]
    assert attached[2] == "text/calendar; method=PUBLISH"
    [event] = icalendar.Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert str(event["UID"]) == f"{booking.uid}@talka"
    assert (event.start, event.end) == (booking.starts_at, booking.ends_at)
    assert str(event["URL"]).endswith(f"/booking/{booking.secret}/")
    assert "text/calendar" in mail.outbox[0].message().as_string()


def test_the_log_names_nobody_who_booked(reception: Reception) -> None:
    Client().post(page(reception), typed())
    event = Event.objects.get(verb="appointments.book_slot")
    assert event.actor_label == ""
    assert "Anna" not in f"{event.object_label}{event.details}{event.reason}"


def test_the_page_offers_free_times_and_tells_nothing_of_who_booked(
    reception: Reception, eve: User, sign_in: SignIn
) -> None:
    book(reception, FIRST)
    body = public(reception)
    assert f"?at={slot_value(at(FIRST))}" not in body
    assert f"?at={slot_value(at('2030-02-05 15:20'))}" in body
    theirs = (
        sign_in(eve)
        .get(reverse("appointments:show_reception", args=[reception.process.slug, reception.pk]))
        .content.decode()
    )
    for shown in (body, theirs):
        assert "Anna" not in shown
        assert "anna@example.lv" not in shown


def test_the_chosen_time_stands_in_the_form(reception: Reception) -> None:
    body = Client().get(page(reception), {"at": slot_value(at("2030-02-12 15:40"))}).content.decode()
    assert re.search(rf'value="{slot_value(at("2030-02-12 15:40"))}" selected', body)
    assert '<optgroup label="Otrdien, 5. februārī">' in body
    assert "csrfmiddlewaretoken" not in body


def test_the_same_form_sent_twice_is_one_booking(reception: Reception) -> None:
    form = typed()
    first, second = Client().post(page(reception), form), Client().post(page(reception), form)
    assert first["Location"] == second["Location"]
    assert Booking.objects.count() == 1
    key = uuid.uuid4()
    assert book(reception, "2030-02-05 15:20", key=key).pk == book(reception, "2030-02-05 15:20", key=key).pk


def test_a_time_that_was_taken_meanwhile_is_said_beside_it_and_nothing_typed_is_lost(reception: Reception) -> None:
    book(reception, FIRST)
    response = Client().post(page(reception), typed(email="cits@example.lv"))
    body = response.content.decode()
    assert response.status_code == 422
    assert "Šis laiks vairs nav brīvs. Izvēlieties citu." in body
    assert 'value="Par veloceliņu"' in body
    assert Booking.objects.count() == 1
    with pytest.raises(SlotTaken):
        book(reception, FIRST, email="cits@example.lv")


def test_as_many_as_have_a_seat_take_the_same_time(process: Process, carol: User) -> None:
    reception = make_reception(process, carol, seats=2)
    assert [book(reception, FIRST, email=f"{name}@example.lv").seat for name in ("a", "b")] == [1, 2]
    with pytest.raises(SlotTaken):
        book(reception, FIRST, email="c@example.lv")


def test_one_address_or_number_holds_two_times_ahead_and_no_more(reception: Reception) -> None:
    book(reception, FIRST, phone="20 000 111")
    book(reception, "2030-02-05 15:20")
    with pytest.raises(TooManyBookings):
        book(reception, "2030-02-05 15:40")
    book(reception, "2030-02-05 15:40", email="", phone="+371 20000111")
    with pytest.raises(TooManyBookings):
        book(reception, "2030-02-12 15:00", email="", phone="20000111")
    response = Client().post(page(reception), typed("2030-02-12 15:00"))
    assert response.status_code == 409
    assert "jau pierakstīts tik laiku, cik drīkst" in response.content.decode()
    with time_machine.travel(at("2030-02-06 09:00")):
        assert book(reception, "2030-02-12 15:00").pk


def test_visitors_book_neither_too_soon_nor_too_far_ahead(process: Process, carol: User) -> None:
    reception = make_reception(process, carol, open_days=8, close_hours=30)
    for starts_at in (FIRST, "2030-02-19 15:00"):
        with pytest.raises(SlotTaken):
            book(reception, starts_at)
    assert book(reception, "2030-02-05 15:20").starts_at == at("2030-02-05 15:20")


@pytest.mark.parametrize(
    "starts_at", ["2030-02-05 16:00", "2030-02-05 15:10", "2030-02-06 15:00", "2030-02-05 17:20", "2030-01-29 15:00"]
)
def test_only_what_follows_from_the_rule_can_be_booked(reception: Reception, starts_at: str) -> None:
    with pytest.raises(SlotTaken):
        book(reception, starts_at)
    assert Client().post(page(reception), typed(starts_at)).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Norādiet, kā jūs uzrunāt"),
        ({"email": "", "phone": ""}, "Norādiet e-pasta adresi vai tālruņa numuru"),
        ({"email": "nav adrese"}, "e-pasta"),
        ({"email": "", "phone": "abc"}, "Pārbaudiet tālruņa numuru"),
        ({"at": ""}, "Izvēlieties laiku."),
        ({"at": "\x00"}, "vairs nav brīvs"),
        ({"at": "9" * 500}, "vairs nav brīvs"),
        ({"spoken": "xx"}, "xx"),
        ({"about": "a" * 501}, "500"),
        ({"website": "http://spam"}, "sūta programma"),
        ({"shown": "x"}, "pazud"),
    ],
)
def test_wrong_input_is_said_in_a_sentence_and_nothing_typed_is_lost(
    reception: Reception, wrong: dict[str, str], sentence: str
) -> None:
    response = Client().post(page(reception), typed(**wrong))
    body = response.content.decode()
    assert response.status_code == 422
    assert sentence in body
    assert 'value="Ratiņkrēsls"' in body
    assert not Booking.objects.exists()


def test_who_has_no_mail_gets_no_letter_but_the_link(reception: Reception) -> None:
    response = Client().post(page(reception), typed(email="", phone="20 000 111"))
    assert letters() == []
    body = Client().get(response["Location"]).content.decode()
    assert "Saglabājiet šīs lapas saiti" in body
    assert "20 000 111" in body


def test_too_many_bookings_from_one_place_have_to_wait(reception: Reception, settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"book_slot": (1, 3600)}
    Client().post(page(reception), typed())
    response = Client().post(page(reception), typed("2030-02-05 15:20"))
    assert response.status_code == 429
    assert response["Retry-After"]
    assert 'value="Par veloceliņu"' in response.content.decode()


def test_who_is_signed_in_need_not_type_who_they_are_and_is_protected_against_forged_forms(
    reception: Reception, alice: User, sign_in: SignIn
) -> None:
    body = sign_in(alice).get(page(reception)).content.decode()
    assert f'value="{alice.email}"' in body
    assert "csrfmiddlewaretoken" in body
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = sign_in(alice).cookies
    assert checked.post(page(reception), typed()).status_code == 403
    assert not Booking.objects.exists()


def test_hours_that_take_no_bookings_offer_none(process: Process, carol: User) -> None:
    reception = make_reception(process, carol, bookable=False)
    assert "Nāciet bez pieraksta." in public(reception)
    assert "nav laika, kuru var pierakstīt" in Client().get(page(reception)).content.decode()
    with pytest.raises(SlotTaken):
        book(reception, FIRST)


def test_of_a_process_that_is_not_public_nothing_is_offered(reception: Reception) -> None:
    Process.objects.filter(pk=reception.process_id).update(access="members")
    assert Client().get(page(reception)).status_code == 404
    assert Client().post(page(reception), typed()).status_code == 404


def test_a_booked_time_stays_when_the_length_of_slots_changes_and_nobody_gets_a_part_of_it(
    reception: Reception, carol: User
) -> None:
    book(reception, "2030-02-05 15:20")
    change_reception(reception, by=carol, slot_minutes=30)
    reception = Reception.objects.for_pages().get()
    with pytest.raises(SlotTaken):
        book(reception, FIRST, email="cits@example.lv")
    with pytest.raises(SlotTaken):
        book(reception, "2030-02-05 15:30", email="cits@example.lv")
    assert book(reception, "2030-02-05 16:20", email="cits@example.lv").ends_at == at("2030-02-05 16:50")


def test_the_pages_speak_english(reception: Reception) -> None:
    body = Client().get(page(reception, "en")).content.decode()
    assert "Book the time" in body
    response = Client().post(page(reception, "en"), typed())
    assert "/en/booking/" in response["Location"]
    assert letters("book_slot")[0].subject == "Your time is booked: Tuesday 5 February, 15:00"


def test_more_bookings_need_no_more_queries(reception: Reception, django_assert_max_num_queries: Any) -> None:
    for hour in ("15:00", "15:20", "15:40", "16:20", "16:40"):
        book(reception, f"2030-02-05 {hour}", email=f"a{hour[:2]}{hour[3:]}@example.lv")
    with django_assert_max_num_queries(4):
        public(reception)
