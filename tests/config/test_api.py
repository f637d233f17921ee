# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies
from tests.portal.meetings import call_in_three_days


def test_operations_are_named_by_their_verbs(db: None, client: Client) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.")
    names = {operation["operationId"] for path in described["paths"].values() for operation in path.values()}
    things = ("process", "group", "meeting", "proposal", "plan", "node")
    assert names == {f"show_{thing}" for thing in things} | {
        "list_processes",
        "list_groups",
        "list_meetings",
        "list_proposals",
        "list_plans",
        "list_nodes",
        "list_indicators",
    }
    assert all(set(path) == {"get"} for path in described["paths"].values()), "the API only reads"


def test_a_process_is_given_with_its_phases(process: Process, client: Client) -> None:
    [row] = client.get("/api/processes").json()["items"]
    assert (row["slug"], row["standing"], row["owner"]) == ("programma", "open", "Talkas novads")
    whole = client.get("/api/processes/programma").json()
    assert whole["phases"][0]["allows"] == ["propose"]
    assert whole["legal_steps"][0]["act"].startswith("MK 628/2014")


def test_a_proposal_is_given_without_its_author_and_the_answer_once_published(
    group: WorkingGroup, carol: User, make_proposal: Callable[..., Proposal], client: Client
) -> None:
    sender = Sender(name="Anna Rakstītāja", email="anna@example.lv", name_public=True)
    proposal = make_proposal("Soliņi", public=True, sender=sender)
    assign_proposals([proposal], by=carol, group=group)
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Būs.", signed_name="Karola")
    answer = client.get("/api/processes/programma/proposals/1")
    assert (answer.json()["state"], answer.json()["outcome"], answer.json()["reason"]) == ("assigned", None, None)
    assert "Anna" not in answer.content.decode()
    publish_replies([proposal], by=carol)
    shown = client.get("/api/processes/programma/proposals/1").json()
    assert (shown["outcome"], shown["reason"], shown["group"]) == ("accepted", "Būs.", "mobilitate")


def test_hidden_things_are_not_found_even_by_those_who_may_see_the_page(
    process: Process, carol: User, make_proposal: Callable[..., Proposal], sign_in: Callable[[User], Client]
) -> None:
    make_proposal("Nepublicēts")
    meeting = call_in_three_days(process, carol, title="Iekšējā", access=Meeting.Access.MEMBERS)
    client = sign_in(carol)
    for address in ("proposals/1", f"meetings/{meeting.pk}", "groups/nav"):
        answer = client.get(f"/api/processes/programma/{address}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert client.get("/api/proposals").json() == {"items": [], "count": 0}
    assert client.get("/api/meetings").json() == {"items": [], "count": 0}


def test_a_remote_link_is_given_only_where_it_is_public(process: Process, carol: User, client: Client) -> None:
    call_in_three_days(process, carol, title="Slēgta saite", remote_url="https://example.lv/slegta")
    call_in_three_days(
        process, carol, title="Atvērta saite", remote_url="https://example.lv/atverta", remote_public=True
    )
    links = {row["title"]: row["remote_url"] for row in client.get("/api/meetings").json()["items"]}
    assert links == {"Slēgta saite": "", "Atvērta saite": "https://example.lv/atverta"}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("q=solini", ["TP-2"]), ("state=received", ["TP-2", "TP-1"]), ("group=mobilitate", []), ("process=nav", []), ("limit=1", ["TP-2"]), ("offset=1", ["TP-1"])],
)  # fmt: skip
def test_filters_and_pages(
    make_proposal: Callable[..., Proposal], client: Client, asked: str, expected: list[str]
) -> None:
    make_proposal("Laipa", public=True)
    make_proposal("Soliņi", public=True)
    assert [row["reference"] for row in client.get(f"/api/proposals?{asked}").json()["items"]] == expected


@pytest.mark.parametrize(
    "address",
    ["proposals?state=nonsense", "proposals?process=a%00b", "proposals?limit=-1", f"proposals?q={'a' * 300}", "meetings?since=never", "processes?kind=1"],
)  # fmt: skip
def test_what_cannot_be_read_is_said_so(db: None, client: Client, address: str) -> None:
    answer = client.get(f"/api/{address}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["message"]


def test_it_sets_no_cookie_and_needs_few_queries_for_many_rows(
    process: Process,
    group: WorkingGroup,
    carol: User,
    make_proposal: Callable[..., Proposal],
    client: Client,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(15):
        make_proposal(f"Priekšlikums {number}", public=True)
        call_in_three_days(process, carol, title=f"Sanāksme {number}", groups=[group])
    for name in ("processes", "groups", "meetings", "proposals"):
        with django_assert_max_num_queries(3):
            answer = client.get(f"/api/{name}")
        assert not answer.cookies


@pytest.mark.parametrize("table", ["processes", "groups", "meetings", "proposals"])
def test_a_place_beyond_all_rows_is_refused_or_empty(db: None, client: Client, table: str) -> None:
    assert client.get(f"/api/{table}", {"offset": 9 * 10**20}).status_code == 422
    assert client.get(f"/api/{table}", {"offset": 10**9, "limit": 1000}).json()["items"] == []
