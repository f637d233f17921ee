# SPDX-License-Identifier: EUPL-1.2
from procrastinate.contrib.django import app

from talka.appointments.operations.memory import forget_old_bookings, remind_of_tomorrow


@app.periodic(cron="11 7 * * *")
@app.task(queueing_lock="remind_visitors")
def remind_visitors(timestamp: int) -> None:
    """Remind those who come tomorrow."""
    remind_of_tomorrow()


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="forget_visitors")
def forget_visitors(timestamp: int) -> None:
    """Forget who came long ago."""
    forget_old_bookings()
