# SPDX-License-Identifier: EUPL-1.2
"""An answer to a letter about tasks is entered where it is clear; the rest goes to the lead."""

from typing import Any

import pytest

from talka.accounts.models import User
from talka.core import clock
from talka.notifications.models import Notification
from talka.processes.models import Process
from talka.tasks.letters import code_of
from talka.tasks.models import State, Task, UnclearReply
from talka.tasks.operations.replies import ReplySettled, Taken, settle_reply, take_reply
from tests.tasks.conftest import GiveTask


def answer(user: User, process: Process, text: str, **fields: Any) -> Taken:
    values: dict[str, Any] = {"mail_key": "<1@x>", "from_address": user.email, "received_at": clock.now(), **fields}
    return take_reply(user.person, process, text=text, **values)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Izdarīts.", State.DONE),
        ("Izpildīts, paldies!", State.DONE),
        ("procesā, būs līdz piektdienai", State.UNDER_WAY),
        ("Nav sākts", State.OPEN),
        ("Done", State.DONE),
        ("not started yet", State.OPEN),
        ("Labdien! Turpinās.", State.UNDER_WAY),
    ],
)
def test_plain_words_are_understood(task: Task, process: Process, bob: User, text: str, state: State) -> None:
    taken = answer(bob, process, text)
    assert [update.state for update in taken.entered] == [state]
    assert not taken.unclear


def test_several_tasks_are_told_apart_by_their_codes(give: GiveTask, process: Process, bob: User) -> None:
    first, second = give("Viens"), give("Divi")
    answer(bob, process, f"{code_of(first)}: izpildīts\n{code_of(second)} – procesā, kavējas kartes")
    states = {one.title: one.state for one in Task.objects.select_related("latest")}
    assert states == {"Viens": State.DONE, "Divi": State.UNDER_WAY}


def test_the_same_mail_again_changes_nothing(task: Task, process: Process, bob: User) -> None:
    answer(bob, process, "procesā")
    answer(bob, process, "procesā")
    assert task.updates.count() == 1


def test_what_is_not_clear_goes_to_the_lead_and_the_sender_hears_it(
    task: Task, process: Process, bob: User, leo: User
) -> None:
    taken = answer(bob, process, "Piezvaniet man, lūdzu.")
    assert not taken.entered
    assert Notification.objects.get(template="tasks/unclear_reply").email == leo.email
    assert Notification.objects.get(template="tasks/take_reply").email == bob.email
    reply = UnclearReply.objects.get()
    settle_reply(reply, by=leo)
    with pytest.raises(ReplySettled):
        settle_reply(reply, by=leo)


def test_another_address_enters_nothing_and_is_not_answered(task: Task, process: Process, bob: User) -> None:
    taken = answer(bob, process, "Izpildīts", from_address="kads@example.com")
    assert not taken.entered
    assert UnclearReply.objects.get().doubt == "other_address"
    assert not Notification.objects.filter(template="tasks/take_reply").exists()


def test_an_empty_reply_enters_nothing(task: Task, process: Process, bob: User) -> None:
    assert not answer(bob, process, "").entered
    assert UnclearReply.objects.get().doubt == "nothing"
