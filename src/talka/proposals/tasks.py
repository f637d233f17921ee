# SPDX-License-Identifier: EUPL-1.2
from procrastinate.contrib.django import app

from talka.proposals.operations import reminding, terms


@app.periodic(cron="12 5-9 * * *")
@app.task(queueing_lock="remind_everybody")
def remind_everybody(timestamp: int) -> None:
    """Write in the morning to whoever owes something; later runs write to nobody twice and make up for a worker that was down."""
    reminding.remind_everybody()


@app.periodic(cron="42 3 * * *")
@app.task(queueing_lock="remove_old_reminders")
def remove_old_reminders(timestamp: int) -> None:
    """Forget to whom reminders went long ago."""
    reminding.forget_old_reminders()


@app.task(name="talka.proposals.tasks.renew_dates_of_waiting")
def renew_dates_of_waiting(*, process_id: int | None, regimes: list[str] | None) -> None:
    """Reckon the days of what waits anew after a term or a moved day changed."""
    terms.renew_dates(process_id, regimes=set(regimes) if regimes is not None else None)
