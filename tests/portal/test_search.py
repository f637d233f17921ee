# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.processes.models import Process
from talka.processes.operations.running import unpublish_process
from talka.proposals.models import Proposal
from tests.portal.meetings import call_in_three_days


def kinds_found(client: Client, words: str) -> list[str]:
    """Return in which kinds of things the words are found."""
    return [part.kind for part in client.get("/lv/search/", {"q": words}).context["found"]]


def test_everything_is_searched_without_regard_to_diacritics(
    process: Process, group: WorkingGroup, carol: User, make_proposal: Callable[..., Proposal], client: Client
) -> None:
    make_proposal("Mobilitātei vajag veloceliņu.", public=True)
    call_in_three_days(process, carol, title="Mobilitātes darba grupa", groups=[group])
    assert kinds_found(client, "MOBILITAT") == ["groups", "meetings", "proposals"]
    assert kinds_found(client, "attistibas programma") == ["processes"]
    assert kinds_found(client, "obilitāte") == []


def test_what_is_not_public_is_found_only_by_those_who_may_see_it(
    process: Process,
    carol: User,
    eve: User,
    make_proposal: Callable[..., Proposal],
    sign_in: Callable[[User], Client],
    client: Client,
) -> None:
    make_proposal("Slepens soliņš")
    call_in_three_days(process, carol, title="Slepena sēde", access=Meeting.Access.MEMBERS)
    assert kinds_found(client, "slepen") == kinds_found(sign_in(eve), "slepen") == []
    assert kinds_found(sign_in(carol), "slepen") == ["meetings", "proposals"]
    unpublish_process(process, by=carol)
    assert kinds_found(client, "attīstības") == []


def test_one_kind_is_paged_and_keeps_the_words(
    make_proposal: Callable[..., Proposal], client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(22):
        make_proposal(f"Soliņš numur {number}", public=True)
    first = client.get("/lv/search/?q=soliņš")
    assert [len(part.rows) for part in first.context["found"]] == [5]
    assert "kind=proposals" in first.content.decode()
    with django_assert_max_num_queries(2):
        page = client.get("/lv/search/?q=soliņš&kind=proposals").content.decode()
    assert "Atrasti 22" in page
    assert 'value="soliņš"' in page
    assert "kind=proposals&amp;page=2" in page


@pytest.mark.parametrize("words", ["", "   ", "\x00", "%!&'", "a" * 5000, "<script>", "'; DROP TABLE", "\\"])
def test_nonsense_is_answered_calmly(process: Process, client: Client, words: str) -> None:
    answer = client.get("/lv/search/", {"q": words})
    assert answer.status_code == 200
    assert "<script>'" not in answer.content.decode()


def test_nothing_found_says_what_to_try(process: Process, client: Client) -> None:
    for kind in ("", "meetings"):
        assert "Nekas nav atrasts" in client.get("/lv/search/", {"q": "xyzzy", "kind": kind}).content.decode()
