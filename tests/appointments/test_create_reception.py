# SPDX-License-Identifier: EUPL-1.2
import re
from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.appointments.models import Reception
from talka.appointments.operations.hours import ProcessClosed, change_reception, create_reception
from talka.audit.models import Event
from talka.core.errors import Changed
from talka.directory.models import Place
from talka.processes.models import Process
from talka.processes.operations import close_process
from tests.appointments.factories import make_reception

SignIn = Callable[[User], Client]


def page(process: Process) -> str:
    return reverse("appointments:create_reception", args=[process.slug])


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "title": "Plānotāju pieņemšana", "weekdays": ["1", "3"], "every": "1", "opens": "15:00", "closes": "18:00", "starts_on": "2030-02-05",
        "slot_minutes": "20", "seats": "1", "open_days": "28", "close_hours": "2", "bookable": "on", "walk_ins": "on",
    } | fields  # fmt: skip


def change_page(reception: Reception) -> str:
    return reverse("appointments:change_reception", args=[reception.process.slug, reception.pk])


def test_a_coordinator_sets_reception_hours_by_weekdays(process: Process, carol: User, sign_in: SignIn) -> None:
    place = Place.objects.create(name="Domes nams", organization=process.owner)
    response = sign_in(carol).post(
        page(process), typed(place=place.pk, specialist=carol.person.pk, break_from="16:20", break_until="16:40")
    )
    reception = Reception.objects.get()
    assert response["Location"] == reverse("appointments:manage_reception", args=[process.slug, reception.pk])
    assert reception.rule == "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU,TH"
    assert (reception.weekdays, reception.every, reception.place, reception.specialist) == (
        [1, 3],
        1,
        place,
        carol.person,
    )
    assert (reception.opens, reception.break_from, reception.slot_minutes) == (time(15), time(16, 20), 20)
    assert Event.objects.filter(verb="appointments.create_reception").exists()


def test_where_no_hour_is_known_words_are_enough_and_nothing_can_be_booked(
    process: Process, carol: User, sign_in: SignIn
) -> None:
    unknown = typed(weekdays=[], opens="", closes="", starts_on="", time_note="reizi nedēļā")
    assert sign_in(carol).post(page(process), unknown).status_code == 302
    reception = Reception.objects.get()
    assert (reception.rule, reception.time_note, reception.bookable, reception.hours) == (
        "",
        "reizi nedēļā",
        False,
        None,
    )
    body = Client().get(reverse("appointments:show_reception", args=[process.slug, reception.pk])).content.decode()
    assert "Reizi nedēļā" in body
    assert "Izvēlieties laiku" not in body


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"title": ""}, "title", "jāaizpilda"),
        ({"weekdays": []}, "weekdays", "Izvēlieties nedēļas dienas"),
        ({"weekdays": ["7"]}, "weekdays", ""),
        ({"opens": ""}, "opens", "dienas ir zināmas"),
        ({"starts_on": ""}, "starts_on", "dienas ir zināmas"),
        ({"starts_on": "2030-02-31"}, "starts_on", ""),
        ({"closes": "15:00"}, "closes", "Beigām jābūt pēc sākuma"),
        ({"break_from": "16:00"}, "break_until", "pārtraukuma"),
        ({"break_from": "14:00", "break_until": "14:30"}, "break_from", "pieņemšanas laikā"),
        ({"ends_on": "2030-02-04"}, "ends_on", "nevar būt pirms"),
        ({"slot_minutes": "300"}, "slot_minutes", "ilgāk"),
        ({"slot_minutes": "x"}, "slot_minutes", ""),
        ({"seats": "0"}, "seats", ""),
        ({"remote_url": "javascript:alert(1)"}, "remote_url", ""),
        ({"every": "3"}, "every", ""),
        ({"place": "999999"}, "place", ""),
    ],
)
def test_wrong_input_is_said_beside_its_field_and_nothing_typed_is_lost(
    process: Process, carol: User, sign_in: SignIn, wrong: dict[str, Any], field: str, sentence: str
) -> None:
    response = sign_in(carol).post(page(process), typed(about="Par ielām", **wrong))
    body = response.content.decode()
    assert response.status_code == 422
    problem = re.search(rf'id="id_{field}_error">(.*?)</div>', body, re.DOTALL)
    assert problem
    assert sentence in problem[1]
    assert "Par ielām" in body
    assert not Reception.objects.exists()


def test_a_clerk_and_the_coordinator_of_another_town_set_none(process: Process, clara: User, eve: User) -> None:
    for user in (clara, eve):
        with pytest.raises(PermissionDenied):
            create_reception(process, by=user, title="Mana", time_note="kādreiz")


def test_a_closed_process_gets_none(process: Process, carol: User) -> None:
    close_process(process, by=carol)
    with pytest.raises(ProcessClosed):
        make_reception(process, carol)


def test_hours_are_changed_and_calendars_see_it(reception: Reception, carol: User, sign_in: SignIn) -> None:
    client = sign_in(carol)
    seen = re.search(r'name="seen" value="(\w+)"', client.get(change_page(reception)).content.decode())
    assert seen
    assert client.post(change_page(reception), typed(title="Cita", seen=seen[1])).status_code == 302
    reception.refresh_from_db()
    assert (reception.title, reception.sequence, reception.closes) == ("Cita", 1, time(18))
    event = Event.objects.get(verb="appointments.change_reception")
    assert {"title", "closes", "rule"} <= set(event.details["fields"])


def test_of_two_who_change_the_second_sees_what_the_first_saved(
    reception: Reception, carol: User, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    seen = re.search(r'name="seen" value="(\w+)"', client.get(change_page(reception)).content.decode())
    assert seen
    change_reception(reception, by=carol, title="Pirmais")
    response = client.post(change_page(reception), typed(title="Otrais", seen=seen[1]))
    body = response.content.decode()
    assert response.status_code == 409
    assert "Pirmais" in body
    assert 'value="Otrais"' in body
    with pytest.raises(Changed):
        change_reception(reception, by=carol, seen=seen[1], title="Otrais")


def test_the_database_refuses_hours_that_cannot_be(process: Process) -> None:
    for wrong in (
        {"rule": "", "time_note": ""},
        {"rule": "FREQ=WEEKLY;BYDAY=TU", "starts_on": date(2030, 1, 1), "opens": time(18), "closes": time(15)},
        {"time_note": "x", "slot_minutes": 0},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reception.objects.create(process=process, title="Nederīga", **wrong)
