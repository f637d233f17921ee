# SPDX-License-Identifier: EUPL-1.2
"""The link in the letter lets its owner say how the task is going, and nobody else."""

from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.directory.models import Person
from talka.tasks.letters import ask
from talka.tasks.models import State, Task, TaskUpdate
from talka.tasks.operations.handing_over import hand_over_task
from tests.tasks.conftest import GiveTask


def test_it_is_said_without_an_account(give: GiveTask, ilze: Person, client: Client) -> None:
    task = give(to=ilze)
    address = reverse("tasks:answer_task", args=[ask(task, ilze).secret])
    assert client.post(address, {"state": "done", "text": "Gatavs."}).status_code == 302
    update = TaskUpdate.objects.get()
    assert (update.state, update.said_by, update.channel, update.entered_by) == (State.DONE, ilze, "link", None)


def test_the_link_ends_when_the_task_goes_to_somebody_else(
    task: Task, bob: User, dora: User, leo: User, client: Client
) -> None:
    secret = ask(task, bob.person).secret
    hand_over_task(task, to=dora.person, by=leo)
    page = client.post(reverse("tasks:answer_task", args=[secret]), {"state": "done"})
    assert page.status_code == 409
    assert not TaskUpdate.objects.exists()


def test_a_guessed_link_opens_nothing_and_no_page_is_kept(task: Task, bob: User, client: Client) -> None:
    assert client.get(reverse("tasks:answer_task", args=["x" * 40])).status_code == 404
    page = client.get(reverse("tasks:answer_task", args=[ask(task, bob.person).secret]))
    assert page["Cache-Control"] == "no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
