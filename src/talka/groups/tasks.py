# SPDX-License-Identifier: EUPL-1.2
from procrastinate.contrib.django import app

from talka.groups.operations import applications


@app.periodic(cron="37 3 * * *")
@app.task(queueing_lock="forget_applications")
def forget_applications(timestamp: int) -> None:
    """Delete applications that nobody confirmed, and those declined or withdrawn long ago."""
    applications.forget_applications()
