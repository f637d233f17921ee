# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.groups.models import PlannedAction, WorkingGroup
from talka.groups.operations.asking import (
    ActionDecided,
    NotWithinReach,
    change_action,
    move_action,
    plan_action,
    reconsider_action,
    refuse_action,
    remove_action,
    take_action,
)
from talka.plans.models import NodeVersion
from talka.plans.operations.plans import unpublish_plan
from talka.plans.origins import origins_of
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan

SignIn = Callable[[User], Client]


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    """A published plan of the process with an edition in force."""
    return make_plan(process, by=carol, published=True)


@pytest.fixture
def asked(group: WorkingGroup, leo: User) -> PlannedAction:
    """What the group asks for."""
    return plan_action(group, title="Gājēju pāreja pie skolas", reason="Bērni skrien pāri.", starts_year=2025, by=leo)


def page(name: str, *parts: Any) -> str:
    """Return the address of a page of groups, in Latvian."""
    with translation.override("lv"):
        return reverse(f"groups:{name}", args=parts)


def public(group: WorkingGroup, client: Client | None = None) -> str:
    """Return the public page of the group."""
    with translation.override("lv"):
        address = reverse("portal:show_group", args=[group.process.slug, group.slug])
    return (client or Client()).get(address).content.decode()


def test_the_lead_writes_down_and_orders_what_the_group_asks_for(
    process: Process, group: WorkingGroup, leo: User, sign_in: SignIn
) -> None:
    client, new = sign_in(leo), page("plan_action", process.slug, group.slug)
    for title in ("Pirmais", "Otrais"):
        assert client.post(new, {"title": title, "starts_year": "2025", "ends_year": "2026"}).status_code == 302
    second = PlannedAction.objects.get(title="Otrais")
    client.post(page("move_action", process.slug, group.slug, second.pk), {"direction": "up"})
    assert [action.title for action in group.planned_actions.all()] == ["Otrais", "Pirmais"]
    move_action(second, by=leo, up=True)
    change = page("change_action", process.slug, group.slug, second.pk)
    assert client.post(change, {"title": "Otrais, skaidrāk"}).status_code == 302
    second.refresh_from_db()
    assert (second.title, second.years) == ("Otrais, skaidrāk", "")
    assert "Otrais, skaidrāk" in public(group)
    assert client.post(page("remove_action", process.slug, group.slug, second.pk)).status_code == 302
    assert [action.title for action in group.planned_actions.all()] == ["Pirmais"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("title", {"title": ""}), ("title", {"title": "x" * 301}), ("starts_year", {"starts_year": "12"}),
     ("ends_year", {"starts_year": "2026", "ends_year": "2025"}), ("organization", {"organization": "0"})],
)  # fmt: skip
def test_wrong_input_is_said_next_to_its_field(
    process: Process, group: WorkingGroup, leo: User, sign_in: SignIn, field: str, wrong: dict[str, str]
) -> None:
    sent = {"title": "Pāreja", "reason": "Droši", **wrong}
    response = sign_in(leo).post(page("plan_action", process.slug, group.slug), sent)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert "Droši" in response.content.decode()
    assert not PlannedAction.objects.exists()


def test_two_people_at_one_action_lose_nothing(
    process: Process, group: WorkingGroup, asked: PlannedAction, carol: User, leo: User, sign_in: SignIn
) -> None:
    address, client = page("change_action", process.slug, group.slug, asked.pk), sign_in(leo)
    seen = client.get(address).context["form"].initial["seen"]
    change_action(asked, title="Cits", by=carol)
    told = client.post(address, {"title": "Mans", "seen": seen})
    assert told.status_code == 409
    assert "Mans" in told.content.decode()


def test_it_is_taken_into_the_plan_as_what_stands_there(
    process: Process, group: WorkingGroup, small: SmallPlan, asked: PlannedAction, carol: User, visitor: AnonymousUser, sign_in: SignIn
) -> None:  # fmt: skip
    client, address = sign_in(carol), page("take_action", process.slug, asked.pk)
    assert asked.title in client.get(page("list_planned_actions", process.slug)).content.decode()
    assert client.post(address, {}).status_code == 422
    found = client.get(address, {"q": "apsekot"}).context["found"]
    assert [version.node for version in found] == [small.action.node]
    assert client.post(address, {"node": small.action.node_id}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.node, asked.decided_by) == ("taken", small.action.node, carol)
    assert f"{small.action.code} Apsekot ielas" in public(group)
    [origin] = origins_of([small.action.node_id], visitor)[small.action.node_id]
    assert (origin.kind, origin.title, origin.note) == ("group", asked.title, "Bērni skrien pāri.")
    assert group.name in str(origin.label)
    linking = reverse("proposals:link_proposals", args=[process.slug, small.plan.slug, small.action.node_id])
    assert asked.title in client.get(linking).content.decode()
    [told] = Client().get(f"/api/processes/{process.slug}/groups/{group.slug}").json()["planned_actions"]
    assert (told["title"], told["state"], told["node"]) == (asked.title, "taken", small.action.code)


def test_a_hidden_plan_is_not_given_away(
    group: WorkingGroup, small: SmallPlan, asked: PlannedAction, carol: User, eve: User, sign_in: SignIn
) -> None:
    take_action(asked, node=small.action.node, by=carol)
    unpublish_plan(small.plan, by=carol)
    for client in (Client(), sign_in(eve)):
        assert "Apsekot ielas" not in public(group, client)
        assert "iekļauts plānā" not in public(group, client)
    assert "Apsekot ielas" in public(group, sign_in(carol))


def test_it_is_added_to_the_draft_as_a_new_action(
    process: Process, group: WorkingGroup, asked: PlannedAction, carol: User, sign_in: SignIn
) -> None:
    small = make_plan(process, by=carol)
    client, address = sign_in(carol), page("add_action_to_draft", process.slug, asked.pk)
    form = client.get(address).context["form"]
    assert (form.initial["title"], form.initial["starts_year"], form.initial["topic"]) == (
        asked.title,
        2025,
        group.topic_id,
    )
    place = f"{small.edition.pk}:{small.task.node_id}"
    sent = {"title": asked.title, "level": small.levels["r"].pk, "under": place, "starts_year": "2025"}
    assert client.post(address, {**sent, "under": "x"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    asked.refresh_from_db()
    assert asked.node == NodeVersion.objects.get(title=asked.title).node


def test_without_a_draft_the_page_says_so(process: Process, asked: PlannedAction, carol: User, sign_in: SignIn) -> None:
    shown = sign_in(carol).get(page("add_action_to_draft", process.slug, asked.pk))
    assert "Nav redakcijas projekta, ko papildināt" in shown.content.decode()


def test_why_it_is_not_taken_in_is_read_by_the_group(
    process: Process, group: WorkingGroup, asked: PlannedAction, carol: User, leo: User, sign_in: SignIn
) -> None:
    client, address = sign_in(carol), page("refuse_action", process.slug, asked.pk)
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Ceļš ir valsts."}).status_code == 302
    assert "Ceļš ir valsts." in public(group)
    assert "Ceļš ir valsts." in sign_in(leo).get(page("manage_actions", process.slug, group.slug)).content.decode()
    assert client.post(page("reconsider_action", process.slug, asked.pk)).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.decided_at) == ("waiting", None)
    reconsider_action(asked, by=carol)


def test_what_is_decided_does_not_change(small: SmallPlan, asked: PlannedAction, carol: User, leo: User) -> None:
    refuse_action(asked, reason="Nav naudas", by=carol)
    with pytest.raises(ActionDecided):
        change_action(asked, title="Cits", by=leo)
    with pytest.raises(ActionDecided):
        remove_action(asked, by=leo)
    with pytest.raises(ActionDecided):
        take_action(asked, node=small.action.node, by=carol)


def test_a_plan_of_another_municipality_is_out_of_reach(asked: PlannedAction, carol: User, eve: User) -> None:
    foreign = make_plan(Process.objects.get(slug="kaimini"), by=eve, published=True)
    with pytest.raises(NotWithinReach):
        take_action(asked, node=foreign.action.node, by=carol)


def test_a_lead_does_not_decide_and_eve_does_nothing(
    group: WorkingGroup, small: SmallPlan, asked: PlannedAction, leo: User, bob: User, eve: User
) -> None:
    for other in (leo, bob, eve):
        with pytest.raises(PermissionDenied):
            take_action(asked, node=small.action.node, by=other)
        with pytest.raises(PermissionDenied):
            refuse_action(asked, reason="x", by=other)
        with pytest.raises(PermissionDenied):
            reconsider_action(asked, by=other)
    for other in (bob, eve):
        with pytest.raises(PermissionDenied):
            plan_action(group, title="x", by=other)
        with pytest.raises(PermissionDenied):
            change_action(asked, title="x", by=other)
        with pytest.raises(PermissionDenied):
            move_action(asked, up=True, by=other)
        with pytest.raises(PermissionDenied):
            remove_action(asked, by=other)


def test_a_long_list_asks_no_more(
    process: Process, group: WorkingGroup, small: SmallPlan, leo: User, carol: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:  # fmt: skip
    for number in range(12):
        action = plan_action(group, title=f"Darbs {number}", by=leo)
        if number % 2:
            take_action(action, node=small.action.node, by=carol)
    client, address = sign_in(carol), page("list_planned_actions", process.slug)
    client.get(address)
    with django_assert_max_num_queries(24):
        assert len(client.get(address, {"state": "taken"}).context["rows"]) == 6
