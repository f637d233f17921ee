# SPDX-License-Identifier: EUPL-1.2
"""What the clock and the queue do with plans."""

from procrastinate.contrib.django import app

from talka.plans.operations import rounds


@app.periodic(cron="22 5-9 * * *")
@app.task(queueing_lock="open_due_rounds")
def open_due_rounds(timestamp: int) -> None:
    """Ask owners in the morning of the first working day of a month; later runs ask nobody twice and make up for a worker that was down."""
    rounds.open_due_rounds()


@app.task(name="talka.plans.tasks.send_requests")
def send_requests(*, round_id: int) -> None:
    """Write the letters of a round."""
    rounds.send_requests(round_id)


@app.periodic(cron="52 5-9 * * *")
@app.task(queueing_lock="remind_owners")
def remind_owners(timestamp: int) -> None:
    """Write what was left unwritten, such as to an address that was entered later, and remind those who owe an update."""
    rounds.send_requests()
    rounds.remind_due()
