# SPDX-License-Identifier: EUPL-1.2
"""What the clock does with meetings."""

from procrastinate.contrib.django import app

from talka.meetings.operations import series


@app.periodic(cron="23 4 * * *")
@app.task(queueing_lock="prolong_series")
def prolong_series(timestamp: int) -> None:
    """Make the meetings of series that have come within half a year."""
    series.prolong_series()
