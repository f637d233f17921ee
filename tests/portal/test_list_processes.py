# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Organization
from talka.processes.models import Process
from talka.processes.operations.running import close_process, create_process, publish_process


@pytest.fixture
def make_process(town: Organization, root: User) -> Callable[..., Process]:
    """Return a function that makes a published process of the town."""

    def make(title: str, *, kind: str = "network", in_days: int = 0, **fields: Any) -> Process:
        starts_on = clock.today() + timedelta(days=in_days)
        process = create_process(
            kind=kind, title=title, owner=town, by=root, starts_on=starts_on, summary="Kopīgs darbs.", **fields
        )
        publish_process(process, by=root)
        return process

    return make


@pytest.fixture(autouse=True)
def _root_runs_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the administrator publish and close, so that these tests need no coordinator for each process."""
    monkeypatch.setattr("talka.processes.operations.running.authorize", lambda *_arguments: None)


def test_open_ones_come_first_then_coming_then_closed(
    make_process: Callable[..., Process], root: User, client: Client
) -> None:
    close_process(make_process("Vecais tīkls"), by=root)
    make_process("Nākamais tīkls", in_days=40)
    make_process("Pašreizējais tīkls")
    page = client.get("/lv/processes/").content.decode()
    places = [page.index(title) for title in ("Pašreizējais tīkls", "Nākamais tīkls", "Vecais tīkls")]
    assert places == sorted(places)
    assert "3 procesi" in page


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "kulturas telpas"}, {"Kultūras telpas"}),
        ({"q": "telp"}, {"Kultūras telpas"}),
        ({"q": "elpas"}, set()),
        ({"kind": "merger"}, {"Apvienošana"}),
        ({"standing": "coming"}, {"Apvienošana"}),
        ({"municipality": "talkas-novads"}, {"Kultūras telpas", "Apvienošana"}),
        ({"municipality": "cits-novads"}, set()),
        ({"can": "propose"}, {"Kultūras telpas"}),
        ({"kind": "nonsense", "standing": "nonsense", "can": "nonsense"}, {"Kultūras telpas", "Apvienošana"}),
        ({"municipality": "a\x00b", "page": "-7"}, set()),
    ],
)  # fmt: skip
def test_filters(
    make_process: Callable[..., Process], client: Client, asked: dict[str, str], expected: set[str]
) -> None:
    make_process("Kultūras telpas")
    make_process("Apvienošana", kind="merger", in_days=40)
    answer = client.get("/lv/processes/", asked)
    assert answer.status_code == 200
    assert {process.title for process in answer.context["page"]} == expected


def test_drafts_and_processes_of_members_are_not_listed(
    make_process: Callable[..., Process], town: Organization, root: User, client: Client
) -> None:
    make_process("Tikai mums", access="members")
    create_process(kind="other", title="Melnraksts", owner=town, by=root)
    page = client.get("/lv/processes/").content.decode()
    assert "Tikai mums" not in page
    assert "Melnraksts" not in page
    assert "Neviena procesa vēl nav" in page


def test_a_long_list_has_pages_and_the_same_number_of_queries(
    make_process: Callable[..., Process], client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(23):
        make_process(f"Process {number}")
    with django_assert_max_num_queries(5):
        first = client.get("/lv/processes/?kind=network")
    assert len(first.context["page"]) == 20
    assert "?kind=network&amp;page=2" in first.content.decode()
