# SPDX-License-Identifier: EUPL-1.2
"""What the clock does with meetings."""

from procrastinate.contrib.django import app

from talka.meetings.operations import agenda_sending


@app.periodic(cron="32 5-9 * * *")
@app.task(queueing_lock="send_due_agendas")
def send_due_agendas(timestamp: int) -> None:
    """Send agendas in the morning of the set day; later runs send nothing twice and make up for a worker that was down."""
    agenda_sending.send_due_agendas()
