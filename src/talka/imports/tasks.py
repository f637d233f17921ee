# SPDX-License-Identifier: EUPL-1.2
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from talka.imports.operations import taking, undoing

RETRIES = 5
"""How often an import goes on by itself after a fault, such as a database that is away; then it waits for a person."""


@app.task(
    name="talka.imports.tasks.run_import",
    pass_context=True,
    retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=4),
)
def run_import(context: JobContext, *, run_id: int) -> None:
    """Take the lines of a confirmed import."""
    try:
        taking.run_import(run_id)
    except Exception:
        if context.job.attempts >= RETRIES:
            taking.stop_import(run_id)
        raise


@app.task(
    name="talka.imports.tasks.take_back",
    pass_context=True,
    retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=4),
)
def take_back(context: JobContext, *, run_id: int) -> None:
    """Take back what an import made that somebody has asked to undo."""
    try:
        undoing.take_back(run_id)
    except Exception:
        if context.job.attempts >= RETRIES:
            undoing.give_up_undoing(run_id)
        raise


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="forget_old_imports")
def forget_old_imports(timestamp: int) -> None:
    """Forget the cells of files that were imported long ago."""
    taking.forget_old_imports()
