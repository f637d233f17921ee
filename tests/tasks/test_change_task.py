# SPDX-License-Identifier: EUPL-1.2
"""What a task is may change; its day moves only with a reason that stays readable."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.core.editing import version_of
from talka.core.errors import Changed
from talka.tasks.models import Task
from talka.tasks.operations.tasks import NothingMoves, change_task, move_tasks, update_task
from tests.tasks.conftest import GiveTask

SignIn = Callable[[User], Client]


def test_moving_the_day_keeps_the_earlier_one_and_the_reason(task: Task, leo: User) -> None:
    later = task.due_on + timedelta(days=7)
    change_task(task, due_on=later, reason="Karte kavējas.", by=leo)
    task.refresh_from_db()
    move = task.moves.get()
    assert (task.due_on, move.after, move.reason, move.moved_by) == (later, later, "Karte kavējas.", leo)


def test_the_page_asks_why(task: Task, leo: User, sign_in: SignIn) -> None:
    sent = {"title": task.title, "due_on": (task.due_on + timedelta(days=1)).isoformat(), "group": task.group_id}
    page = sign_in(leo).post(reverse("tasks:change_task", args=[task.process.slug, task.pk]), sent)
    assert page.status_code == 422
    assert "Uzrakstiet, kāpēc mainās termiņš." in page.content.decode()


def test_who_read_an_older_task_is_told(task: Task, leo: User) -> None:
    seen = version_of(task, ["title", "due_on"])
    change_task(task, title="Cits", by=leo)
    with pytest.raises(Changed):
        change_task(task, title="Vēl cits", seen=seen, by=leo)


def test_several_days_move_at_once_and_ended_tasks_stay(give: GiveTask, carol: User, bob: User) -> None:
    first, second = give("Viens"), give("Divi")
    update_task(second, state="done", by=bob)
    day = clock.today() + timedelta(days=30)
    assert move_tasks([first, second], due_on=day, reason="Brīvlaiks.", by=carol) == 1
    with pytest.raises(NothingMoves):
        move_tasks([first, second], due_on=day, reason="Brīvlaiks.", by=carol)


def test_the_owner_may_not_move_their_own_day(task: Task, bob: User, eve: User) -> None:
    for somebody in (bob, eve):
        with pytest.raises(PermissionDenied):
            change_task(task, due_on=task.due_on + timedelta(days=1), reason="Gribu.", by=somebody)
        with pytest.raises(PermissionDenied):
            move_tasks([task], due_on=task.due_on + timedelta(days=1), reason="Gribu.", by=somebody)
