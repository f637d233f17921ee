# SPDX-License-Identifier: EUPL-1.2
"""What the clock does with meetings."""

from procrastinate.contrib.django import app

from talka.meetings.operations import agenda_sending, series


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
