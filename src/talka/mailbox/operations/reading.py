# SPDX-License-Identifier: EUPL-1.2
"""Mailboxes: connected by a coordinator, tried out, and read by the clock."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from imap_tools import BaseMailBox
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import AlreadyEnqueued

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.permissions import authorize
from talka.mailbox import imap
from talka.mailbox.connecting import Connection
from talka.mailbox.models import MailAccount, Trouble
from talka.mailbox.operations.receiving import receive_message
from talka.mailbox.sealing import seal, unseal
from talka.processes.models import Process
from talka.proposals.operations.correspondence import set_reply_address

_PLACE = ("host", "port", "user", "folder")


@transaction.atomic
def save_account(process: Process, *, connection: Connection, by: User) -> MailAccount:
    """Connect the mailbox of a process, or change how it is read. Another server or folder is read from the beginning."""
    authorize(by, "mailbox.save_account", process)
    account = MailAccount.objects.select_for_update().filter(process=process).first() or MailAccount(process=process)
    elsewhere = any(getattr(account, name) != getattr(connection, name) for name in _PLACE)
    _fill(account, connection)
    if elsewhere:
        account.uid_validity = account.last_uid = 0
    account.trouble, account.trouble_since = "", None
    account.save()
    set_reply_address(process, address=account.address if account.enabled else "", by=by)
    record("mailbox.save_account", account, by=by, scope=process, enabled=account.enabled)
    return account


def _fill(account: MailAccount, connection: Connection) -> None:
    for name in (
        "address", "host", "port", "security", "user", "folder", "afterwards", "move_to", "read_since", "trusted_server", "enabled",
    ):  # fmt: skip
        setattr(account, name, getattr(connection, name))
    if connection.password:
        account.password_sealed = seal(connection.password)


def try_account(process: Process, *, connection: Connection, by: User) -> str:
    """Sign in to a mailbox as it would be read, and touch nothing; return what is in the way, or an empty text."""
    authorize(by, "mailbox.save_account", process)
    account = MailAccount.objects.filter(process=process).first() or MailAccount(process=process)
    _fill(account, connection)
    try:
        with imap.opened(account, unseal(account.password_sealed)) as box:
            if account.afterwards == MailAccount.Afterwards.MOVE:
                imap.check_place_to_move_to(box, account.move_to)
    except imap.MailboxTrouble as error:
        return error.trouble.value
    return ""


def begin_reading(account: MailAccount) -> None:
    """Put the reading of a mailbox into the queue, unless it waits there; one mailbox is read by one worker at a time."""
    if not account.enabled or not account.host or settings.DEMO:
        return
    name = f"mailbox-{account.pk}"
    task = queue.configure_task("talka.mailbox.tasks.read_mailbox", queue="mailbox", lock=name, queueing_lock=name)
    try:
        with transaction.atomic():
            task.defer(account_id=account.pk)
    except AlreadyEnqueued:
        pass


def read_now(process: Process, *, by: User) -> None:
    """Have the mailbox of a process read at once instead of within two minutes."""
    authorize(by, "mailbox.read_now", process)
    account = MailAccount.objects.filter(process=process).first()
    if account is not None:
        begin_reading(account)


def read_mail(account: MailAccount) -> int:
    """Read what is new in a mailbox; return how many mails were taken.

    Every mail is stored and committed before it is marked or moved. What is in the way is kept with the account and shown;
    it raises only where our own database does not answer.
    """
    taken = 0
    try:
        password = unseal(account.password_sealed)
        if account.password_sealed and not password:
            raise imap.MailboxTrouble(Trouble.KEY)
        with imap.opened(account, password) as box:
            taken = _read_box(account, box)
    except imap.MailboxTrouble as error:
        _note_trouble(account, error.trouble)
    else:
        MailAccount.objects.filter(pk=account.pk).update(last_read_at=clock.now(), trouble="", trouble_since=None)
    return taken


def _read_box(account: MailAccount, box: BaseMailBox) -> int:
    now_valid = imap.validity(box)
    last = account.last_uid if now_valid == account.uid_validity else 0
    if account.afterwards == MailAccount.Afterwards.MOVE:
        imap.check_place_to_move_to(box, account.move_to)
        left = imap.left_uids(box, until=last, since=account.read_since, most_bytes=settings.MAX_MAIL_BYTES)
        imap.put_away(box, left, account)
    taken = 0
    uids = imap.new_uids(box, after=last, since=account.read_since)
    for batch in imap.batches(box, uids, most_bytes=settings.MAX_MAIL_BYTES):
        mails = [mail for mail in batch if mail.is_since(account.read_since)]
        for mail in mails:
            kept = receive_message(
                account,
                mail.content,
                arrived_at=mail.arrived_at,
                uid=mail.uid,
                uid_validity=now_valid,
                is_whole=mail.is_whole,
            )
            taken += kept is not None
        imap.put_away(box, [mail.uid for mail in mails if mail.is_whole], account)
    return taken


def _note_trouble(account: MailAccount, trouble: Trouble) -> None:
    since = account.trouble_since if account.trouble else None
    MailAccount.objects.filter(pk=account.pk).update(trouble=trouble, trouble_since=since or clock.now())
