# SPDX-License-Identifier: EUPL-1.2
"""What the queue does for timetables."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from talka.scheduling.operations import seeking
from talka.scheduling.operations.polls import forget_old_polls, remind_before_end

TRIES = 3
"""How often a timetable is sought, also when the worker died over it."""


@app.task(
    name="talka.scheduling.tasks.find_timetable", pass_context=True, retry=RetryStrategy(max_attempts=TRIES, wait=5)
)  # fmt: skip
def find_timetable(context: JobContext, *, timetable_id: int) -> None:
    """Seek a timetable, and give up on one over which job after job has failed."""
    if context.job.attempts >= TRIES:
        seeking.give_timetable_up(timetable_id)
    else:
        seeking.find_timetable(timetable_id)


@app.periodic(cron="21 7 * * *")
@app.task(queueing_lock="remind_of_polls")
def remind_of_polls(timestamp: int) -> None:
    """Remind those who have not answered a poll that ends tomorrow."""
    remind_before_end()


@app.periodic(cron="57 3 * * *")
@app.task(queueing_lock="forget_polls")
def forget_polls(timestamp: int) -> None:
    """Forget polls that ended long ago."""
    forget_old_polls()
