# SPDX-License-Identifier: EUPL-1.2
"""Mail of the demonstration: no server runs, so mails are written here and go the way that those of a server go."""

from collections.abc import Mapping
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from talka.accounts.models import User
from talka.core import clock
from talka.mailbox.connecting import Connection
from talka.mailbox.models import InboundMessage, MailAccount
from talka.mailbox.operations.reading import save_account
from talka.mailbox.operations.receiving import receive_message
from talka.processes.models import Process

SERVER = "imap.talka.example"


def connect(process: Process, *, address: str, since: date, by: User) -> MailAccount:
    """Connect a mailbox that nobody will read: in the demonstration no server is asked."""
    connection = Connection(
        address=address,
        host=SERVER,
        user=address,
        password="demonstrācija",
        read_since=since,
        trusted_server="mx.talka.example",
    )
    return save_account(process, connection=connection, by=by)


def write(
    *,
    sender: str,
    to: str,
    subject: str,
    text: str,
    at: datetime,
    number: int,
    html: str = "",
    headers: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Write a mail as a mail program does; its Message-ID follows from ``number`` and the address."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Date"] = sender, to, subject, format_datetime(at)
    message["Message-ID"] = f"<pasts-{number}@{to.partition('@')[2]}.pasts.example>"
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in (files or {}).items():
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return message.as_bytes()


def returned(*, sender: str, to: str, message_id: str, whom: str, at: datetime) -> bytes:
    """Write what a mail server says of a letter that it could not deliver (RFC 3464)."""
    boundary = "talka-demo"
    return (
        f"From: {sender}\r\nTo: {to}\r\nSubject: Undelivered Mail Returned to Sender\r\nDate: {format_datetime(at)}\r\n"
        f"Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"\r\n\r\n'
        f"--{boundary}\r\nContent-Type: text/plain\r\n\r\nThe mail system could not deliver your message.\r\n"
        f"--{boundary}\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.talka.example\r\n\r\n"
        f"Final-Recipient: rfc822; {whom}\r\nAction: failed\r\nStatus: 5.2.2\r\n"
        f"Diagnostic-Code: smtp; 552 5.2.2 Mailbox full\r\n\r\n"
        f"--{boundary}\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\n\r\n--{boundary}--\r\n"
    ).encode()


def arrive(account: MailAccount, raw: bytes, *, at: datetime) -> InboundMessage:
    """Let a mail arrive at a moment of the past."""
    with clock.at(at):
        message = receive_message(account, raw, arrived_at=at)
    if message is None:
        raise ValueError("this mail has arrived already")
    return message
