# SPDX-License-Identifier: EUPL-1.2
"""What the clock does for the installation as a whole."""

from django.contrib.sessions.backends.db import SessionStore
from procrastinate import JobContext
from procrastinate.contrib.django import app

WORKER_GONE_AFTER = 60
KEEP_DONE_JOBS_HOURS = 24 * 7


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Give the jobs of workers that died to the living; a job can therefore run twice, and is written for it."""
    manager = context.app.job_manager
    await manager.prune_stalled_workers(WORKER_GONE_AFTER)
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=WORKER_GONE_AFTER):
        await manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    """Forget jobs done a week ago; failed ones stay for the administrator."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_DONE_JOBS_HOURS)


@app.periodic(cron="27 3 * * *")
@app.task(queueing_lock="remove_old_sessions")
def remove_old_sessions(timestamp: int) -> None:
    """Delete sessions that have run out."""
    SessionStore.clear_expired()
