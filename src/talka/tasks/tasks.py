# SPDX-License-Identifier: EUPL-1.2
"""What the clock does with tasks."""

from procrastinate.contrib.django import app

from talka.tasks.operations.reminding import remind_without_account


@app.periodic(cron="32 5-9 * * *")
@app.task(queueing_lock="remind_owners_of_tasks")
def remind_owners_of_tasks(timestamp: int) -> None:
    """Write in the morning to owners without an account; later runs write to nobody twice."""
    remind_without_account()
