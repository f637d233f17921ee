# SPDX-License-Identifier: EUPL-1.2
"""What the clock does with proposals."""

from procrastinate.contrib.django import app

from talka.proposals.operations.searching import MOST_AT_ONCE, count_words, keep_words

BATCHES = 20


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
