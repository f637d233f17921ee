# SPDX-License-Identifier: EUPL-1.2
"""What tests of mail share: a mailbox of the process, mails to write, and a real mail server."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from bench.dovecot import PASSWORD, USER, MailServer, mail_server
from django.core.cache import cache
from django.utils import translation

from talka.accounts.models import User
from talka.core import clock
from talka.mailbox.connecting import Connection
from talka.mailbox.models import InboundMessage, MailAccount
from talka.mailbox.operations.reading import save_account
from talka.mailbox.operations.receiving import receive_message
from talka.processes.models import Process
from tests.mailbox.mails import mail

ADDRESS = "attistiba@talka.example"


@pytest.fixture(autouse=True)
def in_latvian(db: None) -> Iterator[None]:
    """Let each test begin in Latvian and with nothing counted against it."""
    cache.clear()
    with translation.override("lv"):
        yield


@pytest.fixture(scope="session")
def dovecot() -> Iterator[MailServer]:
    """A Dovecot for this run."""
    with mail_server() as server:
        yield server


@pytest.fixture
def server(dovecot: MailServer) -> MailServer:
    """The mail server with an empty mailbox."""
    dovecot.empty()
    return dovecot


def connection(server: MailServer | None = None, **changed: Any) -> Connection:
    """Return how the mailbox on the test server is reached."""
    given = {
        "address": ADDRESS, "host": "127.0.0.1", "port": server.port if server else 143, "security": "plain", "user": USER,
        "password": PASSWORD, "read_since": clock.today() - timedelta(days=30),
    }  # fmt: skip
    return Connection(**(given | changed))


@pytest.fixture
def account(process: Process, carol: User) -> MailAccount:
    """The mailbox of the process; no server stands behind it."""
    return save_account(process, connection=connection(), by=carol)


@pytest.fixture
def receive(account: MailAccount) -> Callable[..., InboundMessage]:
    """Return a function that lets a mail arrive: bytes, or the fields of ``mail``."""

    def arrive(raw: bytes | None = None, **fields: Any) -> InboundMessage:
        message = receive_message(account, raw if raw is not None else mail(**fields))
        assert message is not None
        return message

    return arrive
