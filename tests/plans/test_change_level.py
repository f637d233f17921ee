# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import User
from talka.plans.models import Level
from talka.plans.operations.levels import LetterTaken, LevelAbove, LevelInUse, change_level, move_level, remove_level
from talka.plans.operations.plans import add_level
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan

SignIn = Callable[[User], Client]


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol)


@pytest.fixture
def levels(process: Process, small: SmallPlan) -> str:
    """The address of the levels."""
    return f"/lv/workspace/p/{process.slug}/plans/{small.plan.slug}/levels/"


def filled(**changed: Any) -> dict[str, Any]:
    """A form that is right."""
    return {
        "kind": "group",
        "name": "apakšuzdevums",
        "plural": "apakšuzdevumi",
        "letter": "a",
        "pattern": "A{u}.{n}",
        **changed,
    }


def test_a_level_is_added_at_the_end_with_an_example(
    small: SmallPlan, levels: str, carol: User, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    assert client.post(f"{levels}new/", filled()).status_code == 302
    level = small.plan.levels.get(letter="a")
    assert level.position == 5
    rows = {row.letter: example for row, example in client.get(levels).context["rows"]}
    assert rows == {"p": "VTP2", "v": "RV1.2", "u": "U1.1.2", "r": "R1.1.1.2", "i": "I1.1.1.2", "a": "A1.1.1.2"}


def test_the_example_follows_what_is_typed(levels: str, carol: User, sign_in: SignIn) -> None:
    client = sign_in(carol)
    shown = client.get(f"{levels}example/", {"pattern": "R{v}-{n}", "letter": "r"}).content.decode()
    assert "R1.1-2" in shown
    assert "<script>" not in client.get(f"{levels}example/", {"pattern": "<script>{n}"}).content.decode()
    assert "strong" not in client.get(f"{levels}example/", {"pattern": "bez numura"}).content.decode()


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("name", {"name": ""}),
        ("letter", {"letter": "n"}),
        ("letter", {"letter": "1"}),
        ("letter", {"letter": "p"}),
        ("pattern", {"pattern": "A{u}"}),
        ("pattern", {"pattern": "A{q}.{n}"}),
        ("pattern", {"pattern": "A{n}.{n"}),
        ("pattern", {"pattern": "A{a}.{n}"}),
        ("pattern", {"pattern": "x" * 28 + "{n}"}),
        ("kind", {"kind": "wish"}),
    ],
)
def test_wrong_input_is_said_next_to_its_field(
    levels: str, carol: User, sign_in: SignIn, field: str, changed: dict[str, Any]
) -> None:
    response = sign_in(carol).post(f"{levels}new/", filled(plural="paliek rakstīts", **changed))
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert "paliek rakstīts" in response.content.decode()


def test_a_level_is_renamed_but_its_kind_stays_while_something_stands_on_it(
    small: SmallPlan, levels: str, carol: User, sign_in: SignIn
) -> None:
    level, client = small.levels["u"], sign_in(carol)
    address = f"{levels}{level.pk}/"
    seen = client.get(address).context["form"].initial["seen"]
    data = filled(name="rīcība", plural="rīcības", letter="u", pattern="U{v}.{n}", seen=seen)
    assert client.post(address, data).status_code == 302
    assert Level.objects.get(pk=level.pk).name == "rīcība"
    assert client.post(address, {**data, "name": "cits"}).status_code == 409
    with pytest.raises(LevelInUse):
        change_level(level, kind="action", by=carol)
    with pytest.raises(LetterTaken):
        change_level(level, letter="p", by=carol)


def test_levels_change_places_unless_something_stands_in_the_way(
    small: SmallPlan, levels: str, carol: User, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    client.post(f"{levels}{small.levels['i'].pk}/move/", {"direction": "up"})
    assert [level.letter for level in small.plan.levels.all()] == ["p", "v", "u", "i", "r"]
    with pytest.raises(LevelAbove):
        move_level(small.levels["u"], up=True, by=carol)
    refused = client.post(f"{levels}{small.levels['v'].pk}/move/", {"direction": "down"})
    assert refused.status_code == 409
    assert [level.letter for level in small.plan.levels.all()] == ["p", "v", "u", "i", "r"]


def test_only_an_empty_level_is_removed(small: SmallPlan, levels: str, carol: User, sign_in: SignIn) -> None:
    empty = add_level(small.plan, name="posms", plural="posmi", letter="z", by=carol)
    client = sign_in(carol)
    assert client.post(f"{levels}{empty.pk}/remove/").status_code == 302
    assert not Level.objects.filter(pk=empty.pk).exists()
    assert client.post(f"{levels}{small.levels['u'].pk}/remove/").status_code == 409


def test_a_level_of_another_plan_is_not_there(
    small: SmallPlan, process: Process, levels: str, carol: User, sign_in: SignIn
) -> None:
    other = make_plan(process, by=carol, title="Otrs plāns")
    assert sign_in(carol).get(f"{levels}{other.levels['u'].pk}/").status_code == 404


def test_eve_and_a_clerk_may_not(small: SmallPlan, clara: User, eve: User) -> None:
    for other in (eve, clara):
        for change in (
            lambda by: change_level(small.levels["u"], name="Svešs", by=by),
            lambda by: move_level(small.levels["u"], up=True, by=by),
            lambda by: remove_level(small.levels["u"], by=by),
        ):
            with pytest.raises(PermissionDenied):
                change(other)
