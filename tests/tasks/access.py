# SPDX-License-Identifier: EUPL-1.2
"""Who is answered what on the pages of tasks."""

from datetime import timedelta
from typing import Any

from talka.core import clock
from talka.tasks.letters import ask
from talka.tasks.models import Task, UnclearReply
from talka.tasks.operations.tasks import create_task, update_task
from tests.access import Row, World


def the_task(world: World) -> Task:
    """Return a task of the group that bob owes."""
    found = Task.objects.filter(process=world.process).first()
    return found or create_task(
        world.process, title="Sagatavot karti", owner=world.bob.person, due_on=clock.today() + timedelta(days=5),
        group=world.group, by=world.carol,
    )  # fmt: skip


def of_a_task(world: World) -> list[Any]:
    """The address of the task."""
    return [world.process.slug, the_task(world).pk]


def of_an_update(world: World) -> list[Any]:
    """The address of what carol said of the task."""
    task = the_task(world)
    update = task.updates.first() or update_task(task, state="under_way", by=world.carol)
    return [*of_a_task(world), update.pk]


def of_a_reply(world: World) -> list[Any]:
    """The address of an unclear reply."""
    reply, _made = UnclearReply.objects.get_or_create(
        task=the_task(world), mail_key="m", defaults={"doubt": UnclearReply.Doubt.NO_STATE}
    )
    UnclearReply.objects.update(settled_at=None)
    return [*of_a_task(world), reply.pk]


def of_the_link(world: World) -> list[Any]:
    """The secret link of bob."""
    return [ask(the_task(world), world.bob.person).secret]


def of_bobs_work(world: World) -> list[Any]:
    """The page of handing over."""
    the_task(world)
    return [world.process.slug]


HIDDEN: dict[str, Any] = {"visitor": 302, "everyone": 404}
READS: dict[str, Any] = {**HIDDEN, "carol": 200, "clara": 200, "leo": 200, "bob": 200, "root": 200}
RUNS: dict[str, Any] = {"visitor": 302, "everyone": 403, "carol": 200}

ROWS = [
    Row("tasks:list_process_tasks", lambda w: [w.process.slug], **{**RUNS, "clara": 200, "leo": 200}),
    Row("tasks:export_tasks", lambda w: [w.process.slug, "csv"], **{**RUNS, "clara": 200, "leo": 200}),
    Row("tasks:list_group_tasks", lambda w: [w.process.slug, w.group.slug], **{**RUNS, "leo": 200}),
    Row("tasks:create_task", lambda w: [w.process.slug], **{**RUNS, "leo": 200}),
    Row("tasks:move_tasks", lambda w: [w.process.slug], **{**RUNS, "carol": 302, "leo": 302}),
    Row("tasks:hand_over", of_bobs_work, **RUNS),
    Row("tasks:show_task", of_a_task, **READS),
    Row("tasks:change_task", of_a_task, **{**READS, "clara": 403, "bob": 403, "root": 403}),
    Row("tasks:update_task", of_a_task, **{**READS, "clara": 403, "root": 403}),
    Row("tasks:hand_over_task", of_a_task, **{**READS, "clara": 403, "bob": 403, "root": 403}),
    Row("tasks:retract_update", of_an_update, **{**READS, "clara": 403, "bob": 403, "root": 403}),
    Row("tasks:settle_reply", of_a_reply, method="post", **{**HIDDEN, "carol": 302, "leo": 302, "clara": 403, "bob": 403, "root": 403}),
    Row("tasks:answer_task", of_the_link, everyone=200),
]  # fmt: skip
