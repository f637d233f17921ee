# SPDX-License-Identifier: EUPL-1.2
"""A person is taken out of tasks once these are with somebody else; what was said stays without their name."""

import pytest
from django.core.exceptions import PermissionDenied

from talka.accounts.models import User
from talka.core.holdings import Wanted
from talka.tasks.holding import TaskHolding
from talka.tasks.models import Asked, Task, TaskUpdate
from talka.tasks.operations.forgetting import StillOwns, forget_person
from talka.tasks.operations.handing_over import hand_over_task
from talka.tasks.operations.tasks import update_task


def test_what_is_held_is_found_given_out_and_erased(task: Task, bob: User, dora: User, leo: User, carol: User) -> None:
    update_task(task, state="under_way", text="Sākts.", by=bob)
    holder = TaskHolding()
    (found,) = holder.find(Wanted(email=bob.email), by=carol)
    assert holder.copy(found).values["updates"][0]["text"] == "Sākts."
    with pytest.raises(StillOwns):
        forget_person(bob.person, task.process, by=carol, reason="Lūdza.")
    hand_over_task(task, to=dora.person, by=leo)
    holder.erase(found, by=carol, reason="Lūdza.", leave_public=True)
    assert TaskUpdate.objects.get().said_by is None
    assert not Asked.objects.filter(person=bob.person).exists()
    assert not holder.find(Wanted(email=bob.email), by=carol)


def test_others_find_and_erase_nothing(task: Task, bob: User, eve: User) -> None:
    assert not TaskHolding().find(Wanted(email=bob.email), by=eve)
    with pytest.raises(PermissionDenied):
        forget_person(bob.person, task.process, by=eve, reason="Gribu.")
