# SPDX-License-Identifier: EUPL-1.2
"""Reminders: once before the last day, once after it, at most one a day, none to who owes nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.notifications.models import Notification
from talka.plans.models import UpdateRound
from talka.plans.operations.progress import update_progress
from talka.plans.operations.rounds import NobodyToRemind, NoRound, remind_due, remind_owners
from talka.processes.models import Process
from tests.plans.asking import ask, give, letters
from tests.plans.factories import SmallPlan, make_plan

MONDAY = datetime(2027, 2, 1, 8, tzinfo=UTC)


@pytest.fixture
def small(process: Process, carol: User, dora: User, bob: User) -> SmallPlan:
    plan = make_plan(process, by=carol, published=True)
    give(plan, dora.person, plan.action, plan.investment, by=carol)
    give(plan, bob.person, plan.other_action, by=carol)
    return plan


def reminded() -> int:
    return Notification.objects.filter(template="plans/remind_owners").count()


def test_who_owes_is_reminded_once_before_the_last_day_and_once_after(small: SmallPlan, carol: User, bob: User) -> None:
    with clock.at(MONDAY):
        ask(small, by=carol)
        update_progress(small.other_action.node, state="under_way", by=bob)
    days = {}
    for day in range(1, 45):
        with clock.at(MONDAY + timedelta(days=day)):
            days[day] = remind_due()
            assert remind_due() == 0
    assert {day: number for day, number in days.items() if number} == {11: 1, 15: 1}
    letter = letters("plans/remind_owners")["dora@example.lv"]
    assert letter.subject == "Nezinām, kā sokas 2 jūsu pasākumiem plānā „Rīcības plāns”"
    assert letter.earlier_ids == letters("plans/open_round")["dora@example.lv"].message_id
    assert reminded() == 2


def test_on_a_day_off_and_for_who_wants_none_there_is_no_reminder(small: SmallPlan, carol: User, dora: User) -> None:
    with clock.at(MONDAY):
        ask(small, by=carol, days=12)
    User.objects.filter(pk=dora.pk).update(gets_reminders=False)
    with clock.at(MONDAY + timedelta(days=12)):
        assert remind_due() == 0
    with clock.at(MONDAY + timedelta(days=11)):
        assert remind_due() == 1
    assert set(letters("plans/remind_owners")) == {"bruno@example.lv"}


def test_by_hand_each_gets_one_letter_a_day(small: SmallPlan, carol: User, dora: User, bob: User) -> None:
    with pytest.raises(NoRound):
        remind_owners(small.plan, people=[dora.person], by=carol)
    with clock.at(MONDAY):
        ask(small, by=carol)
    with clock.at(MONDAY + timedelta(days=1)):
        assert remind_owners(small.plan, people=[dora.person, bob.person], by=carol) == 2
        with pytest.raises(NobodyToRemind):
            remind_owners(small.plan, people=[dora.person], by=carol)
    with clock.at(MONDAY + timedelta(days=2)):
        assert remind_owners(small.plan, people=[dora.person], by=carol) == 1
    assert "Karola" in letters("plans/remind_owners")["dora@example.lv"].text


def test_who_answers_for_something_only_since_then_is_asked_too(
    small: SmallPlan, carol: User, dora: User, leo: User
) -> None:
    with clock.at(MONDAY):
        update_round = ask(small, by=carol)
    give(small, leo.person, small.other_action, by=carol)
    with clock.at(MONDAY + timedelta(days=1)):
        assert remind_owners(small.plan, people=[leo.person], by=carol) == 1
    assert update_round.requests.get(person=leo.person).sent_at is not None


def test_an_older_round_is_not_reminded_of(small: SmallPlan, carol: User) -> None:
    with clock.at(MONDAY):
        ask(small, by=carol)
    with clock.at(MONDAY + timedelta(days=2)):
        ask(small, by=carol, days=60)
    with clock.at(MONDAY + timedelta(days=15)):
        assert remind_due() == 0
    assert UpdateRound.objects.count() == 2


def test_eve_and_a_clerk_may_not(small: SmallPlan, carol: User, dora: User, clara: User, eve: User) -> None:
    ask(small, by=carol)
    for other in (eve, clara):
        with pytest.raises(PermissionDenied):
            remind_owners(small.plan, people=[dora.person], by=other)


def test_the_chosen_of_the_page_are_reminded(
    small: SmallPlan, carol: User, dora: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    with clock.at(clock.now() - timedelta(days=3)):
        ask(small, by=carol)
    address = reverse("plans:remind_owners", args=[small.plan.process.slug, small.plan.slug])
    sign_in(carol).post(address, {"person": [eve.person.pk, "nav skaitlis"]})
    assert reminded() == 0
    response = sign_in(carol).post(address, {"person": [dora.person.pk], "asked": "what=owed"})
    assert response["Location"].endswith("/owing/?what=owed")
    assert set(letters("plans/remind_owners")) == {"dora@example.lv"}
    foreign = sign_in(carol).post(address, {"person": [dora.person.pk], "asked": "x\r\nSet-Cookie: a=b"})
    assert foreign["Location"].endswith("/owing/")
