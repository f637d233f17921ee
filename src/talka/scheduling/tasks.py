# SPDX-License-Identifier: EUPL-1.2
"""What the queue does for timetables."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from talka.scheduling.operations import seeking

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
