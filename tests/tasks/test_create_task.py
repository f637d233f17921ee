# SPDX-License-Identifier: EUPL-1.2
"""A task is given to one person until a day; they hear of it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.groups.operations.forming import close_group
from talka.notifications.models import Notification
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.examining import assign_proposals
from talka.tasks.models import Asked, Task
from talka.tasks.operations.tasks import GroupClosed, create_task
from tests.tasks.conftest import GiveTask

SignIn = Callable[[User], Client]


def test_the_owner_gets_a_letter_with_their_link(give: GiveTask, bob: User) -> None:
    task = give()
    letter = Notification.objects.get(template="tasks/create_task")
    assert letter.email == bob.email
    assert Asked.objects.get(task=task).secret in letter.text


def test_somebody_without_an_account_gets_it_too(give: GiveTask, ilze: Person) -> None:
    give(to=ilze)
    assert Notification.objects.get(template="tasks/create_task").email == "ilze@example.lv"


def test_somebody_without_an_address_still_may_have_a_task(give: GiveTask) -> None:
    task = give(to=Person.objects.create(name="Bez adreses"))
    assert task.pk
    assert not Notification.objects.filter(template="tasks/create_task").exists()


def test_a_closed_group_gets_no_more_tasks_and_keeps_its_own(
    task: Task, give: GiveTask, group: WorkingGroup, carol: User
) -> None:
    close_group(group, by=carol, reason="Darbs beidzies.")
    group.refresh_from_db()
    with pytest.raises(GroupClosed):
        give("Vēl viens")
    assert list(Task.objects.filter(group=group).open()) == [task]


def test_members_and_people_elsewhere_may_not(process: Process, bob: User, eve: User) -> None:
    for somebody in (bob, eve):
        with pytest.raises(PermissionDenied):
            create_task(process, title="Nē", owner=bob.person, due_on=clock.today(), by=somebody)


def test_it_is_given_on_its_page_from_a_proposal(
    process: Process,
    group: WorkingGroup,
    carol: User,
    leo: User,
    bob: User,
    make_proposal: Callable[..., Proposal],
    sign_in: SignIn,
) -> None:
    proposal = make_proposal()
    assign_proposals([proposal], group=group, by=carol)
    due = clock.today() + timedelta(days=7)
    sent = {
        "title": "Apsekot ielu",
        "owner": bob.person.pk,
        "due_on": due.isoformat(),
        "group": group.pk,
        "proposal": proposal.number,
    }
    client = sign_in(leo)
    assert client.post(reverse("tasks:create_task", args=[process.slug]), sent).status_code == 302
    assert Task.objects.get().proposal == proposal
    page = client.get(reverse("proposals:manage_proposal", args=[process.slug, proposal.number])).content.decode()
    assert "Apsekot ielu" in page


def test_the_public_reads_nothing_of_it(
    process: Process, group: WorkingGroup, leo: User, bob: User, make_proposal: Callable[..., Proposal], client: Client
) -> None:
    proposal = make_proposal(public=True)
    create_task(
        process, title="Slepens darbs", owner=bob.person, due_on=clock.today(), proposal=proposal, group=group, by=leo
    )
    page = client.get(reverse("proposals:show_proposal", args=[process.slug, proposal.number]))
    assert "Slepens darbs" not in page.content.decode()


def test_wrong_input_stands_beside_its_field(
    process: Process, group: WorkingGroup, leo: User, bob: User, sign_in: SignIn
) -> None:
    sent = {"title": "Apsekot", "owner": bob.person.pk, "due_on": "2001-01-01", "group": group.pk, "proposal": "999"}
    page = sign_in(leo).post(reverse("tasks:create_task", args=[process.slug]), sent)
    text = page.content.decode()
    assert page.status_code == 422
    assert "Šī diena jau ir pagājusi." in text
    assert "Reģistrā nav priekšlikuma ar šādu numuru." in text
    assert not Task.objects.exists()


def test_a_day_that_is_a_holiday_is_pointed_out(
    process: Process, group: WorkingGroup, leo: User, bob: User, sign_in: SignIn
) -> None:
    with time_machine.travel("2027-11-02 10:00+02:00"):
        sent = {"title": "Apsekot", "owner": bob.person.pk, "due_on": "2027-11-18", "group": group.pk}
        page = sign_in(leo).post(reverse("tasks:create_task", args=[process.slug]), sent, follow=True)
    assert "nav darbdiena; nākamā darbdiena ir 19.11.2027" in page.content.decode()
    assert Task.objects.get().due_on == date(2027, 11, 18)
