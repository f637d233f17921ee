# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.directory.wording import place_words
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.meetings.operations.calling import cancel_meeting
from talka.meetings.wording import when_words
from talka.processes.models import Process
from tests.meetings.factories import at, make_meeting, make_place

SignIn = Callable[[User], Client]


def address(meeting: Meeting, language: str = "lv", name: str = "show_meeting") -> str:
    with translation.override(language):
        return reverse(f"meetings:{name}", args=[meeting.process.slug, meeting.pk])


def text(client: Client, meeting: Meeting, language: str = "lv") -> str:
    response = client.get(address(meeting, language))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("language", "starts", "ends", "written"),
    [
        ("lv", "2020-02-12 13:00", "2020-02-12 15:00", "trešdien, 12. februārī plkst. 13.00–15.00"),
        ("lv", "2021-03-07 09:05", "", "svētdien, 2021. gada 7. martā plkst. 9.05"),
        ("lv", "2020-02-12", "", "trešdien, 12. februārī"),
        (
            "lv",
            "2020-08-31 20:00",
            "2020-09-01 01:00",
            "pirmdien, 31. augustā plkst. 20.00 – otrdien, 1. septembrī plkst. 1.00",
        ),
        ("lv", "2020-02-12 22:00", "2020-02-13 00:00", "trešdien, 12. februārī plkst. 22.00–0.00"),
        ("lv", "", "", "februāra otrajā pusē"),
        ("en", "2020-02-12 13:00", "2020-02-12 15:00", "Wednesday 12 February, 13:00–15:00"),
        ("en", "2021-02-12", "", "Friday 12 February 2021"),
    ],
)
def test_the_time_is_written_as_people_write_it(
    process: Process, carol: User, language: str, starts: str, ends: str, written: str
) -> None:
    meeting = make_meeting(process, carol, starts, ends)
    with time_machine.travel(at("2020-01-03 12:00"), tick=False), translation.override(language):
        assert when_words(meeting) == written


def test_a_place_is_written_with_its_floor_and_room(db: None) -> None:
    place = make_place(room="Lielā zāle")
    with translation.override("lv"):
        assert place_words(place) == "Domes nams, Rožu laukums 6, Liepāja, 2. stāvs, Lielā zāle"
        assert (
            place_words(make_place(floor="pagrabstāvs", room="15"))
            == "Domes nams, Rožu laukums 6, Liepāja, pagrabstāvs, 15. telpa"
        )
    with translation.override("en"):
        assert place_words(make_place(room="")) == "Domes nams, Rožu laukums 6, Liepāja, floor 2"


def test_everybody_sees_when_where_and_how_to_get_in(process: Process, group: WorkingGroup, carol: User) -> None:
    meeting = make_meeting(process, carol, "2030-02-12 13:00", "2030-02-12 15:00", groups=[group], place=make_place(),
                           help_note="Zvaniet 63400000.", description="**Ceļi** un tilti")  # fmt: skip
    body = text(Client(), meeting)
    for part in ("Otrdien, 2030. gada 12. februārī plkst. 13.00–15.00", "Mobilitāte", "Rožu laukums 6", "2. stāvs", "215. telpa",
                 "Uzbrauktuve no pagalma puses.", "Ieeja no Rožu laukuma.", "Zvaniet 63400000.", "<strong>Ceļi</strong>", "meeting.ics", "point.json"):  # fmt: skip
        assert part in body
    point = Client().get(address(meeting, name="show_point")).json()
    assert point["features"][0]["geometry"]["coordinates"] == [21.0108, 56.5047]


def test_a_meeting_without_a_point_has_no_map(process: Process, carol: User) -> None:
    meeting = make_meeting(process, carol, "2030-02-12 13:00", place=make_place(longitude=None, latitude=None))
    assert "point.json" not in text(Client(), meeting)
    assert Client().get(address(meeting, name="show_point")).json()["features"] == []


def test_the_link_is_shown_to_those_it_is_for(
    process: Process, carol: User, bob: User, eve: User, sign_in: SignIn
) -> None:
    link = "https://zoom.example.lv/j/1"
    kept = make_meeting(process, carol, "2030-02-12 13:00", remote_url=link)
    for client in (Client(), sign_in(eve)):
        assert link not in text(client, kept)
        assert link not in client.get(address(kept, name="meeting_ics")).content.decode()
    assert link in text(sign_in(bob), kept)
    assert link in sign_in(bob).get(address(kept, name="meeting_ics")).content.decode()
    shown = make_meeting(process, carol, "2030-02-12 13:00", remote_url=link, remote_public=True)
    assert link in text(Client(), shown)
    cancel_meeting(shown, by=carol, reason="Slimība.")
    assert link not in text(Client(), shown)


def test_a_cancelled_meeting_says_so_and_why(process: Process, carol: User) -> None:
    meeting = make_meeting(process, carol, "2030-02-12 13:00")
    cancel_meeting(meeting, by=carol, reason="Vadītāja <b>slima</b>.")
    body = text(Client(), meeting)
    assert "Šī sanāksme ir atcelta." in body
    assert "Vadītāja &lt;b&gt;slima&lt;/b&gt;." in body


def test_a_meeting_that_is_over_says_so(process: Process, carol: User) -> None:
    assert "ir notikusi" in text(Client(), make_meeting(process, carol, "2020-02-12 13:00"))
    assert "ir notikusi" not in text(Client(), make_meeting(process, carol, "2030-02-12 13:00"))


def test_a_meeting_of_which_only_the_day_is_known_is_not_over_in_the_morning(process: Process, carol: User) -> None:
    meeting = make_meeting(process, carol, "2030-02-12")
    with time_machine.travel(at("2030-02-12 10:00")):
        assert not meeting.is_over
        assert Meeting.objects.upcoming().get() == meeting
    with time_machine.travel(at("2030-02-13 00:01")):
        assert meeting.is_over
        assert Meeting.objects.past().get() == meeting


def test_the_words_of_the_municipality_are_marked_in_another_language(process: Process, carol: User) -> None:
    meeting = make_meeting(process, carol, "2030-02-12 13:00", title="Pirmā sanāksme")
    body = text(Client(), meeting, "en")
    assert '<h1 lang="lv">Pirmā sanāksme</h1>' in body
    assert "Tuesday 12 February 2030, 13:00" in body
    assert "<h1>Pirmā sanāksme</h1>" in text(Client(), meeting)


def test_a_meeting_for_members_is_hidden_from_others(
    process: Process, carol: User, bob: User, eve: User, sign_in: SignIn
) -> None:
    meeting = make_meeting(process, carol, "2030-02-12 13:00", access="members")
    for client, status in ((Client(), 404), (sign_in(eve), 404), (sign_in(bob), 200)):
        assert client.get(address(meeting)).status_code == status
        assert client.get(address(meeting, name="meeting_ics")).status_code == status


def test_an_undated_meeting_cannot_be_taken_into_a_calendar(process: Process, carol: User) -> None:
    meeting = make_meeting(process, carol)
    assert "meeting.ics" not in text(Client(), meeting)
    assert Client().get(address(meeting, name="meeting_ics")).status_code == 404


def test_the_page_asks_the_database_little(
    process: Process, group: WorkingGroup, carol: User, django_assert_max_num_queries: Any
) -> None:
    meeting = make_meeting(process, carol, "2030-02-12 13:00", groups=[group], place=make_place())
    with django_assert_max_num_queries(6):
        text(Client(), meeting)
