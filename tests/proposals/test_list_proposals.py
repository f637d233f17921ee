# SPDX-License-Identifier: EUPL-1.2
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals import queries
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies
from tests.proposals.conftest import text_of


@pytest.fixture
def here(process: Process) -> str:
    return reverse("proposals:list_process_proposals", args=[process.slug])


@pytest.fixture
def answered(make_proposal: Callable[..., Proposal], carol: User, group: WorkingGroup) -> Proposal:
    """A public proposal with a place, given to the group and accepted."""
    proposal = make_proposal("Veloceliņš pāri tiltam.", public=True, topic=group.topic, longitude=25.86, latitude=56.5)
    assign_proposals([proposal], by=carol, group=group)
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Būs.", signed_name="Karola")
    publish_replies([proposal], by=carol)
    return proposal


def test_an_empty_list_says_what_to_do(here: str) -> None:
    assert "Iesniegt priekšlikumu" in text_of(Client().get(here))


def test_only_published_ones_are_listed(here: str, make_proposal: Callable[..., Proposal]) -> None:
    make_proposal("Redzamais", public=True)
    make_proposal("Neredzamais")
    for address in (here, reverse("proposals:list_proposals")):
        said = text_of(Client().get(address))
        assert "Redzamais" in said
        assert "Neredzamais" not in said


def test_proposals_of_a_hidden_process_are_nowhere(
    make_proposal: Callable[..., Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    make_proposal("Redzamais", public=True)
    Process.objects.filter(pk=process.pk).update(access="staff")
    everything = [reverse(f"proposals:{name}") for name in ("list_proposals", "map_points", "export_proposals")]
    assert all("Redzamais" not in Client().get(address).content.decode() for address in everything)
    assert "Redzamais" in sign_in(carol).get(everything[0]).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=velocelini", True),
        ("q=velotilts", False),
        ("q=velocelin", True),
        ("q=TILT", True),
        ("q=TP-1", True),
        ("q=1", True),
        ("q=TP-2", False),
        ("state=answered", True),
        ("state=received", False),
        ("outcome=accepted", True),
        ("outcome=rejected", False),
        ("year=1999", False),
        ("state=nav&year=x&topic=-1&group=99999999999999999999&sort=%00", True),
        ("topic=999999", False),
        ("page=99999", True),
        ("page=-3&q=%00", True),
    ],
)
def test_filters_find_and_leave_out(here: str, answered: Proposal, query: str, found: bool) -> None:
    response = Client().get(f"{here}?{query}")
    assert response.status_code == 200
    assert ("Veloceliņš" in text_of(response)) is found


def test_topic_group_and_year_filter(here: str, answered: Proposal, group: WorkingGroup) -> None:
    year = answered.received_at.year
    for query in (f"topic={group.topic_id}", f"group={group.pk}", f"year={year}", f"group={group.pk}&state=answered"):
        assert "Veloceliņš" in text_of(Client().get(f"{here}?{query}"))
    assert "Veloceliņš" not in text_of(Client().get(f"{here}?group={group.pk + 1}"))


@pytest.mark.parametrize("sort", ["", "number", "answered"])
def test_order(here: str, answered: Proposal, make_proposal: Callable[..., Proposal], sort: str) -> None:
    make_proposal("Otrais", public=True)
    said = text_of(Client().get(f"{here}?sort={sort}"))
    first, second = said.index("TP-1"), said.index("TP-2")
    assert (first < second) is (sort in {"number", "answered"})


def test_pages_hold_25_and_the_count_is_kept_not_counted(
    here: str, make_proposal: Callable[..., Proposal], django_assert_max_num_queries: Any
) -> None:
    for number in range(27):
        make_proposal(f"Priekšlikums {number}", public=True)
    client = Client()
    client.get(here)
    with django_assert_max_num_queries(8) as asked:
        response = client.get(here)
    assert not any("COUNT(*)" in query["sql"] for query in asked.captured_queries)
    assert "27 priekšlikumi" in text_of(response)
    assert response.content.decode().count('class="main"') == 25
    assert client.get(f"{here}?page=2").content.decode().count('class="main"') == 2
    with django_assert_max_num_queries(8):
        client.get(reverse("proposals:list_proposals"))


def test_a_long_filtered_list_says_more_than(
    here: str, make_proposal: Callable[..., Proposal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries.lists, "MOST_COUNTED", 2)
    for number in range(4):
        make_proposal(f"Soliņš {number}", public=True)
    said = text_of(Client().get(f"{here}?q=solin"))
    assert "Vairāk nekā 2" in said


def test_points_are_those_of_the_list(
    answered: Proposal, make_proposal: Callable[..., Proposal], process: Process
) -> None:
    make_proposal("Bez vietas", public=True)
    address = reverse("proposals:map_points")
    points = json.loads(Client().get(f"{address}?process={process.slug}").content)["features"]
    assert [point["geometry"]["coordinates"] for point in points] == [[25.86, 56.5]]
    assert json.loads(Client().get(f"{address}?state=received").content)["features"] == []
    assert json.loads(Client().get(f"{address}?process=%00").content)["features"] == []


def test_the_table_holds_what_everybody_may_read_and_no_names(
    answered: Proposal, make_proposal: Callable[..., Proposal], carol: User
) -> None:
    make_proposal("=1+1", public=True, sender=Sender(name="Anna Bērziņa", email="anna@example.lv", name_public=True))
    table = Client().get(reverse("proposals:export_proposals")).content.decode("utf-8-sig")
    assert "Veloceliņš pāri tiltam." in table
    assert "Būs." in table
    assert "'=1+1" in table
    assert "Anna" not in table


def test_the_map_is_shown_when_asked_for(here: str, answered: Proposal) -> None:
    assert "data-points" in Client().get(f"{here}?view=map").content.decode()
    assert "data-points" not in Client().get(here).content.decode()
