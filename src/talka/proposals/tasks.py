# SPDX-License-Identifier: EUPL-1.2
"""What the clock does with proposals."""

from procrastinate.contrib.django import app

from talka.proposals.operations import reminding, terms
from talka.proposals.operations.searching import MOST_AT_ONCE, count_words, keep_words

BATCHES = 20


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


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="keep_words_of_proposals")
def keep_words_of_proposals(timestamp: int) -> None:
    """Give keys to proposals that were written without them, such as by an import, in batches of their own transactions."""
    for _batch in range(BATCHES):
        if keep_words() < MOST_AT_ONCE:
            return


@app.periodic(cron="47 2 * * *")
@app.task(queueing_lock="count_words_of_proposals")
def count_words_of_proposals(timestamp: int) -> None:
    """Count anew how often words occur."""
    count_words()
