# SPDX-License-Identifier: EUPL-1.2
"""What tests of tasks share: tasks of the group, and the letters about them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.tasks.models import Task
from talka.tasks.operations.tasks import create_task

GiveTask = Callable[..., Task]


@pytest.fixture
def give(process: Process, group: WorkingGroup, carol: User, leo: User, bob: User) -> GiveTask:
    """Return a function by which leo gives bob, or somebody else, a task of the group."""

    def given(title: str = "Sagatavot karti", *, to: Person | None = None, days: int = 5, **fields: Any) -> Task:
        values: dict[str, Any] = {"group": group, "by": leo, **fields}
        task = create_task(
            process, title=title, owner=to or bob.person, due_on=clock.today() + timedelta(days=days), **values
        )
        return Task.objects.select_related("owner", "process", "group", "latest").get(pk=task.pk)

    return given


@pytest.fixture
def task(give: GiveTask) -> Task:
    """A task that leo gave bob."""
    return give()


@pytest.fixture
def ilze(db: None) -> Person:
    """Somebody with an address and without an account."""
    return Person.objects.create(name="Ilze Ozola", email="ilze@example.lv")
