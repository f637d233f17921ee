# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import translation

from talka.accounts.models import User
from talka.plans.lines import GoalLine
from talka.plans.models import Goal, GoalList
from talka.plans.operations.goals import GoalInUse, change_goal_list, create_goal_list
from talka.plans.operations.nodes import change_node
from talka.processes.models import Process
from tests.plans.factories import make_plan

SignIn = Callable[[User], Client]
GOALS = "/lv/workspace/goals/"


def test_the_site_begins_with_the_global_goals_and_the_priorities_of_the_national_plan(db: None) -> None:
    assert {one.slug: one.goals.count() for one in GoalList.objects.all()} == {"nap2027": 6, "sdg": 17}
    goal = Goal.objects.get(list__slug="sdg", code="13")
    with translation.override("lv"):
        assert str(goal) == "13 Rīcība klimata jomā"
    with translation.override("en"):
        assert str(goal) == "13 Climate action"


def test_a_list_is_added_and_offered_to_plans(process: Process, carol: User, root: User, sign_in: SignIn) -> None:
    lines = "R1; Pieejams reģions; Accessible region\n\nR2; Zaļš reģions"
    data = {"name": "Reģiona mērķi", "source": "Lēmums Nr. 5", "goal_lines": lines, "is_current": "on"}
    assert sign_in(root).post(f"{GOALS}new/", data).status_code == 302
    goal_list = GoalList.objects.get(slug="regiona-merki")
    assert [(goal.code, goal.name, goal.name_en) for goal in goal_list.goals.all()] == [
        ("R1", "Pieejams reģions", "Accessible region"),
        ("R2", "Zaļš reģions", ""),
    ]
    small = make_plan(process, by=carol)
    address = f"/lv/workspace/p/{process.slug}/plans/{small.plan.slug}/nodes/{small.action.node_id}/"
    assert "R2 Zaļš reģions" in sign_in(carol).get(address).content.decode()
    sign_in(root).post(f"{GOALS}regiona-merki/", {**data, "is_current": ""})
    assert "R2 Zaļš reģions" not in sign_in(carol).get(address).content.decode()


@pytest.mark.parametrize("lines", ["", "tikai kods", "A; Viens\nA; Otrs", "; Bez koda", "x" * 21 + "; Garš"])
def test_wrong_lines_are_said_next_to_the_field(root: User, sign_in: SignIn, lines: str) -> None:
    response = sign_in(root).post(f"{GOALS}new/", {"name": "Mērķi", "goal_lines": lines, "is_current": "on"})
    assert response.status_code == 422
    assert 'id="id_goal_lines_error"' in response.content.decode()
    assert GoalList.objects.count() == 2


def test_a_goal_that_plans_name_stays(process: Process, carol: User, root: User, sign_in: SignIn) -> None:
    made = create_goal_list(name="Reģions", goals=[GoalLine("R1", "Viens"), GoalLine("R2", "Divi")], by=root)
    small = make_plan(process, by=carol)
    change_node(small.action, goals=[made.goals.get(code="R1")], by=carol)
    with pytest.raises(GoalInUse, match="R1 Viens"):
        change_goal_list(made, goals=[GoalLine("R2", "Divi")], by=root)
    change_goal_list(made, goals=[GoalLine("R1", "Pirmais")], by=root)
    assert list(small.action.goals.values_list("name", flat=True)) == ["Pirmais"]
    client, address = sign_in(root), f"{GOALS}{made.slug}/"
    seen = client.get(address).context["form"].initial["seen"]
    data = {"name": "Reģions", "goal_lines": "R1; Pirmais\nR3; Trīs", "is_current": "on", "seen": seen}
    assert client.post(address, data).status_code == 302
    assert client.post(address, {**data, "goal_lines": "R1; Pirmais"}).status_code == 409


def test_only_the_administrator_of_the_installation_may(carol: User, eve: User, adam: User) -> None:
    for other in (carol, eve, adam):
        with pytest.raises(PermissionDenied):
            create_goal_list(name="Sveši", goals=[], by=other)
