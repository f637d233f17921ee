# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta
from typing import Any

from talka.core import clock
from talka.mailbox.connecting import Connection
from talka.mailbox.models import InboundMessage, MailAccount
from talka.mailbox.operations.handling import set_aside_message
from talka.mailbox.operations.reading import save_account
from talka.mailbox.operations.receiving import receive_message
from tests.access import Row, World
from tests.mailbox.mails import PDF, mail, with_parts


def _account(w: World) -> MailAccount:
    connection = Connection(
        address="attistiba@talka.example", host="imap.talka.example", user="pasts", password="parole",
        read_since=clock.today() - timedelta(days=9),
    )  # fmt: skip
    return save_account(w.process, connection=connection, by=w.carol)


def _message(w: World, **fields: Any) -> InboundMessage:
    message = receive_message(_account(w), mail(**fields))
    assert message is not None
    return message


def _landed(w: World) -> list[object]:
    return [w.process.slug, _message(w).pk]


def _automatic(w: World) -> list[object]:
    return [w.process.slug, _message(w, headers={"Auto-Submitted": "auto-replied"}).pk]


def _joined(w: World) -> list[object]:
    _message(w)
    return [w.process.slug, _message(w, subject="Re: TP-3").pk]


def _aside(w: World) -> list[object]:
    message = _message(w)
    set_aside_message(message, as_what="spam", reason="", by=w.carol)
    return [w.process.slug, message.pk]


def _file(w: World) -> list[object]:
    parts = [("Content-Type: text/plain", b"Skat."), ("Content-Type: application/pdf; name=a.pdf", PDF)]
    message = receive_message(_account(w), with_parts(*parts))
    assert message is not None
    return [w.process.slug, message.pk, message.files.get().pk]


def _process(w: World) -> list[object]:
    return [w.process.slug]


OTHERS = {"visitor": 302, "everyone": 403}
KEEPERS = OTHERS | {"carol": 200, "clara": 200}
DONE = OTHERS | {"carol": 302, "clara": 302}

ROWS = [
    Row("mailbox:list_messages", _process, **KEEPERS),
    Row("mailbox:save_account", _process, visitor=302, everyone=403, carol=200),
    Row("mailbox:save_account", _process, method="post", visitor=302, everyone=403, carol=422),
    Row("mailbox:read_now", _process, method="post", **DONE),
    Row("mailbox:show_message", _landed, **KEEPERS),
    Row("mailbox:show_message", lambda w: [w.process.slug, 2**31], visitor=302, everyone=403, carol=404, clara=404),
    Row("mailbox:download_original", _landed, **KEEPERS),
    Row("mailbox:download_message_file", _file, **KEEPERS),
    Row("mailbox:land_message", _automatic, method="post", **DONE),
    Row("mailbox:split_message", _landed, **KEEPERS),
    Row("mailbox:join_message", _landed, **KEEPERS),
    Row("mailbox:unjoin_message", _joined, method="post", **DONE),
    Row("mailbox:set_aside_message", _landed, **KEEPERS),
    Row("mailbox:take_back_message", _aside, method="post", **DONE),
    Row("mailbox:list_accounts", visitor=302, everyone=403, adam=200, eve=200, root=200),
]
