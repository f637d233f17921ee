# SPDX-License-Identifier: EUPL-1.2
"""Somebody leaves: tasks, proposals and parts of plans go to somebody else in one step, with their history."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.notifications.models import Notification
from talka.plans.models import PlanNode
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.examining import assign_proposals
from talka.tasks.models import Task
from talka.tasks.operations.handing_over import NothingToHandOver, SamePerson, hand_over, hand_over_task
from talka.tasks.operations.tasks import update_task
from tests.plans.asking import give as give_actions
from tests.plans.factories import make_plan
from tests.tasks.conftest import GiveTask


def test_all_goes_in_one_step_on_one_page(
    process: Process, give: GiveTask, carol: User, dora: User, clara: User, make_proposal: Callable[..., Proposal],
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    task = give(to=dora.person)
    proposal = make_proposal()
    assign_proposals([proposal], person=dora.person, by=carol)
    plan = make_plan(process, by=carol, published=True)
    give_actions(plan, dora.person, plan.action, by=carol)
    address = f"{reverse('tasks:hand_over', args=[process.slug])}?from={dora.person.pk}"
    client = sign_in(carol)
    assert client.get(address).status_code == 200
    sent = {
        "to": clara.person.pk,
        "reason": "Dora aiziet.",
        "tasks": [task.pk],
        "proposals": [proposal.pk],
        "nodes": [plan.action.node_id],
    }
    assert client.post(address, sent).status_code == 302
    task.refresh_from_db()
    proposal.refresh_from_db()
    assert task.owner == clara.person
    assert proposal.assigned_person == clara.person
    assert PlanNode.objects.get(pk=plan.action.node_id).owner == clara.person
    assert Notification.objects.filter(template="tasks/hand_over", email=clara.email).exists()


def test_what_was_said_stays_with_who_said_it(task: Task, bob: User, dora: User, leo: User) -> None:
    update_task(task, state="under_way", text="Sākts.", by=bob)
    hand_over_task(task, to=dora.person, reason="Slimība", by=leo)
    task.refresh_from_db()
    assert task.updates.get().said_by == bob.person
    assert task.state == "under_way"
    handed = task.handovers.get()
    assert (handed.before, handed.after, handed.reason) == (bob.person, dora.person, "Slimība")


def test_to_the_same_person_or_of_nothing_is_refused(
    process: Process, task: Task, bob: User, dora: User, carol: User
) -> None:
    with pytest.raises(SamePerson):
        hand_over(process, person=bob.person, to=bob.person, tasks=[task.pk], by=carol)
    with pytest.raises(NothingToHandOver):
        hand_over(process, person=bob.person, to=dora.person, by=carol)
    with pytest.raises(NothingToHandOver):
        hand_over(process, person=dora.person, to=bob.person, tasks=[task.pk], by=carol)


def test_others_may_not(process: Process, task: Task, bob: User, dora: User, leo: User, eve: User) -> None:
    for somebody in (bob, leo, eve):
        with pytest.raises(PermissionDenied):
            hand_over(process, person=bob.person, to=dora.person, tasks=[task.pk], by=somebody)
    for somebody in (bob, eve):
        with pytest.raises(PermissionDenied):
            hand_over_task(task, to=dora.person, by=somebody)
