# SPDX-License-Identifier: EUPL-1.2
import logging

from procrastinate.contrib.django import app

from talka.core.holdings import holders
from talka.privacy.operations import erase_due

log = logging.getLogger(__name__)


@app.periodic(cron="47 2 * * *")
@app.task(queueing_lock="erase_due_data")
def erase_due_data(timestamp: int) -> None:
    """Erase the personal data whose term has ended."""
    for name, number in erase_due(holders()).items():
        log.info("personal data erased after its term: %s %d", name, number)
