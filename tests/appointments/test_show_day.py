# SPDX-License-Identifier: EUPL-1.2
import re
import uuid
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from talka.accounts.models import User
from talka.appointments.models import Booking, Reception
from talka.appointments.operations import visits
from talka.appointments.operations.bookings import SlotTaken, cancel_booking, move_booking
from talka.appointments.operations.hours import DayNotHeld
from talka.appointments.queries import slot_value
from talka.appointments.visitors import Visitor
from talka.audit.models import Event
from talka.processes.models import Process
from tests.appointments.factories import TUESDAY, at, book, letters, make_reception

SignIn = Callable[[User], Client]


def address(name: str, reception: Reception, *parts: Any) -> str:
    return reverse(f"appointments:{name}", args=[reception.process.slug, reception.pk, *parts])


def of_booking(name: str, booking: Booking) -> str:
    return reverse(f"appointments:{name}", args=[booking.reception.process.slug, booking.pk])


def day(reception: Reception) -> str:
    return address("show_day", reception, TUESDAY.isoformat())


def test_the_list_of_a_day_shows_who_comes_and_what_is_free(reception: Reception, clara: User, sign_in: SignIn) -> None:
    book(
        reception,
        "2030-02-05 15:20",
        phone="20 000 111",
        about="Par veloceliņu",
        help_needed="Slikti dzirdu",
        spoken="ru",
    )
    body = sign_in(clara).get(day(reception)).content.decode()
    for expected in (
        "Anna Liepa",
        "20 000 111",
        "Par veloceliņu",
        "Slikti dzirdu",
        "Krievu",
        "15.20–15.40",
        "brīvs, pierakstīt",
    ):
        assert expected in body
    assert body.count("brīvs, pierakstīt") == 5
    assert "← 29. janvāris" in body
    assert "12. februāris →" in body


def test_only_those_who_keep_the_hours_and_who_receives_see_who_comes(
    process: Process, carol: User, dora: User, leo: User, eve: User, adam: User, root: User, sign_in: SignIn
) -> None:
    reception = make_reception(process, carol, specialist=dora.person)
    booking = book(reception, "2030-02-05 15:20")
    for user in (leo, eve, adam, root):
        for name in ("show_day", "print_day", "add_walk_in", "close_day"):
            assert sign_in(user).get(address(name, reception, "2030-02-05")).status_code == 403, (user, name)
        assert sign_in(user).get(of_booking("write_down", booking)).status_code == 404
        assert sign_in(user).get(address("manage_reception", reception)).status_code == 403
    client = sign_in(dora)
    body = client.get(day(reception)).content.decode()
    assert "Anna Liepa" in body
    assert "/move/" not in body
    assert client.get(address("manage_reception", reception)).status_code == 200
    assert client.get(of_booking("cancel_booking", booking)).status_code == 403
    assert "Plānotāju pieņemšana" in client.get("/lv/workspace/").content.decode()
    assert "Plānotāju pieņemšana" not in sign_in(eve).get("/lv/workspace/").content.decode()


def test_who_no_longer_works_here_sees_nobody_any_more(process: Process, carol: User, dora: User) -> None:
    reception = make_reception(process, carol, specialist=dora.person)
    booking = book(reception, "2030-02-05 15:20")
    assert list(Booking.objects.visible_to(dora)) == [booking]
    dora.person.staff.update(starts_on="2020-01-01", ends_on="2030-02-03")
    assert not Booking.objects.visible_to(dora).exists()
    with pytest.raises(PermissionDenied):
        visits.print_day(reception, TUESDAY, by=dora)


def test_the_clerk_books_for_a_caller_also_what_is_not_offered_on_the_web(
    process: Process, carol: User, clara: User, sign_in: SignIn
) -> None:
    reception = make_reception(process, carol, bookable=False)
    form = {"at": slot_value(at("2030-02-05 15:00")), "name": "Rasma", "phone": "20 000 222", "email": "", "about": "Tiltiņš", "spoken": "lv",
            "help_needed": "", "key": str(uuid.uuid4())}  # fmt: skip
    response = sign_in(clara).post(address("book_for_caller", reception), form, follow=True)
    booking = Booking.objects.get()
    assert (booking.way, booking.booked_by, booking.name) == ("phone", clara, "Rasma")
    assert "Pasakiet zvanītājam: otrdien, 5. februārī, 15.00–15.20." in response.content.decode()
    assert response.redirect_chain[-1][0] == day(reception)
    wrong = sign_in(clara).post(address("book_for_caller", reception), form | {"phone": "", "key": str(uuid.uuid4())})
    assert wrong.status_code == 422
    assert 'value="Tiltiņš"' in wrong.content.decode()


def test_the_clerk_moves_and_calls_off_and_the_visitor_is_told(
    reception: Reception, clara: User, sign_in: SignIn
) -> None:
    booking, client = book(reception, "2030-02-05 15:00"), sign_in(clara)
    assert (
        client.post(of_booking("move_booking", booking), {"at": slot_value(at("2030-02-05 16:40"))}).status_code == 302
    )
    booking.refresh_from_db()
    assert booking.starts_at == at("2030-02-05 16:40")
    assert "plkst. 16.40" in letters("move_booking")[0].text
    assert client.post(of_booking("cancel_booking", booking), {"reason": ""}).status_code == 422
    assert client.post(of_booking("cancel_booking", booking), {"reason": "Speciālists aizbrauca."}).status_code == 302
    assert "Speciālists aizbrauca." in letters("cancel_booking")[0].text
    body = client.get(day(reception)).content.decode()
    assert "atcēlām mēs" in body


def test_who_came_is_marked_on_the_day_and_can_be_taken_back(
    reception: Reception, clara: User, sign_in: SignIn
) -> None:
    booking = book(reception, "2030-02-05 15:00")
    mark = of_booking("mark_visit", booking)
    assert sign_in(clara).post(mark, {"came": "yes"}).status_code == 409
    with time_machine.travel(at("2030-02-05 15:10")):
        client = sign_in(clara)
        for sent, came in (("yes", True), ("no", False), ("", None), ("x", None)):
            response = client.post(mark, {"came": sent})
            assert response["Location"].endswith(f"#booking-{booking.pk}")
            booking.refresh_from_db()
            assert booking.came is came


def test_somebody_without_booking_takes_no_slot_from_anybody(
    reception: Reception, clara: User, sign_in: SignIn
) -> None:
    with time_machine.travel(at("2030-02-05 15:10")):
        response = sign_in(clara).post(
            address("add_walk_in", reception, "2030-02-05"), {"name": "", "about": "Kur iesniegt?"}
        )
        assert response["Location"] == day(reception)
        visit = Booking.objects.get()
        assert (visit.seat, visit.came, visit.way, visit.about) == (None, True, "desk", "Kur iesniegt?")
        body = sign_in(clara).get(day(reception)).content.decode()
        assert "bez pieraksta" in body
    with pytest.raises(visits.DayNotCome):
        visits.add_walk_in(reception, TUESDAY, visitor=Visitor(), by=clara)
    with time_machine.travel(at("2030-02-07 15:10")), pytest.raises(DayNotHeld):
        visits.add_walk_in(reception, at("2030-02-06 12:00").date(), visitor=Visitor(), by=clara)


def test_the_list_is_printed_as_an_accessible_document_and_the_log_says_so(
    reception: Reception, clara: User, sign_in: SignIn
) -> None:
    book(reception, "2030-02-05 15:20", about="#set page(fill: red) *nav kods*")
    response = sign_in(clara).get(address("print_day", reception, "2030-02-05"))
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", "no-store")
    assert response.content.startswith(b"%PDF")
    assert b"/MarkInfo" in response.content
    text = text_of(response.content)
    for expected in (
        "Anna Liepa",
        "15.20–15.40",
        "#set page(fill: red) *nav kods*",
        "brīvs",
        "Otrdien, 2030. gada 5. februārī",
    ):
        assert expected in text
    event = Event.objects.get(verb="appointments.print_day")
    assert (event.actor_label, event.details["day"]) == (str(clara), "2030-02-05")


def text_of(document: bytes) -> str:
    """Return the words of a PDF with single spaces."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(BytesIO(document))
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in pdf))


@pytest.mark.parametrize("wrong", ["x", "2030-02-30", "20300205", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_is_not_found(reception: Reception, clara: User, sign_in: SignIn, wrong: str) -> None:
    assert sign_in(clara).get(address("show_day", reception, wrong)).status_code == 404


def test_a_day_without_reception_says_so(reception: Reception, clara: User, sign_in: SignIn) -> None:
    body = sign_in(clara).get(address("show_day", reception, "2030-02-06")).content.decode()
    assert "Šajā dienā pieņemšanas nav." in body


def test_more_visitors_need_no_more_queries(
    reception: Reception, clara: User, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    client = sign_in(clara)
    book(reception, "2030-02-05 15:00", email="a@example.lv")
    client.get(day(reception))
    with CaptureQueriesContext(connection) as first:
        client.get(day(reception))
    assert len(first) <= 25
    for hour in ("15:20", "15:40", "16:20", "16:40"):
        book(reception, f"2030-02-05 {hour}", email=f"b{hour[:2]}{hour[3:]}@example.lv")
    with django_assert_num_queries(len(first)):
        client.get(day(reception))


def test_a_clerk_of_another_process_moves_nothing(reception: Reception, eve: User) -> None:
    booking = book(reception, "2030-02-05 15:00")
    for deed in (
        lambda: cancel_booking(booking, by=eve, reason="x"),
        lambda: move_booking(booking, starts_at=at("2030-02-05 15:20"), by=eve),
        lambda: visits.mark_visit(booking, came=True, by=eve),
        lambda: visits.add_walk_in(reception, TUESDAY, visitor=Visitor(), by=eve),
        lambda: visits.print_day(reception, TUESDAY, by=eve),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_the_clerk_cannot_give_a_taken_time(reception: Reception, clara: User) -> None:
    first, second = book(reception, "2030-02-05 15:00"), book(reception, "2030-02-05 15:20", email="b@example.lv")
    with pytest.raises(SlotTaken):
        move_booking(second, starts_at=first.starts_at, by=clara)
