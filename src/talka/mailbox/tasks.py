# SPDX-License-Identifier: EUPL-1.2
from procrastinate.contrib.django import app

from talka.mailbox.models import MailAccount
from talka.mailbox.operations.reading import begin_reading, read_mail


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="read_mailboxes")
def read_mailboxes(timestamp: int) -> None:
    """Have every mailbox read; one that is in trouble stops no other."""
    for account in MailAccount.objects.filter(enabled=True).order_by("pk"):
        begin_reading(account)


@app.task(name="talka.mailbox.tasks.read_mailbox", queue="mailbox")
def read_mailbox(*, account_id: int) -> None:
    """Read one mailbox, if it is still to be read."""
    account = MailAccount.objects.filter(pk=account_id, enabled=True).first()
    if account is not None:
        read_mail(account)
