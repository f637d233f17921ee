# SPDX-License-Identifier: EUPL-1.2
"""What the clock and the queue do with plans."""

from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from talka.imports.models import ImportRun
from talka.plans.operations import documents_out, rounds
from talka.plans.operations.importing import give_up_plan_import, run_plan_import

RETRIES = 4
"""How often an import goes on by itself after a fault, such as a database that is away; then a person decides."""

TRIES = 3
"""How often a document is tried, also when the worker died over it."""


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


@app.task(
    name="talka.plans.tasks.import_plan",
    pass_context=True,
    retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=4),
)
def import_plan(context: JobContext, *, run_id: int) -> None:
    """Take a large table into the draft of a plan, all of it or nothing."""
    try:
        run_plan_import(run_id)
    except Exception:
        if context.job.attempts >= RETRIES:
            run = ImportRun.objects.filter(pk=run_id).first()
            with translation.override(run.language if run is not None else "lv"):
                because = _("The table could not be taken. Tell those who look after the installation.")
            give_up_plan_import(run_id, because=because)
        raise


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
