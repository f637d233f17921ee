# SPDX-License-Identifier: EUPL-1.2
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.processes.models import Process

SignIn = Callable[[User], Client]

FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//LV
BEGIN:VEVENT
UID:a@example
SUMMARY:Senioru padome
DTSTART;TZID=Europe/Riga:20310401T100000
DTEND;TZID=Europe/Riga:20310401T113000
RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=3
LOCATION:Kultūras nams
DESCRIPTION:Par aprūpi mājās
END:VEVENT
BEGIN:VEVENT
UID:b@example
SUMMARY:Novada diena
DTSTART;VALUE=DATE:20310510
END:VEVENT
BEGIN:VEVENT
UID:c@example
SUMMARY:<script>alert(1)</script>
DTSTART:20310511T090000Z
RRULE:FREQ=SOMETIMES
END:VEVENT
BEGIN:VEVENT
UID:d@example
SUMMARY:Atcelta
STATUS:CANCELLED
DTSTART:20310512T090000Z
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2031, 2, 3, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def page(process: Process) -> str:
    return f"/lv/workspace/p/{process.slug}/meetings/from-calendar/"


def read(client: Client, page: str, content: str = FILE) -> Any:
    return client.post(page, {"file": SimpleUploadedFile("kalendars.ics", content.encode(), "text/calendar")})


def held() -> list[str]:
    found = Meeting.objects.order_by("starts_at").values_list("title", "starts_at")
    return [f"{title} {timezone.localtime(at):%d.%m. %H.%M}" for title, at in found if at]


def take(client: Client, page: str, shown: Any, keys: list[str] | None = None, **more: Any) -> Any:
    form = shown.context["form"]
    chosen = keys if keys is not None else [event.key for event in form.events]
    return client.post(page, {"read": form["read"].value(), "chosen": chosen, "access": "public", **more})


def test_what_a_file_holds_is_seen_chosen_and_called(
    page: str, group: WorkingGroup, leo: User, sign_in: SignIn
) -> None:
    client = sign_in(leo)
    shown = read(client, page)
    content = shown.content.decode()
    assert "Otrdien, 1. aprīlī plkst. 10.00–11.30" in content
    assert "Atcelta" not in content
    assert "<script>alert(1)" not in content
    assert "pēc nosacījuma, ko nevar nolasīt" in content
    assert not Meeting.objects.exists()
    keys = [event.key for event in shown.context["form"].events if event.title != "Novada diena"]
    assert take(client, page, shown, keys, groups=[group.pk]).status_code == 302
    assert held()[:3] == [
        "Senioru padome 01.04. 10.00",
        "Senioru padome 06.05. 10.00",
        "<script>alert(1)</script> 11.05. 12.00",
    ]
    meeting = Meeting.objects.earliest("starts_at")
    assert meeting.description == "Kultūras nams"
    assert list(meeting.groups.all()) == [group]


def test_descriptions_are_taken_along_only_where_asked_for(page: str, carol: User, sign_in: SignIn) -> None:
    client = sign_in(carol)
    shown = read(client, page)
    assert "Par aprūpi mājās" in shown.content.decode()
    take(client, page, shown, with_text="on")
    assert Meeting.objects.earliest("starts_at").description == "Kultūras nams\n\nPar aprūpi mājās"


def test_a_file_as_full_as_can_be_is_sent_whole(page: str, carol: User, sign_in: SignIn) -> None:
    client = sign_in(carol)
    events = "".join(
        f"BEGIN:VEVENT\nUID:{number}\nSUMMARY:Sēde {number}\nDTSTART:20310401T{number % 24:02}0000Z\nDESCRIPTION:{secrets.token_hex(2300)}\nEND:VEVENT\n"
        for number in range(200)
    )
    shown = read(client, page, f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")
    assert take(client, page, shown, with_text="on").status_code == 302
    assert Meeting.objects.count() == 200


def test_the_same_file_makes_nothing_twice(page: str, carol: User, sign_in: SignIn) -> None:
    client = sign_in(carol)
    shown = read(client, page)
    assert take(client, page, shown).status_code == 302
    first = held()
    assert take(client, page, shown).status_code == 302
    again = read(client, page)
    assert "jau ir kalendārā" in again.content.decode()
    assert not any(ticked for _event, _meeting, ticked, _there in again.context["rows"])
    assert held() == first
    assert len(first) == 5
    assert Meeting.objects.get(title="Novada diena").whole_day


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Labdien!", "Šis nav kalendāra fails"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "no šodienas nekas nenotiek"),
        ("BEGIN:VEVENT\n" + "X" * 1_000_001, "lielāks par 1 MB"),
    ],
)
def test_a_file_that_holds_nothing_is_explained(
    page: str, carol: User, sign_in: SignIn, content: str, said: str
) -> None:
    answer = read(sign_in(carol), page, content)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_choosing_nothing_or_what_was_not_read_changes_nothing(page: str, carol: User, sign_in: SignIn) -> None:
    client = sign_in(carol)
    shown = read(client, page)
    assert take(client, page, shown, []).status_code == 422
    assert take(client, page, shown, ["x"]).status_code == 422
    forged = client.post(
        page, {"read": shown.context["form"]["read"].value() + "x", "chosen": ["x"], "access": "public"}
    )
    assert forged.status_code == 422
    assert "Izvēlieties failu vēlreiz" in forged.content.decode()
    assert not Meeting.objects.exists()


def test_a_lead_has_to_choose_a_group(page: str, group: WorkingGroup, leo: User, sign_in: SignIn) -> None:
    client = sign_in(leo)
    assert take(client, page, read(client, page)).status_code == 422
    assert not Meeting.objects.exists()
