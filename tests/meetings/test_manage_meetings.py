# SPDX-License-Identifier: EUPL-1.2
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.meetings.operations.calling import cancel_meeting
from talka.processes.models import Process
from tests.meetings.factories import make_meeting, make_place

SignIn = Callable[[User], Client]


def shown(client: Client, process: Process, **asked: str) -> str:
    with translation.override("lv"):
        response = client.get(reverse("meetings:manage_meetings", args=[process.slug]), asked)
    assert response.status_code == 200
    return response.content.decode()


def titles(body: str) -> list[str]:
    return re.findall(r'<td class="main"><a [^>]*>([^<]+)<', body)


@pytest.fixture(autouse=True)
def _meetings(process: Process, group: WorkingGroup, carol: User) -> None:
    make_meeting(process, carol, "2020-02-12 13:00", title="Notikusī")
    make_meeting(process, carol, "2030-02-12 13:00", title="Gaidāmā", groups=[group], place=make_place())
    make_meeting(process, carol, "2030-02-11", title="Dienas", access="members")
    make_meeting(process, carol, title="Nezināmā")
    cancel_meeting(make_meeting(process, carol, "2030-02-10 13:00", title="Atceltā"), by=carol, reason="Slimība.")


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("", ["Dienas", "Gaidāmā"]),
        ("past", ["Notikusī"]),
        ("undated", ["Nezināmā"]),
        ("cancelled", ["Atceltā"]),
        ("x", ["Dienas", "Gaidāmā"]),
    ],
)
def test_meetings_are_listed_by_how_they_stand(
    process: Process, carol: User, sign_in: SignIn, show: str, found: list[str]
) -> None:
    body = shown(sign_in(carol), process, show=show)
    assert titles(body) == found
    for option in ("Gaidāmās (2)", "Notikušās (1)", "Datums vēl nav noteikts (1)", "Atceltās (1)"):
        assert option in body


def test_the_list_is_narrowed_to_a_group(process: Process, group: WorkingGroup, carol: User, sign_in: SignIn) -> None:
    body = shown(sign_in(carol), process, group=str(group.pk))
    assert titles(body) == ["Gaidāmā"]
    assert "Gaidāmās (1)" in body
    assert titles(shown(sign_in(carol), process, group="nav")) == []


def test_an_empty_list_says_what_to_do(
    process: Process, group: WorkingGroup, carol: User, clara: User, sign_in: SignIn
) -> None:
    body = shown(sign_in(carol), process, group="0")
    assert "Šādu sanāksmju nav" in body
    assert "Sasaukt sanāksmi" in body
    assert "Sasaukt sanāksmi" not in shown(sign_in(clara), process)


def test_the_list_asks_the_database_little(
    process: Process, carol: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(carol)
    for number in range(20):
        make_meeting(process, carol, f"2030-03-{number + 1:02} 13:00", place=make_place())
    with django_assert_max_num_queries(18):
        shown(client, process)


@pytest.mark.parametrize(("who", "changes"), [("carol", {"Dienas", "Gaidāmā"}), ("leo", {"Gaidāmā"}), ("clara", set())])
def test_only_what_one_may_change_leads_to_the_form(
    who: str, changes: set[str], process: Process, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    body = shown(sign_in(request.getfixturevalue(who)), process)
    found = dict(re.findall(r'<td class="main"><a [^>]*href="([^"]+)"[^>]*>([^<]+)<', body))
    assert set(found.values()) == {"Dienas", "Gaidāmā"}
    assert {title for address, title in found.items() if "/workspace/" in address} == changes
