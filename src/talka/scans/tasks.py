# SPDX-License-Identifier: EUPL-1.2
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from talka.scans.models import Stack
from talka.scans.operations import bringing

TRIES = 3
"""How often a file or page is tried, also when the worker died over it; then a person is asked to type."""


@app.task(
    name="talka.scans.tasks.take_apart_stack", pass_context=True, retry=RetryStrategy(max_attempts=TRIES, wait=5)
)  # fmt: skip
def take_apart_stack(context: JobContext, *, stack_id: int) -> None:
    """Make letters of a PDF, and give up on one over which job after job has failed."""
    if context.job.attempts >= TRIES:
        bringing.end_stack(stack_id, trouble=Stack.Trouble.TOO_HARD)
    else:
        bringing.take_apart_stack(stack_id)


@app.task(name="talka.scans.tasks.read_page", pass_context=True, retry=RetryStrategy(max_attempts=TRIES, wait=5))
def read_page(context: JobContext, *, page_id: int) -> None:
    """Read a page, and leave one to a person over which job after job has failed."""
    if context.job.attempts >= TRIES:
        bringing.give_page_up(page_id)
    else:
        bringing.read_page(page_id)


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="leave_scans_to_people")
def leave_scans_to_people(timestamp: int) -> None:
    """Give up what machines should have done long ago."""
    bringing.leave_to_people()


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="remove_old_scans")
def remove_old_scans(timestamp: int) -> None:
    """Forget paper that was entered or discarded long ago."""
    bringing.forget_old_scans()
