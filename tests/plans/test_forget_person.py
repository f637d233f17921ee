# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from talka.accounts.models import User
from talka.core import clock
from talka.core.holdings import Wanted, holders
from talka.directory.models import Person
from talka.notifications.models import Notification, Subscription
from talka.notifications.operations import follow, send_letter
from talka.plans.models import PlanNode, ProgressUpdate, UpdateRequest, UpdateRound
from talka.plans.operations.forgetting import StillAnswers, erase_follower, forget_person
from talka.plans.operations.nodes import assign_owner
from talka.plans.operations.progress import update_progress
from talka.privacy.operations import is_needed
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    """A published plan of the process with an edition in force."""
    return make_plan(process, by=carol, published=True)


@pytest.fixture
def person(db: None) -> Person:
    """Somebody who answered for an action."""
    return Person.objects.create(name="Zigfrīda Purmale", email="zigfrida@example.lv")


def holder(name: str) -> Any:
    """Return the holder of this name."""
    return next(one for one in holders() if one.name == name)


def answered(small: SmallPlan, person: Person, carol: User) -> UpdateRequest:
    """Let the person answer for the action, be asked, and say how it is going."""
    assign_owner(small.action.node, owner=person, by=carol)
    update_progress(small.action.node, state="under_way", text="Sākts.", person=person, by=carol)
    asked = UpdateRound.objects.create(plan=small.plan, name="Pavasaris", opened_on=clock.today(), due_on=clock.today())
    request = UpdateRequest.objects.create(round=asked, person=person, sent_at=clock.now())
    send_letter(
        "notifications/confirm_following",
        email=person.email,
        language="lv",
        title="x",
        confirm_url=f"/x/{request.secret}/",
    )
    return request


def test_what_is_held_is_found_and_given_out_by_those_who_answer_for_it(
    small: SmallPlan, person: Person, carol: User, adam: User, eve: User
) -> None:
    answered(small, person, carol)
    for user in (carol, adam):
        [found] = holder("plans").find(Wanted(name="Zigfrida Purmale"), by=user)
        assert (found.subject, found.scope) == (person, small.plan.process)
    assert holder("plans").find(Wanted(email=person.email), by=eve) == []
    assert holder("plans").get([found.key, "planowner:x-y", "planowner:1"], by=eve) == []
    copy = holder("plans").copy(holder("plans").get([found.key], by=carol)[0])
    assert set(copy.values) <= set(holder("plans").keys)
    assert copy.values["answers_for"] == [f"{small.action.code} Apsekot ielas"]
    assert [said["text"] for said in copy.values["updates"]] == ["Sākts."]
    assert len(copy.values["asked"]) == 1


def test_who_answers_still_is_handed_over_first(small: SmallPlan, person: Person, carol: User) -> None:
    answered(small, person, carol)
    [found] = holder("plans").find(Wanted(email=person.email), by=carol)
    assert found.kept_because
    assert is_needed(person)
    with pytest.raises(StillAnswers):
        forget_person(person, small.plan.process, by=carol, reason="Iesniegums")


def test_a_person_is_taken_out_and_what_was_said_stays(small: SmallPlan, person: Person, carol: User) -> None:
    request = answered(small, person, carol)
    assign_owner(small.action.node, owner=carol.person, by=carol)
    [found] = holder("plans").find(Wanted(email=person.email), by=carol)
    holder("plans").erase(found, by=carol, reason="Iesniegums", leave_public=False)
    assert holder("plans").find(Wanted(email=person.email), by=carol) == []
    update = ProgressUpdate.objects.get()
    assert (update.text, update.person) == ("Sākts.", None)
    assert not UpdateRequest.objects.exists()
    assert not Notification.objects.filter(text__contains=request.secret).exists()
    for model, field in ((ProgressUpdate, "person_id"), (PlanNode, "owner_id")):
        history: Any = model.pgh_event_model.objects  # type: ignore[attr-defined]
        assert not history.filter(**{field: person.pk}).exists()
    assert not is_needed(person)


def test_somebody_signed_in_finds_what_is_theirs(small: SmallPlan, carol: User, dora: User) -> None:
    assign_owner(small.action.node, owner=dora.person, by=carol)
    follow(small.action.node.audience, email=dora.email, language="lv", by=dora, title="x")
    [found] = holder("plans").own(dora)
    assert found.subject == dora.person
    [followed] = holder("following_plans").own(dora)
    assert followed.title == f"{small.action.code} Apsekot ielas"
    assert set(holder("following_plans").copy(followed).values) <= set(holder("following_plans").keys)
    assert holder("plans").own(carol) == []


def test_an_address_that_follows_an_action_is_erased(small: SmallPlan, carol: User, alice: User, eve: User) -> None:
    follow(small.action.node.audience, email=alice.email, language="lv", by=alice, title="x")
    update_progress(small.action.node, state="under_way", by=carol)
    assert Notification.objects.filter(email=alice.email).exists()
    assert holder("following_plans").find(Wanted(email=alice.email), by=eve) == []
    [found] = holder("following_plans").find(Wanted(email=alice.email), by=carol)
    holder("following_plans").erase(found, by=carol, reason="Iesniegums", leave_public=False)
    assert not Subscription.objects.exists()
    assert not Notification.objects.filter(email=alice.email).exists()
    assert holder("following_plans").get([found.key], by=carol) == []


def test_eve_and_a_clerk_may_not(
    small: SmallPlan, person: Person, carol: User, clara: User, eve: User, alice: User
) -> None:
    followed = follow(small.action.node.audience, email=alice.email, language="lv", by=alice, title="x")
    for other in (eve, clara):
        with pytest.raises(PermissionDenied):
            forget_person(person, small.plan.process, by=other, reason="x")
        with pytest.raises(PermissionDenied):
            erase_follower(small.action.node, followed, by=other, reason="x")
