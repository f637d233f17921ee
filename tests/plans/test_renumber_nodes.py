# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import User
from talka.notifications.models import Audience
from talka.plans.models import FormerCode, NodeVersion, PlanNode
from talka.plans.operations.editions import EditionApproved
from talka.plans.operations.nodes import CodeTaken, change_node, create_node
from talka.plans.operations.tree import NothingToRenumber, move_node, renumber_nodes, step_node
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan

SignIn = Callable[[User], Client]
Queries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol)


def codes(small: SmallPlan) -> dict[str, str | None]:
    """Return the codes of the draft by title."""
    return dict(small.edition.versions.values_list("title", "code"))


def test_codes_change_places_and_the_old_ones_stay_findable(small: SmallPlan, carol: User) -> None:
    step_node(small.action, by=carol, up=False)
    step_node(small.empty_priority, by=carol, up=True)
    changes = renumber_nodes(small.edition, by=carol)
    assert codes(small) == {
        "Gudra pārvalde": "VTP1", "Pieejama vide": "VTP2", "Droša kustība": "RV2.1", "Veloceliņu tīkls": "U2.1.1",
        "Apmācīt skolēnus": "R2.1.1.1", "Apsekot ielas": "R2.1.1.2", "Veloceliņš Grīzupes ielā": "I2.1.1.1",
    }  # fmt: skip
    assert len(changes) == 7
    assert set(FormerCode.objects.filter(node=small.action.node).values_list("code", flat=True)) == {"R1.1.1.1"}
    with pytest.raises(NothingToRenumber):
        renumber_nodes(small.edition, by=carol)


def test_one_branch_is_renumbered_and_the_rest_stays(small: SmallPlan, carol: User) -> None:
    change_node(small.direction, code="RV7.3", by=carol)
    change_node(small.empty_priority, code="VTP9", by=carol)
    renumber_nodes(small.edition, below=small.direction.node, by=carol)
    assert codes(small)["Apsekot ielas"] == "R7.3.1.1"
    assert codes(small)["Droša kustība"] == "RV7.3"
    assert codes(small)["Gudra pārvalde"] == "VTP9"


def test_a_code_that_stands_outside_of_the_branch_is_not_taken_away(small: SmallPlan, carol: User) -> None:
    other = create_node(
        small.edition, level=small.levels["v"], parent=small.empty_priority.node, title="Dati", by=carol
    )
    move_node(small.task, parent=other.node, by=carol)
    create_node(
        small.edition, level=small.levels["u"], parent=small.direction.node, title="Ietves", by=carol, code="U9"
    )
    with pytest.raises(CodeTaken, match=r"U1\.1\.1"):
        renumber_nodes(small.edition, below=small.direction.node, by=carol)
    renumber_nodes(small.edition, by=carol)
    assert codes(small)["Ietves"] == "U1.1.1"
    assert codes(small)["Veloceliņu tīkls"] == "U2.1.1"


def test_numbers_of_nodes_straight_below_different_priorities_do_not_meet(small: SmallPlan, carol: User) -> None:
    for priority in (small.priority, small.empty_priority):
        create_node(
            small.edition, level=small.levels["r"], parent=priority.node, title=f"Pie {priority.code}", by=carol
        )
    change_node(small.edition.versions.get(title="Pie VTP1"), code="X", by=carol)
    renumber_nodes(small.edition, by=carol)
    assert {codes(small)["Pie VTP1"], codes(small)["Pie VTP2"]} == {"R1", "R2"}


def test_levels_without_a_pattern_keep_their_codes(small: SmallPlan, carol: User) -> None:
    small.levels["i"].pattern = ""
    small.levels["i"].save()
    change_node(small.investment, code="INV-3", by=carol)
    step_node(small.action, by=carol, up=False)
    renumber_nodes(small.edition, by=carol)
    assert codes(small)["Veloceliņš Grīzupes ielā"] == "INV-3"


def test_what_changes_is_shown_before_it_is_done(
    small: SmallPlan, process: Process, carol: User, sign_in: SignIn
) -> None:
    step_node(small.action, by=carol, up=False)
    client, address = sign_in(carol), f"/lv/workspace/p/{process.slug}/plans/{small.plan.slug}/renumber/"
    page = client.get(address)
    assert {(change.old, change.new) for change in page.context["changes"]} == {
        ("R1.1.1.1", "R1.1.1.2"),
        ("R1.1.1.2", "R1.1.1.1"),
    }
    assert codes(small)["Apsekot ielas"] == "R1.1.1.1"
    assert client.post(address).status_code == 302
    assert codes(small)["Apsekot ielas"] == "R1.1.1.2"
    assert "Visi kodi ir kārtībā" in client.get(address).content.decode()
    assert client.get(f"{address}?below=x").status_code == 404


def test_three_thousand_codes_take_few_statements(
    small: SmallPlan, carol: User, django_assert_max_num_queries: Queries
) -> None:
    audiences = Audience.objects.bulk_create(Audience() for _ in range(3000))
    nodes = PlanNode.objects.bulk_create(
        PlanNode(plan=small.plan, kind="action", audience=audience) for audience in audiences
    )
    NodeVersion.objects.bulk_create(
        NodeVersion(
            edition=small.edition, node=node, level=small.levels["r"], parent=small.task.node, title="Pasākums",
            position=place + 10, code=f"X{place}",
        )
        for place, node in enumerate(nodes)
    )  # fmt: skip
    with django_assert_max_num_queries(16):
        assert len(renumber_nodes(small.edition, by=carol)) == 3000
    assert small.edition.versions.filter(code="R1.1.1.3002").exists()


def test_an_approved_edition_keeps_its_codes_and_eve_may_not(process: Process, carol: User, eve: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    with pytest.raises(EditionApproved):
        renumber_nodes(small.edition, by=carol)
    with pytest.raises(PermissionDenied):
        renumber_nodes(small.edition, by=eve)
