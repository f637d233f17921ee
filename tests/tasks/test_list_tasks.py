# SPDX-License-Identifier: EUPL-1.2
"""Lists of tasks: of a process, of a group, of oneself; what is late is seen by who leads and who coordinates."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.processes.models import Process
from talka.tasks.models import Task
from talka.tasks.operations.tasks import update_task
from tests.tasks.conftest import GiveTask

SignIn = Callable[[User], Client]


def be_late(task: Task) -> None:
    Task.objects.filter(pk=task.pk).update(due_on=clock.today() - timedelta(days=2))


def test_the_list_of_a_process_is_narrowed(
    process: Process, give: GiveTask, carol: User, bob: User, dora: User, sign_in: SignIn
) -> None:
    late, other, ended = give("Vecā karte"), give("Doras darbs", to=dora.person), give("Pabeigtais")
    be_late(late)
    update_task(ended, state="done", by=bob)
    client, address = sign_in(carol), reverse("tasks:list_process_tasks", args=[process.slug])

    def titles(asked: str) -> set[str]:
        text = client.get(f"{address}?{asked}").content.decode()
        return {one.title for one in (late, other, ended) if one.title in text}

    assert titles("") == {"Vecā karte", "Doras darbs"}
    assert titles("state=late") == {"Vecā karte"}
    assert titles("state=ended") == {"Pabeigtais"}
    assert titles(f"state=all&owner={dora.person.pk}") == {"Doras darbs"}
    assert titles("state=nonsense&owner=x&group=-1&page=abc") == {"Vecā karte", "Doras darbs"}


def test_many_tasks_cost_no_more_queries_than_one(
    process: Process, give: GiveTask, carol: User, leo: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        give(f"Darbs {number}")
    client = sign_in(carol)
    with django_assert_max_num_queries(30) as first:
        client.get(reverse("tasks:list_process_tasks", args=[process.slug]))
    for number in range(12):
        give(f"Vēl {number}")
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(reverse("tasks:list_process_tasks", args=[process.slug]))


def test_the_tables_hold_what_the_page_shows(process: Process, task: Task, carol: User, sign_in: SignIn) -> None:
    client = sign_in(carol)
    table = client.get(reverse("tasks:export_tasks", args=[process.slug, "csv"])).content.decode()
    assert "Sagatavot karti" in table
    assert "Bruno" in table
    book = client.get(reverse("tasks:export_tasks", args=[process.slug, "xlsx"]))
    assert book.content.startswith(b"PK")
    assert client.get(reverse("tasks:export_tasks", args=[process.slug, "pdf"])).status_code == 404


def test_what_i_owe_and_today_show_ones_tasks(task: Task, bob: User, sign_in: SignIn) -> None:
    client = sign_in(bob)
    for name in ("proposals:list_owed", "portal:show_workspace"):
        assert task.title in client.get(reverse(name)).content.decode()


def test_late_ones_are_seen_by_the_lead_and_the_coordinator_only(
    task: Task, leo: User, carol: User, clara: User, eve: User, sign_in: SignIn
) -> None:
    be_late(task)
    seen = {
        user.name
        for user in (leo, carol, clara, eve)
        if task.title in sign_in(user).get(reverse("portal:show_workspace")).content.decode()
    }
    assert seen == {"Leo", "Karola"}
