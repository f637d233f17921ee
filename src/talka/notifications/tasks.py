# SPDX-License-Identifier: EUPL-1.2
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from talka.notifications.operations import deliver, forget_old_letters

RETRIES = 6
"""How often a message is tried again before the administrator is shown it; the waits grow to about five hours in all."""


@app.task(
    name="talka.notifications.tasks.deliver_notification", queue="mail", pass_context=True,
    retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=5),
)  # fmt: skip
def deliver_notification(context: JobContext, *, notification_id: int) -> None:
    """Send one message, and try again later when the mail server does not take it."""
    deliver(notification_id, last_try=context.job.attempts >= RETRIES)


@app.periodic(cron="37 3 * * *")
@app.task(queueing_lock="remove_old_letters")
def remove_old_letters(timestamp: int) -> None:
    """Forget letters that were sent long ago."""
    forget_old_letters()
