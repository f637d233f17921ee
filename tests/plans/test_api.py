# SPDX-License-Identifier: EUPL-1.2
from decimal import Decimal
from typing import Any

from django.test import Client

from talka.accounts.models import User
from talka.plans.operations.editions import approve_edition, start_edition
from talka.plans.operations.indicators import record_value
from talka.plans.operations.nodes import assign_owner, change_node
from talka.plans.operations.progress import Spent, report_money, update_progress
from talka.processes.models import Process
from tests.plans.factories import make_plan

PLAN = "/api/processes/programma/plans/ricibas-plans"


def get(client: Client, address: str) -> Any:
    """Return what the API answers."""
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.json()


def test_plans_and_nodes_are_had_as_data(
    process: Process, carol: User, dora: User, client: Client, django_assert_max_num_queries: Any
) -> None:
    small = make_plan(process, by=carol, published=True)
    assign_owner(small.investment.node, owner=dora.person, by=carol)
    update_progress(small.investment.node, state="under_way", percent=10, text="Sākts.", by=carol)
    report_money(small.investment.node, lines=[Spent("eu", 2025, Decimal(9), Decimal(8), "ERAF")], by=carol)
    record_value(small.indicator.indicator, year=2025, value=Decimal("5.5"), by=carol)
    (plan,) = get(client, "/api/plans")["items"]
    assert (plan["edition"], plan["works"], plan["done"]) == ("RP 2024.1", 3, 0)
    assert [one["name"] for one in get(client, PLAN)["editions"]] == ["RP 2024.1"]
    with django_assert_max_num_queries(5):
        nodes = get(client, f"{PLAN}/nodes")
    assert nodes["count"] == 7
    by_code = {node["code"]: node for node in nodes["items"]}
    assert by_code["VTP1"]["standing"] is None
    assert by_code["R1.1.1.1"]["standing"] == "late"
    assert by_code["I1.1.1.1"]["planned"] == "1100000.50"
    assert len(get(client, f"{PLAN}/nodes?kind=action")["items"]) == 2
    node = get(client, f"{PLAN}/nodes/{small.investment.node_id}")
    assert [line["spent"] for line in node["money"]] == ["8.00", "0", "0"]
    assert node["updates"][0]["text"] == "Sākts."
    assert "Dora" not in str(node)
    (indicator,) = get(client, f"{PLAN}/indicators")["items"]
    assert [one["value"] for one in indicator["values"]] == ["5.5000"]
    assert [one["year"] for one in indicator["targets"]] == [2025, 2027]


def test_an_edition_can_be_asked_for(process: Process, carol: User, client: Client) -> None:
    small = make_plan(process, by=carol, published=True)
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    change_node(draft.versions.get(node=small.action.node), title="Cits nosaukums", by=carol)
    assert client.get(f"{PLAN}/nodes?edition=2").status_code == 404
    approve_edition(draft, approved_on=draft.created_at.date(), decision="Nr. 2", by=carol)
    address = f"{PLAN}/nodes/{small.action.node_id}"
    assert get(client, address)["title"] == "Cits nosaukums"
    assert get(client, f"{address}?edition=1")["title"] == "Apsekot ielas"


def test_what_is_not_published_is_not_there(process: Process, carol: User, client: Client) -> None:
    small = make_plan(process, by=carol, approved=True)
    assert get(client, "/api/plans")["count"] == 0
    for address in (PLAN, f"{PLAN}/nodes", f"{PLAN}/nodes/{small.action.node_id}", f"{PLAN}/indicators"):
        assert client.get(address).status_code == 404
    table = b"".join(client.get("/lv/open-data/plan-nodes.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "Apsekot" not in table


def test_the_tables_hold_what_is_published(process: Process, carol: User, client: Client) -> None:
    make_plan(process, by=carol, published=True)
    for table, word in (("plans", "ricibas-plans"), ("plan-nodes", "Apsekot ielas")):
        response = client.get(f"/lv/open-data/{table}.csv")
        assert word in b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
