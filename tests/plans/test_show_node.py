# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from talka.accounts.models import User
from talka.directory.models import Membership, Organization
from talka.plans import origins
from talka.plans.models import FormerCode
from talka.plans.operations.editions import approve_edition, start_edition
from talka.plans.operations.nodes import assign_owner, change_node, remove_node
from talka.plans.operations.progress import Spent, report_money, update_progress
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan


def page(client: Client, small: SmallPlan, node: int, query: str = "") -> str:
    """Return the page of a node."""
    response = client.get(f"/lv/p/{small.plan.process.slug}/plans/{small.plan.slug}/{node}/{query}")
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def test_all_of_an_investment_is_on_one_page(process: Process, carol: User, client: Client) -> None:
    small = make_plan(process, by=carol, published=True)
    report_money(small.investment.node, lines=[Spent("eu", 2025, Decimal(600000), Decimal(120000), "ERAF")], by=carol)
    update_progress(small.investment.node, state="under_way", percent=40, text="Izrakta gultne.", by=carol)
    text = page(client, small, small.investment.node_id)
    for part in ("Veloceliņš Grīzupes ielā", "I1.1.1.1", "850 000,50 EUR", "1 100 000,50 EUR", "600 000 EUR", "ERAF", "40 %", "Izrakta gultne."):  # fmt: skip
        assert part in text
    assert 'href="/lv/p/programma/plans/ricibas-plans/' + str(small.task.node_id) in text


def test_a_part_of_the_tree_shows_what_stands_below_it(process: Process, carol: User, client: Client) -> None:
    small = make_plan(process, by=carol, published=True)
    text = page(client, small, small.direction.node_id)
    assert text.index("Veloceliņu tīkls") < text.index("Apsekot ielas")
    assert "1 100 000,50 EUR" in text
    assert "Apsekot ielas" in page(client, small, small.task.node_id)
    assert "Apsekot ielas" not in page(client, small, small.empty_priority.node_id)


def test_who_answers_for_it_is_named_to_those_who_work_on_it(
    process: Process, carol: User, dora: User, alice: User, eve: User, town: Organization, sign_in: Callable[[User], Client], client: Client
) -> None:  # fmt: skip
    small = make_plan(process, by=carol, published=True)
    Membership.objects.create(person=dora.person, organization=town, title="ceļu būvinženiere")
    assign_owner(small.action.node, owner=dora.person, by=carol)
    for one in (client, sign_in(alice), sign_in(eve)):
        text = page(one, small, small.action.node_id)
        assert "ceļu būvinženiere" in text
        assert "Dora" not in text
        assert "/update/" not in text
    for one in (sign_in(carol), sign_in(dora)):
        text = page(one, small, small.action.node_id)
        assert "Dora, ceļu būvinženiere" in text
        assert f"/nodes/{small.action.node_id}/update/" in text


def test_what_no_longer_stands_in_the_plan_says_why(process: Process, carol: User, client: Client) -> None:
    small = make_plan(process, by=carol, published=True)
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    change_node(draft.versions.get(node=small.other_action.node), code="R1.1.1.9", change_reason="Cita secība", by=carol)  # fmt: skip
    remove_node(draft.versions.get(node=small.action.node), reason="Paveikts citā projektā", by=carol)
    assert "Paveikts citā projektā" not in page(client, small, small.action.node_id)
    approve_edition(draft, approved_on=draft.created_at.date(), decision="Nr. 2", by=carol)
    gone = page(client, small, small.action.node_id)
    assert "Paveikts citā projektā" in gone
    assert "Apsekot ielas" in gone
    assert "follow/" not in gone
    changed = page(client, small, small.other_action.node_id)
    assert "Cita secība" in changed
    assert FormerCode.objects.get(node=small.other_action.node).code in changed
    assert "R1.1.1.2" in page(client, small, small.other_action.node_id, "?edition=1")


def test_those_who_asked_for_it_are_told_of(
    process: Process, carol: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = make_plan(process, by=carol, published=True)
    origin = origins.Origin("proposal", "priekšlikums", "Lūdzu veloceliņu", "/lv/p/programma/proposals/1/")
    monkeypatch.setattr(origins, "_finders", [lambda nodes, _user: [(node, origin) for node in nodes]])
    assert "Lūdzu veloceliņu" in page(client, small, small.action.node_id)


def test_plans_are_linked_both_ways(process: Process, carol: User, client: Client) -> None:
    above = make_plan(process, by=carol, published=True, title="Stratēģija")
    below = make_plan(process, by=carol, title="Programma")
    change_node(below.action, serves=[above.priority.node], by=carol)
    approve_edition(below.edition, approved_on=below.edition.created_at.date(), decision="Nr. 1", by=carol)
    assert "Programma" not in page(client, above, above.priority.node_id)
    below.plan.published_at = above.plan.published_at
    below.plan.save()
    assert "Programma" in page(client, above, above.priority.node_id)
    assert "VTP1 Pieejama vide" in page(client, below, below.action.node_id)


def test_a_node_of_another_plan_or_a_hidden_one_is_not_there(
    process: Process, carol: User, client: Client, eve: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, published=True)
    hidden = make_plan(process, by=carol, title="Slēpts", approved=True)
    for one in (client, sign_in(eve)):
        for plan, node in ((small, hidden.action), (hidden, hidden.action)):
            assert one.get(f"/lv/p/programma/plans/{plan.plan.slug}/{node.node_id}/").status_code == 404
