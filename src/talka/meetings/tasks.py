# SPDX-License-Identifier: EUPL-1.2
"""What the clock and the queue do with meetings."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from talka.meetings.operations import agenda_sending, archiving, series

TRIES = 3
"""How often an archive is tried, also when the worker died over it."""


@app.periodic(cron="32 5-9 * * *")
@app.task(queueing_lock="send_due_agendas")
def send_due_agendas(timestamp: int) -> None:
    """Send agendas in the morning of the set day; later runs send nothing twice and make up for a worker that was down."""
    agenda_sending.send_due_agendas()


@app.periodic(cron="23 4 * * *")
@app.task(queueing_lock="prolong_series")
def prolong_series(timestamp: int) -> None:
    """Make the meetings of series that have come within half a year."""
    series.prolong_series()


@app.task(name="talka.meetings.tasks.make_archive", pass_context=True, retry=RetryStrategy(max_attempts=TRIES, wait=5))
def make_archive(context: JobContext, *, archive_id: int) -> None:
    """Make the archive of the minutes of a process, and give up on one over which job after job has failed."""
    if context.job.attempts >= TRIES:
        archiving.give_archive_up(archive_id)
    else:
        archiving.make_archive(archive_id)


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="remove_old_archives")
def remove_old_archives(timestamp: int) -> None:
    """Delete archives that were made some days ago."""
    archiving.remove_old_archives()
