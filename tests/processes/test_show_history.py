# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from talka.accounts.models import User
from talka.core import clock
from talka.processes.models import Process
from talka.processes.operations import change_process, close_process, publish_process, save_phase

SignIn = Callable[[User], Client]
Queries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def history(process: Process) -> str:
    """The address of what happened in the process."""
    return f"/lv/workspace/p/{process.slug}/history/"


def test_what_happened_is_told_in_words_with_who_and_why(
    process: Process, carol: User, history: str, sign_in: SignIn
) -> None:
    change_process(process, by=carol, title="Cits nosaukums", summary="Cits teikums.")
    close_process(process, by=carol, reason="Programma apstiprināta.")
    page = sign_in(carol).get(history).content.decode()
    for words in (
        "Karola",
        "slēdza procesu",
        "Programma apstiprināta.",
        "mainīja procesu: vienā vai divos teikumos, nosaukums",
    ):
        assert words in page


def test_the_list_is_narrowed_by_person_deed_and_period(
    process: Process, carol: User, root: User, history: str, sign_in: SignIn
) -> None:
    with clock.at(clock.now() - timedelta(days=10)):
        save_phase(process, by=carol, title="Sen pievienots posms")
    client = sign_in(carol)

    def titles(**asked: Any) -> list[str]:
        return [event.object_label for event, _what, _fields in client.get(history, asked).context["happened"]]

    today = clock.today()
    assert "Sen pievienots posms" in titles()
    assert titles(verb="processes.save_phase") == ["Sen pievienots posms"]
    assert "Sen pievienots posms" not in titles(actor=root.pk)
    assert titles(actor=root.pk)
    assert "Sen pievienots posms" not in titles(since=today.isoformat())
    assert titles(until=(today - timedelta(days=5)).isoformat()) == ["Sen pievienots posms"]


@pytest.mark.parametrize(
    "asked",
    [
        {"actor": "x"},
        {"actor": "99999999999999999999"},
        {"verb": "processes.fly"},
        {"since": "rīt"},
        {"until": "9999-12-31"},
        {"page": "-4"},
    ],
)
def test_nonsense_in_the_address_is_passed_over(
    process: Process, carol: User, history: str, sign_in: SignIn, asked: dict[str, str]
) -> None:
    response = sign_in(carol).get(history, asked)
    assert response.status_code == 200
    assert response.context["happened"]


def test_nothing_found_says_what_to_do(process: Process, carol: User, history: str, sign_in: SignIn) -> None:
    page = sign_in(carol).get(history, {"until": "2001-01-01"}).content.decode()
    assert 'class="empty"' in page


def test_what_happened_elsewhere_is_not_told(
    process: Process, carol: User, eve: User, history: str, sign_in: SignIn
) -> None:
    theirs = Process.objects.get(slug="kaimini")
    publish_process(theirs, by=eve)
    assert "Kaimiņu darbs" not in sign_in(carol).get(history).content.decode()
    assert sign_in(eve).get(history).status_code == 403


def test_a_long_history_has_pages_and_asks_few_questions(
    process: Process, carol: User, history: str, sign_in: SignIn, django_assert_max_num_queries: Queries
) -> None:
    for number in range(60):
        save_phase(process, by=carol, title=f"Posms {number}")
    client = sign_in(carol)
    client.get(history)
    with django_assert_max_num_queries(20):
        assert len(client.get(history).context["happened"]) == 50
    assert client.get(history, {"page": 2}).context["happened"]
