# SPDX-License-Identifier: EUPL-1.2
"""How a mailbox is reached, as a form gives it and an operation takes it."""

from dataclasses import dataclass
from datetime import date

from talka.mailbox.models import MailAccount


@dataclass(frozen=True)
class Connection:
    """How a mailbox is reached and read; ``password`` empty: as it was."""

    address: str
    host: str
    user: str
    read_since: date
    port: int = 993
    security: str = MailAccount.Security.TLS
    password: str = ""
    folder: str = "INBOX"
    afterwards: str = MailAccount.Afterwards.MARK
    move_to: str = ""
    trusted_server: str = ""
    enabled: bool = True
