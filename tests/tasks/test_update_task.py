# SPDX-License-Identifier: EUPL-1.2
"""The state of a task follows from what was said last, and only from that."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.notifications.models import Notification
from talka.tasks.models import State, Task
from talka.tasks.operations.tasks import RetractedAlready, SaidInFuture, retract_update, update_task


def state_of(task: Task) -> State:
    return Task.objects.select_related("latest").get(pk=task.pk).state


def test_its_owner_says_how_it_is_going(task: Task, bob: User) -> None:
    assert state_of(task) == State.OPEN
    update = update_task(task, state="under_way", text="Puse gatava.", by=bob)
    assert state_of(task) == State.UNDER_WAY
    assert update.said_by == bob.person


def test_the_lead_hears_that_it_is_done_once(task: Task, bob: User) -> None:
    update_task(task, state="done", by=bob)
    update_task(task, state="done", text="Tiešām.", by=bob)
    assert list(Notification.objects.filter(template="tasks/end_task").values_list("email", flat=True)) == [
        "leo@example.lv"
    ]


def test_an_earlier_day_entered_later_does_not_hide_what_was_said_last(task: Task, bob: User) -> None:
    update_task(task, state="done", by=bob)
    update_task(task, state="under_way", said_on=clock.today() - timedelta(days=1), by=bob)
    assert state_of(task) == State.DONE


def test_two_updates_of_one_day_leave_the_later_one(task: Task, bob: User, leo: User) -> None:
    stale = Task.objects.select_related("owner", "process", "group").get(pk=task.pk)
    update_task(task, state="under_way", by=bob)
    update_task(stale, state="done", by=leo)
    assert state_of(task) == State.DONE
    assert task.updates.count() == 2


def test_an_update_of_tomorrow_is_refused(task: Task, bob: User) -> None:
    with pytest.raises(SaidInFuture):
        update_task(task, state="done", said_on=clock.today() + timedelta(days=1), by=bob)


def test_taking_an_update_back_brings_the_state_back(task: Task, bob: User, leo: User) -> None:
    update_task(task, state="under_way", by=bob)
    wrong = update_task(task, state="done", by=bob)
    retract_update(wrong, reason="Nav vēl gatavs.", by=leo)
    assert state_of(task) == State.UNDER_WAY
    with pytest.raises(RetractedAlready):
        retract_update(wrong, reason="Vēlreiz.", by=leo)


def test_others_may_not(task: Task, eve: User, alice: User, dora: User) -> None:
    for somebody in (eve, alice, dora):
        with pytest.raises(PermissionDenied):
            update_task(task, state="done", by=somebody)


def test_nobody_elsewhere_sees_it(task: Task, eve: User, sign_in: Callable[[User], Client]) -> None:
    page = sign_in(eve).get(reverse("tasks:show_task", args=[task.process.slug, task.pk]))
    assert page.status_code == 404


def test_wrong_input_keeps_what_was_typed(task: Task, bob: User, sign_in: Callable[[User], Client]) -> None:
    address = reverse("tasks:update_task", args=[task.process.slug, task.pk])
    page = sign_in(bob).post(address, {"state": "finished", "text": "Karte ir plauktā.", "said_on": "2200-01-01"})
    assert page.status_code == 422
    assert "Karte ir plauktā." in page.content.decode()
    assert state_of(task) == State.OPEN


def test_the_page_says_what_was_taken_back_and_why(
    task: Task, bob: User, leo: User, sign_in: Callable[[User], Client]
) -> None:
    wrong = update_task(task, state="done", by=bob)
    address = reverse("tasks:retract_update", args=[task.process.slug, task.pk, wrong.pk])
    client = sign_in(leo)
    assert client.post(address, {"reason": "Pārsteidzos"}).status_code == 302
    assert "Pārsteidzos" in client.get(reverse("tasks:show_task", args=[task.process.slug, task.pk])).content.decode()
