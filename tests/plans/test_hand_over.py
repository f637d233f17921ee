# SPDX-License-Identifier: EUPL-1.2
"""Somebody leaves: all or some of theirs goes to somebody else in one step, and both hear of it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.directory.models import Person
from talka.plans.models import Indicator, PlanNode
from talka.plans.operations.handing_over import NothingToHandOver, SamePerson, hand_over
from talka.plans.operations.progress import update_progress
from talka.processes.models import Process
from talka.processes.newcomers import NewPerson
from tests.plans.asking import ask, give, letters, request_of
from tests.plans.factories import SmallPlan, make_plan


@pytest.fixture
def small(process: Process, carol: User, dora: User) -> SmallPlan:
    """A plan in which dora answers for two parts and an indicator."""
    plan = make_plan(process, by=carol, published=True)
    give(plan, dora.person, plan.action, plan.investment, by=carol)
    Indicator.objects.filter(pk=plan.indicator.indicator_id).update(owner=dora.person)
    return plan


def everything(small: SmallPlan) -> dict[str, list[int]]:
    return {
        "nodes": [small.action.node_id, small.investment.node_id, small.other_action.node_id],
        "indicators": [small.indicator.indicator_id],
    }


def owners(small: SmallPlan) -> dict[str, Person | None]:
    rows = PlanNode.objects.filter(pk__in=everything(small)["nodes"]).select_related("owner")
    return {small.edition.versions.get(node=row).code or "": row.owner for row in rows}


def test_everything_of_theirs_goes_in_one_step_and_what_was_said_stays(
    small: SmallPlan, process: Process, carol: User, dora: User, leo: User
) -> None:
    update = update_progress(small.action.node, state="under_way", by=dora)
    assert hand_over(process, person=dora.person, to=leo.person, **everything(small), by=carol) == 3
    assert owners(small) == {"R1.1.1.1": leo.person, "I1.1.1.1": leo.person, "R1.1.1.2": None}
    assert Indicator.objects.get(pk=small.indicator.indicator_id).owner == leo.person
    update.refresh_from_db()
    assert update.person == dora.person
    events = PlanNode.pgh_event_model.objects.filter(pgh_obj=small.action.node_id).order_by("pk")
    assert [event.owner_id for event in events][-2:] == [dora.person.pk, leo.person.pk]
    assert Event.objects.filter(verb="plans.hand_over", actor_id=carol.pk).count() == 1


def test_both_get_a_letter(small: SmallPlan, process: Process, carol: User, dora: User, leo: User) -> None:
    hand_over(process, person=dora.person, to=leo.person, nodes=[small.action.node_id], indicators=[], by=carol)
    found = letters("plans/hand_over")
    assert set(found) == {"dora@example.lv", "leo@example.lv"}
    assert "Jums nodots tas, par ko plānā „Rīcības plāns” līdz šim atbildēja Dora:" in found["leo@example.lv"].text
    assert "R1.1.1.1 Apsekot ielas" in found["leo@example.lv"].text
    assert "atbild Leo:" in found["dora@example.lv"].text


def test_in_a_round_the_new_owner_can_answer_by_the_letter(
    small: SmallPlan, process: Process, carol: User, dora: User, leo: User
) -> None:
    update_round = ask(small, by=carol)
    hand_over(process, person=dora.person, to=leo.person, **everything(small), by=carol)
    request = request_of(update_round, leo)
    letter = letters("plans/hand_over")["leo@example.lv"]
    assert request.secret in letter.text
    assert letter.thread == f"plans.updaterequest:{request.pk}"
    assert request.sent_at is not None
    assert request.secret not in letters("plans/hand_over")["dora@example.lv"].text


def test_the_coordinator_may_name_somebody_new(small: SmallPlan, process: Process, carol: User, dora: User) -> None:
    new = NewPerson("Jauna Darbiniece", "jauna@example.lv")
    hand_over(process, person=dora.person, to=new, **everything(small), by=carol)
    assert owners(small)["R1.1.1.1"] == Person.objects.get(email="jauna@example.lv")


def test_who_leaves_hands_over_their_own_and_nobody_else_s(
    small: SmallPlan, process: Process, carol: User, dora: User, leo: User, bob: User
) -> None:
    give(small, bob.person, small.other_action, by=carol)
    with pytest.raises(PermissionDenied):
        hand_over(process, person=bob.person, to=dora.person, **everything(small), by=dora)
    with pytest.raises(PermissionDenied):
        hand_over(process, person=dora.person, to=NewPerson("Kāds"), **everything(small), by=dora)
    hand_over(process, person=dora.person, to=leo.person, **everything(small), by=dora)
    assert owners(small) == {"R1.1.1.1": leo.person, "I1.1.1.1": leo.person, "R1.1.1.2": bob.person}


def test_nothing_and_to_oneself_is_refused(
    small: SmallPlan, process: Process, carol: User, dora: User, leo: User
) -> None:
    with pytest.raises(SamePerson):
        hand_over(process, person=dora.person, to=dora.person, **everything(small), by=carol)
    with pytest.raises(NothingToHandOver):
        hand_over(process, person=dora.person, to=leo.person, nodes=[], indicators=[], by=carol)


def test_eve_may_not(small: SmallPlan, process: Process, dora: User, eve: User, clara: User) -> None:
    for other in (eve, clara):
        with pytest.raises(PermissionDenied):
            hand_over(process, person=dora.person, to=other.person, **everything(small), by=other)


def test_on_the_page_some_are_chosen(
    small: SmallPlan, process: Process, carol: User, dora: User, leo: User, sign_in: Callable[[User], Client]
) -> None:
    address = reverse("plans:hand_over", args=[process.slug])
    client = sign_in(carol)
    assert "Dora" in client.get(address).content.decode()
    asked = f"{address}?from={dora.person.pk}"
    assert "Leo" in client.get(f"{asked}&q=leo").content.decode()
    wrong = client.post(asked, {"name": "", "nodes": [small.action.node_id]})
    assert wrong.status_code == 422
    sent = {"person": leo.person.pk, "nodes": [small.action.node_id]}
    assert client.post(asked, sent).status_code == 302
    assert owners(small) == {"R1.1.1.1": leo.person, "I1.1.1.1": dora.person, "R1.1.1.2": None}
    assert client.post(asked, {"person": leo.person.pk, "nodes": [small.other_action.node_id]}).status_code == 422
    assert client.get(f"{address}?from={leo.person.pk + 1000}").status_code == 404


def test_an_owner_finds_only_people_whose_work_it_can_be_and_cannot_pass_as_another(
    small: SmallPlan, process: Process, dora: User, bob: User, carol: User, alice: User, eve: User,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    address = reverse("plans:hand_over", args=[process.slug])
    client = sign_in(dora)
    for words in ("alise", "bruno", "ieva"):
        assert "?person=" not in client.get(f"{address}?q={words}").content.decode()
    assert f"person={carol.person.pk}" in client.get(f"{address}?q=karola").content.decode()
    assert "Dora" not in client.get(f"{address}?from={carol.person.pk}").content.decode().partition("<main")[2]
    assert client.post(address, {"person": eve.person.pk, "nodes": [small.action.node_id]}).status_code == 422
    assert client.post(address, {"person": carol.person.pk, "nodes": [small.action.node_id]}).status_code == 302
    assert owners(small)["R1.1.1.1"] == carol.person
