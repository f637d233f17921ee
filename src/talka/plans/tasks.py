# SPDX-License-Identifier: EUPL-1.2
"""What the clock and the queue do with plans."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from talka.plans.operations import documents_out

TRIES = 3
"""How often a document is tried, also when the worker died over it."""


@app.task(name="talka.plans.tasks.make_document", pass_context=True, retry=RetryStrategy(max_attempts=TRIES, wait=5))
def make_document(context: JobContext, *, document_id: int) -> None:
    """Make a document of a plan, and give up on one over which job after job has failed."""
    if context.job.attempts >= TRIES:
        documents_out.give_document_up(document_id)
    else:
        documents_out.make_document(document_id)


@app.periodic(cron="37 3 * * *")
@app.task(queueing_lock="remove_old_plan_documents")
def remove_old_plan_documents(timestamp: int) -> None:
    """Delete documents that were made some days ago."""
    documents_out.remove_old_documents()
