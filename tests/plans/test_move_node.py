# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import User
from talka.plans.models import NodeVersion
from talka.plans.operations.nodes import SiblingGone, WrongLevel, create_node, remove_node
from talka.plans.operations.tree import BelowItself, move_node, place_node, step_node
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan

SignIn = Callable[[User], Client]


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol)


def below(small: SmallPlan, parent: Any) -> list[str]:
    """Return the titles below a node, in their order."""
    return list(small.edition.versions.filter(parent=parent).order_by("position").values_list("title", flat=True))


def test_a_node_goes_up_and_down_and_stops_at_the_ends(small: SmallPlan, carol: User) -> None:
    first = ["Apsekot ielas", "Apmācīt skolēnus", "Veloceliņš Grīzupes ielā"]
    step_node(small.action, by=carol, up=True)
    assert below(small, small.task.node) == first
    step_node(small.investment, by=carol, up=True)
    step_node(small.action, by=carol, up=False)
    assert below(small, small.task.node) == ["Veloceliņš Grīzupes ielā", "Apsekot ielas", "Apmācīt skolēnus"]


def test_a_node_is_put_beside_another_one_in_another_branch(small: SmallPlan, carol: User) -> None:
    other = create_node(
        small.edition, level=small.levels["u"], parent=small.empty_priority.node, title="Dati", by=carol
    )
    there = create_node(small.edition, level=small.levels["r"], parent=other.node, title="Atvērt datus", by=carol)
    place_node(small.action, beside=there.node, before=True, by=carol)
    assert below(small, other.node) == ["Apsekot ielas", "Atvērt datus"]
    assert NodeVersion.objects.get(pk=small.action.pk).code == "R1.1.1.1"


def test_a_branch_moves_with_all_that_stands_below_it(small: SmallPlan, carol: User) -> None:
    move_node(small.direction, parent=small.empty_priority.node, by=carol)
    assert below(small, small.empty_priority.node) == ["Droša kustība"]
    assert NodeVersion.objects.get(pk=small.task.pk).parent == small.direction.node
    move_node(small.direction, parent=None, by=carol)
    assert below(small, None) == ["Pieejama vide", "Gudra pārvalde", "Droša kustība"]


def test_nothing_stands_below_itself_or_on_a_level_that_does_not_fit(small: SmallPlan, carol: User) -> None:
    with pytest.raises(BelowItself):
        move_node(small.direction, parent=small.task.node, by=carol)
    with pytest.raises(BelowItself):
        move_node(small.direction, parent=small.direction.node, by=carol)
    with pytest.raises(WrongLevel):
        move_node(small.priority, parent=small.empty_priority.node, by=carol)


def test_what_somebody_has_removed_meanwhile_is_not_stood_beside(small: SmallPlan, carol: User) -> None:
    remove_node(small.other_action, by=carol)
    with pytest.raises(SiblingGone):
        place_node(small.action, beside=small.other_action.node, by=carol)
    with pytest.raises(SiblingGone):
        step_node(small.other_action, by=carol, up=True)


def test_a_new_node_stands_right_after_the_one_it_was_added_after(small: SmallPlan, carol: User) -> None:
    create_node(
        small.edition,
        level=small.levels["r"],
        parent=small.task.node,
        after=small.action.node,
        title="Starpā",
        by=carol,
    )
    assert below(small, small.task.node)[:3] == ["Apsekot ielas", "Starpā", "Apmācīt skolēnus"]
    with pytest.raises(SiblingGone):
        create_node(
            small.edition,
            level=small.levels["r"],
            parent=small.direction.node,
            after=small.action.node,
            title="X",
            by=carol,
        )


def test_buttons_and_dragging_send_the_same(small: SmallPlan, process: Process, carol: User, sign_in: SignIn) -> None:
    client, tree = sign_in(carol), f"/lv/workspace/p/{process.slug}/plans/{small.plan.slug}/"
    move = f"{tree}nodes/{small.action.node_id}/move/"
    pressed = client.post(move, {"direction": "down", "next": f"{tree}?open=1.2"})
    assert pressed.headers["Location"] == f"{tree}?open=1.2#node-{small.action.node_id}"
    assert below(small, small.task.node)[0] == "Apmācīt skolēnus"
    client.post(move, {"where": "before", "beside": small.other_action.node_id})
    assert below(small, small.task.node)[0] == "Apsekot ielas"
    client.post(move, {"where": "into", "parent": small.direction.node_id})
    assert below(small, small.direction.node) == ["Veloceliņu tīkls", "Apsekot ielas"]
    client.post(move, {"parent": "top"})
    assert NodeVersion.objects.get(pk=small.action.pk).parent is None
    assert client.post(move, {"where": "after", "beside": "x"}).status_code == 404
    assert client.post(move, {"parent": "999999999"}).status_code == 404


def test_a_refused_place_is_said(small: SmallPlan, process: Process, carol: User, sign_in: SignIn) -> None:
    move = f"/lv/workspace/p/{process.slug}/plans/{small.plan.slug}/nodes/{small.priority.node_id}/move/"
    refused = sign_in(carol).post(move, {"where": "into", "parent": small.task.node_id})
    assert refused.status_code == 409
    assert "nevar būt zem sevis" in refused.content.decode()


def test_a_new_place_is_found_by_words_and_offers_only_what_fits(
    small: SmallPlan, process: Process, carol: User, sign_in: SignIn
) -> None:
    move = f"/lv/workspace/p/{process.slug}/plans/{small.plan.slug}/nodes/{small.direction.node_id}/move/"
    client = sign_in(carol)
    assert [place.title for place in client.get(move).context["places"]] == ["Pieejama vide", "Gudra pārvalde"]
    assert [place.title for place in client.get(f"{move}?q=parvalde").context["places"]] == ["Gudra pārvalde"]
    assert "Nav atrasts nekas" in client.get(f"{move}?q=nav").content.decode()


def test_eve_and_a_clerk_may_not(small: SmallPlan, clara: User, eve: User) -> None:
    for other in (eve, clara):
        with pytest.raises(PermissionDenied):
            step_node(small.action, by=other, up=False)
        with pytest.raises(PermissionDenied):
            place_node(small.action, beside=small.other_action.node, by=other)
        with pytest.raises(PermissionDenied):
            move_node(small.action, parent=None, by=other)
