# SPDX-License-Identifier: EUPL-1.2
"""Work for the queue, put there in the same transaction as what causes it."""

from collections.abc import Sequence
from typing import Any

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task


def put_off(task: str, *, queue: str = "default", lock: str | None = None, priority: int = 0, **arguments: Any) -> None:
    """Put a job into the queue; a worker sees it when this transaction is committed, and never when it is taken back.

    ``lock``: jobs of one lock run one after another. Jobs of a higher ``priority`` come first. A worker's own app writes over
    a connection of its own, before the transaction of the job that asks is committed; so it is not asked here.
    """
    manager = JobManager(DjangoConnector())
    configure_task(name=task, job_manager=manager, queue=queue, lock=lock, priority=priority).defer(**arguments)


def put_off_many(task: str, arguments: Sequence[dict[str, Any]], *, queue: str = "default") -> None:
    """Put many jobs of one kind into the queue at once, as ``put_off`` does one."""
    if arguments:
        manager = JobManager(DjangoConnector())
        configure_task(name=task, job_manager=manager, queue=queue).batch_defer(*arguments)
