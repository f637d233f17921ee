# SPDX-License-Identifier: EUPL-1.2
"""Owners are asked: one letter each, none twice, by the clock on the first working day and by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person
from talka.notifications.models import Notification
from talka.plans import tasks
from talka.plans.models import UpdateRequest, UpdateRound
from talka.plans.operations import rounds
from talka.plans.operations.progress import update_progress
from talka.plans.operations.rounds import (
    DueBeforeToday,
    NobodyToAsk,
    NothingInForce,
    RoundOpenedToday,
    open_due_rounds,
    open_round,
    send_requests,
)
from talka.processes.models import Process
from tests.plans.asking import ask, give, letters
from tests.plans.factories import SmallPlan, make_plan


@pytest.fixture
def small(process: Process, carol: User, dora: User, bob: User) -> SmallPlan:
    """A plan in force: dora answers for two of its parts, bob for one."""
    plan = make_plan(process, by=carol, published=True)
    give(plan, dora.person, plan.action, plan.investment, by=carol)
    give(plan, bob.person, plan.other_action, by=carol)
    return plan


def test_each_owner_gets_one_letter_with_all_that_they_answer_for(small: SmallPlan, carol: User, dora: User) -> None:
    update_progress(
        small.action.node,
        state="under_way",
        percent=40,
        text="Apsekotas sešas ielas.",
        said_on=date(2025, 1, 10),
        by=carol,
    )
    with clock.at(clock.now() - timedelta(days=1)):
        update_round = ask(small, by=carol)
    found = letters("plans/open_round")
    assert set(found) == {"dora@example.lv", "bruno@example.lv"}
    letter = found["dora@example.lv"]
    assert letter.subject.startswith("Kā sokas jūsu 2 pasākumiem?")
    for said in (
        "R1.1.1.1 Apsekot ielas",
        "10.01.2025.: tiek īstenots, 40 %. Apsekotas sešas ielas.",
        "I1.1.1.1 Veloceliņš",
    ):
        assert said in letter.text
    assert "Apmācīt skolēnus" not in letter.text
    assert f"/lv/plans/updates/{update_round.requests.get(person=dora.person).secret}/" in letter.text
    assert letter.thread == f"plans.updaterequest:{update_round.requests.get(person=dora.person).pk}"


def test_what_has_ended_is_asked_about_no_more(small: SmallPlan, carol: User) -> None:
    for version, state in ((small.action, "done"), (small.investment, "dropped"), (small.other_action, "done")):
        update_progress(version.node, state=state, by=carol)
    with pytest.raises(NobodyToAsk):
        open_round(small.plan, name="Aptauja", due_on=clock.today(), by=carol)


def test_the_letter_is_written_by_the_queue(small: SmallPlan, carol: User) -> None:
    update_round = open_round(small.plan, name="Aptauja", due_on=clock.today(), by=carol)
    assert not letters("plans/open_round")
    job = ProcrastinateJob.objects.get(task_name="talka.plans.tasks.send_requests")
    tasks.send_requests(**job.args)
    assert len(letters("plans/open_round")) == 2
    assert update_round.requests.filter(sent_at__isnull=False).count() == 2


def test_written_again_nobody_gets_a_second_letter(small: SmallPlan, carol: User) -> None:
    update_round = ask(small, by=carol)
    assert send_requests(update_round.pk) == send_requests() == 0
    assert Notification.objects.filter(template="plans/open_round").count() == 2


def test_a_worker_that_dies_loses_none_and_writes_none_twice(small: SmallPlan, carol: User) -> None:
    update_round = open_round(small.plan, name="Aptauja", due_on=clock.today(), by=carol)
    real, calls = rounds.send_letters, []

    def die_the_second_time(template: str, wanted: Any) -> Any:
        calls.append(template)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(template, wanted)

    with (
        patch.object(rounds, "BATCH", 1),
        patch.object(rounds, "send_letters", die_the_second_time),
        pytest.raises(KeyboardInterrupt),
    ):
        send_requests(update_round.pk)
    assert update_round.requests.filter(sent_at__isnull=False).count() == len(letters("plans/open_round")) == 1
    send_requests(update_round.pk)
    assert update_round.requests.filter(sent_at__isnull=True).count() == 0
    assert Notification.objects.filter(template="plans/open_round").count() == 2


def test_who_has_no_address_waits_to_be_called_and_is_written_to_once_there_is_one(
    small: SmallPlan, carol: User
) -> None:
    person = Person.objects.create(name="Jānis Bezpasts", phone="26 000 000")
    give(small, person, small.other_action, by=carol)
    update_round = ask(small, by=carol)
    request = update_round.requests.get(person=person)
    assert request.sent_at is None
    Person.objects.filter(pk=person.pk).update(email="janis@example.lv")
    assert send_requests() == 1
    assert "janis@example.lv" in letters("plans/open_round")


def test_a_letter_costs_no_query_of_its_own(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, published=True)
    nodes = [small.action.node, small.other_action.node, small.investment.node]

    def queries_for(number: int) -> int:
        UpdateRound.objects.all().delete()
        people = [
            Person.objects.create(name=f"Atbildīgais {n}", email=f"{number}{n}@example.lv") for n in range(number)
        ]
        for place, node in enumerate(nodes):
            give(small, people[place % number], small.edition.versions.get(node=node), by=carol)
        update_round = open_round(small.plan, name="Aptauja", due_on=clock.today(), by=carol)
        with CaptureQueriesContext(connection) as counted:
            assert send_requests(update_round.pk) == number
        return len(counted)

    assert queries_for(1) == queries_for(3)


FIRST_OF_JULY = datetime(2026, 7, 1, 6, tzinfo=UTC)


def test_the_clock_asks_on_the_first_working_day_of_the_months_of_the_plan(small: SmallPlan) -> None:
    with clock.at(datetime(2026, 6, 1, 6, tzinfo=UTC)):
        assert open_due_rounds() == 0
    with clock.at(FIRST_OF_JULY):
        assert open_due_rounds() == 1
        assert open_due_rounds() == 0
    with clock.at(FIRST_OF_JULY + timedelta(days=1)):
        assert open_due_rounds() == 0
    update_round = UpdateRound.objects.get()
    assert (update_round.opened_on, update_round.due_on) == (date(2026, 7, 1), date(2026, 7, 15))
    assert update_round.name == "Aptauja par izpildi: 2026. gada jūlijs"
    assert update_round.opened_by is None


def test_a_holiday_waits_and_a_worker_that_was_down_makes_up_for_it(small: SmallPlan) -> None:
    with clock.at(datetime(2027, 1, 1, 6, tzinfo=UTC)):
        assert open_due_rounds() == 0
    with clock.at(datetime(2027, 1, 6, 6, tzinfo=UTC)):
        assert open_due_rounds() == 1
    UpdateRound.objects.all().delete()
    with clock.at(datetime(2027, 1, 20, 6, tzinfo=UTC)):
        assert open_due_rounds() == 0


def test_a_plan_that_is_hidden_or_not_approved_asks_nobody(process: Process, carol: User, dora: User) -> None:
    draft = make_plan(process, by=carol)
    give(draft, dora.person, draft.action, by=carol)
    with pytest.raises(NothingInForce):
        open_round(draft.plan, name="Aptauja", due_on=clock.today(), by=carol)
    with clock.at(FIRST_OF_JULY):
        assert open_due_rounds() == 0


def test_asking_twice_a_day_or_until_yesterday_is_refused(small: SmallPlan, carol: User) -> None:
    with pytest.raises(DueBeforeToday):
        open_round(small.plan, name="Aptauja", due_on=clock.today() - timedelta(days=1), by=carol)
    ask(small, by=carol)
    with pytest.raises(RoundOpenedToday):
        open_round(small.plan, name="Vēl viena", due_on=clock.today(), by=carol)


def test_eve_and_a_clerk_may_not(small: SmallPlan, clara: User, eve: User) -> None:
    for other in (eve, clara):
        with pytest.raises(PermissionDenied):
            open_round(small.plan, name="Aptauja", due_on=clock.today(), by=other)
    assert not UpdateRequest.objects.exists()


def test_the_page_keeps_what_was_typed_and_says_who_must_be_called(
    small: SmallPlan, carol: User, sign_in: Callable[[User], Client]
) -> None:
    give(small, Person.objects.create(name="Jānis Bezpasts", phone="26 000 000"), small.other_action, by=carol)
    address = reverse("plans:open_round", args=[small.plan.process.slug, small.plan.slug])
    page = sign_in(carol).get(address).content.decode()
    assert "Jānis Bezpasts (26 000 000)" in page
    wrong = sign_in(carol).post(address, {"name": "Vasaras aptauja", "due_on": "rīt"})
    assert wrong.status_code == 422
    assert "Vasaras aptauja" in wrong.content.decode()
    assert not UpdateRound.objects.exists()
    right = sign_in(carol).post(address, {"name": "Vasaras aptauja", "due_on": clock.today().isoformat()})
    assert right.status_code == 302
    assert UpdateRound.objects.get().opened_by == carol
