# SPDX-License-Identifier: EUPL-1.2
"""The page of one action in the workspace: said by the coordinator or the owner, taken back where it was wrong."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.core import clock
from talka.plans.models import PlanNode, ProgressUpdate
from talka.plans.operations.progress import RetractedAlready, retract_update, update_progress
from talka.plans.permissions import can_read_names
from talka.plans.queries.updates import updates_of
from talka.processes.models import Process
from tests.plans.asking import ask, give
from tests.plans.factories import SmallPlan, make_plan


@pytest.fixture
def small(process: Process, carol: User, dora: User) -> SmallPlan:
    plan = make_plan(process, by=carol, published=True)
    give(plan, dora.person, plan.action, by=carol)
    return plan


def address(small: SmallPlan, node: int, verb: str = "update_node", *rest: int) -> str:
    return reverse(f"plans:{verb}", args=[small.plan.process.slug, small.plan.slug, node, *rest])


def test_the_coordinator_enters_what_was_said_on_the_telephone(
    small: SmallPlan, carol: User, sign_in: Callable[[User], Client]
) -> None:
    update_round = ask(small, by=carol)
    node = small.action.node_id
    yesterday = clock.today() - timedelta(days=1)
    sent = {f"n{node}-state": "under_way", f"n{node}-percent": "55", f"n{node}-said_on": yesterday.isoformat()}
    assert sign_in(carol).post(address(small, node), sent).status_code == 302
    update = ProgressUpdate.objects.get()
    assert (update.percent, update.said_on, update.channel, update.entered_by) == (55, yesterday, "staff", carol)
    assert update.round == update_round


def test_its_owner_says_it_and_others_may_not(
    small: SmallPlan, dora: User, clara: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    node = small.action.node_id
    assert sign_in(dora).post(address(small, node), {f"n{node}-state": "done"}).status_code == 302
    assert ProgressUpdate.objects.get().channel == "form"
    assert sign_in(dora).get(address(small, small.other_action.node_id)).status_code == 403
    for other in (clara, eve):
        assert sign_in(other).post(address(small, node), {f"n{node}-state": "dropped"}).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"text": "Bez stāvokļa"},
        {"state": "gandrīz"},
        {"state": "done", "said_on": "2999-01-01"},
        {"state": "done", "said_on": "vakar"},
    ],
)
def test_wrong_input_keeps_what_was_typed(
    small: SmallPlan, carol: User, sign_in: Callable[[User], Client], wrong: dict[str, str]
) -> None:
    node = small.action.node_id
    response = sign_in(carol).post(address(small, node), {f"n{node}-{name}": value for name, value in wrong.items()})
    assert response.status_code == 422
    assert wrong.get("text", "") in response.content.decode()
    assert not ProgressUpdate.objects.exists()


def test_a_part_of_the_tree_and_what_is_not_in_force_have_no_such_page(
    small: SmallPlan, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    assert client.get(address(small, small.task.node_id)).status_code == 404
    assert client.get(address(small, 10**9)).status_code == 404


def test_what_was_wrong_is_taken_back_and_the_word_before_it_holds_again(
    small: SmallPlan, carol: User, dora: User
) -> None:
    node = small.action.node
    update_progress(node, state="under_way", percent=30, said_on=date(2025, 3, 1), by=dora)
    wrong = update_progress(node, state="done", by=dora)
    retract_update(wrong, reason="Sajaukts ar citu pasākumu", by=carol)
    latest = PlanNode.objects.get(pk=node.pk).latest
    assert latest is not None
    assert (latest.state, latest.percent) == ("under_way", 30)
    with pytest.raises(RetractedAlready):
        retract_update(wrong, reason="Vēlreiz", by=carol)
    assert [update.retracted_because for update in updates_of(node)] == ["Sajaukts ar citu pasākumu", ""]
    assert updates_of(node, with_retracted=False).count() == 1


def test_only_who_writes_the_plan_takes_back(small: SmallPlan, dora: User, eve: User, clara: User) -> None:
    update = update_progress(small.action.node, state="done", by=dora)
    for other in (dora, eve, clara):
        with pytest.raises(PermissionDenied):
            retract_update(update, reason="Nē", by=other)


def test_taking_back_needs_a_reason(
    small: SmallPlan, carol: User, dora: User, sign_in: Callable[[User], Client]
) -> None:
    update = update_progress(small.action.node, state="done", by=dora)
    page = address(small, small.action.node_id, "retract_update", update.pk)
    assert sign_in(carol).post(page, {"reason": " "}).status_code == 422
    assert sign_in(carol).post(page, {"reason": "Nepareizi"}).status_code == 302
    update.refresh_from_db()
    assert update.retracted_because == "Nepareizi"
    other = address(small, small.other_action.node_id, "retract_update", update.pk)
    assert sign_in(carol).get(other).status_code == 404


def test_everybody_reads_the_institution_and_only_those_who_work_there_the_name(
    small: SmallPlan, carol: User, dora: User, clara: User, eve: User, visitor: User
) -> None:
    node = small.action.node
    update_progress(node, state="under_way", percent=30, text="Apsekotas <b>sešas</b> ielas.", by=dora)
    may = {str(user): can_read_names(user, node) for user in (carol, dora, clara, eve, visitor)}
    assert may == {"Karola": True, "Dora": True, "Klāra": True, "Ieva": False, "AnonymousUser": False}
    context = {"plan": small.plan, "version": small.action, "updates": updates_of(node)}
    with translation.override("lv"):
        public = render_to_string("plans/updates_of_node.html", {**context, "names": False})
        inside = render_to_string("plans/updates_of_node.html", {**context, "names": True})
    assert "Dora" not in public
    assert "Dora" in inside
    assert "Talkas novads" in public
    assert "Apsekotas &lt;b&gt;sešas&lt;/b&gt; ielas." in public
    assert "tiek īstenots" in public


def test_stale_is_said_as_stale(small: SmallPlan, dora: User) -> None:
    update = update_progress(small.action.node, state="under_way", said_on=date(2025, 1, 10), by=dora)
    with translation.override("lv"):
        assert "sen bez ziņām" in render_to_string("plans/stale_mark.html", {"latest": update})
        assert "10.01.2025." in render_to_string("plans/stale_mark.html", {"latest": update})
        assert "ziņu vēl nav" in render_to_string("plans/stale_mark.html", {"latest": None})
