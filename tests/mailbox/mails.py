# SPDX-License-Identifier: EUPL-1.2
"""Mails for tests, written byte by byte, as mail programs write them and as they should not."""

import itertools
from collections.abc import Mapping
from typing import Any

_numbers = itertools.count(1)

PDF = b"%PDF-1.7 karte"


def mail(
    text: str = "Lūdzu ierīkot soliņu pie skolas.",
    *,
    subject: str = "Par soliņu",
    sender: str = "Anna Liepa <anna@example.lv>",
    headers: Mapping[str, str] | None = None,
    charset: str = "utf-8",
    message_id: str | None = None,
) -> bytes:
    """Return a plain mail; ``headers`` come on top and may take the place of others."""
    fields: dict[str, Any] = {
        "From": sender,
        "To": "attistiba@talka.example",
        "Subject": subject,
        "Date": "Tue, 03 Mar 2026 10:15:00 +0200",
        "Message-ID": message_id or f"<mail-{next(_numbers)}@example.lv>",
        "MIME-Version": "1.0",
        "Content-Type": f"text/plain; charset={charset}",
        "Content-Transfer-Encoding": "8bit",
    } | dict(headers or {})
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return head.encode() + b"\r\n" + text.replace("\n", "\r\n").encode(charset)


def with_parts(*parts: tuple[str, bytes], kind: str = "mixed", **fields: Any) -> bytes:
    """Return a mail of several parts, each its head and its body."""
    boundary = f"robeza{next(_numbers)}"
    whole = mail("", **fields, headers={"Content-Type": f'multipart/{kind}; boundary="{boundary}"'})
    body = b"".join(f"--{boundary}\r\n{head}\r\n\r\n".encode() + content + b"\r\n" for head, content in parts)
    return whole + body + f"--{boundary}--\r\n".encode()


def returned(message_id: str, *, action: str = "failed") -> bytes:
    """Return what a mail server says of a letter that it could not deliver (RFC 3464)."""
    return with_parts(
        ("Content-Type: text/plain", b"Your message could not be delivered."),
        (
            "Content-Type: message/delivery-status",
            b"Reporting-MTA: dns; mx.example.lv\r\n\r\nFinal-Recipient: rfc822; anna@example.lv\r\n"
            + f"Action: {action}\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n".encode(),
        ),
        ("Content-Type: message/rfc822", f"Message-ID: {message_id}\r\nSubject: Atbilde\r\n\r\nLabdien".encode()),
        kind="report; report-type=delivery-status",
        sender="MAILER-DAEMON@mx.example.lv",
        subject="Undelivered Mail Returned to Sender",
    )
