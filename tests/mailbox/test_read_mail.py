# SPDX-License-Identifier: EUPL-1.2
"""Against a real Dovecot: every mail is taken once, in whatever way it is left there."""

from datetime import timedelta
from typing import Any

import pytest
from bench.dovecot import MailServer

from talka.accounts.models import User
from talka.core import clock
from talka.mailbox.models import InboundMessage, MailAccount, Trouble
from talka.mailbox.operations import reading
from talka.mailbox.operations.reading import read_mail, save_account, try_account
from talka.processes.models import Process
from talka.proposals.models import Proposal
from tests.mailbox.conftest import connection
from tests.mailbox.mails import mail


def connect(process: Process, carol: User, server: MailServer, **changed: Any) -> MailAccount:
    return save_account(process, connection=connection(server, **changed), by=carol)


def read(account: MailAccount) -> int:
    account.refresh_from_db()
    return read_mail(account)


def test_new_mail_lands_once_with_the_moment_at_which_it_arrived(
    process: Process, carol: User, server: MailServer
) -> None:
    account = connect(process, carol, server)
    arrived = clock.now() - timedelta(days=2)
    server.lay(mail("Soliņš."), arrived=arrived.timestamp())
    server.lay(mail("Urna."))
    assert (read(account), read(account)) == (2, 0)
    first = Proposal.objects.get(receipt__text="Soliņš.")
    assert abs((first.received_at - arrived).total_seconds()) < 2
    assert first.channel == "email"
    account.refresh_from_db()
    assert account.last_read_at
    assert not account.trouble
    server.lay(mail("Vēl viens."))
    assert read(account) == 1
    assert server.count() == 3


@pytest.mark.parametrize("afterwards", ["leave", "mark", "move"])
def test_what_was_read_is_left_marked_or_moved(
    process: Process, carol: User, server: MailServer, afterwards: str
) -> None:
    server.make_folder("Talka")
    account = connect(process, carol, server, afterwards=afterwards, move_to="Talka" if afterwards == "move" else "")
    for number in range(3):
        server.lay(mail(f"Soliņš {number}"), number=number)
    assert read(account) == 3
    inbox = server.folder / "mail" / "pasts" / "Maildir"
    seen = [path.name.endswith("S") for path in inbox.glob("*/*.talka*") if path.parent.name in {"new", "cur"}]
    assert (server.count(), server.count("Talka"), all(seen), any(seen)) == {
        "leave": (3, 0, False, False),
        "mark": (3, 0, True, True),
        "move": (0, 3, True, False),
    }[afterwards]


def test_nothing_is_moved_before_it_is_kept_and_a_mail_left_behind_by_a_crash_is_moved_later(
    process: Process, carol: User, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.make_folder("Talka")
    account = connect(process, carol, server, afterwards="move", move_to="Talka")
    server.lay(mail("Soliņš."))

    class Killed(BaseException):
        pass

    def killed(*_args: Any) -> None:
        assert InboundMessage.objects.count() == 1
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(reading.imap, "put_away", lambda _box, uids, _account: killed() if uids else None)
        with pytest.raises(Killed):
            read(account)
    assert (server.count(), server.count("Talka")) == (1, 0)
    assert read(account) == 0
    assert (server.count(), server.count("Talka"), InboundMessage.objects.count()) == (0, 1, 1)


def test_when_the_server_numbers_its_mails_anew_nothing_lands_twice(
    process: Process, carol: User, server: MailServer
) -> None:
    account = connect(process, carol, server)
    server.lay(mail("Soliņš.", message_id="<a@example.lv>"))
    assert read(account) == 1
    MailAccount.objects.update(uid_validity=1, last_uid=900)
    server.lay(mail("Urna."))
    assert read(account) == 1
    assert Proposal.objects.count() == 2


def test_the_same_mail_delivered_twice_lands_once_and_two_with_one_message_id_both_land(
    process: Process, carol: User, server: MailServer
) -> None:
    account = connect(process, carol, server)
    same = mail("Soliņš.", message_id="<a@example.lv>")
    server.lay(b"Received: from a\r\n" + same)
    server.lay(b"Received: from b\r\nDelivered-To: alias@talka.example\r\n" + same)
    server.lay(mail("Cits teksts.", message_id="<a@example.lv>"))
    assert read(account) == 2


def test_mail_from_before_the_first_day_stays_unread(process: Process, carol: User, server: MailServer) -> None:
    account = connect(process, carol, server, read_since=clock.today() - timedelta(days=1))
    server.lay(mail("Vecs."), arrived=(clock.now() - timedelta(days=9)).timestamp())
    server.lay(mail("Jauns."))
    assert read(account) == 1
    assert Proposal.objects.get().receipt.text == "Jauns."


def test_of_a_mail_that_is_too_large_the_head_is_kept_and_the_rest_stays_where_it_is(
    process: Process, carol: User, server: MailServer, settings: Any
) -> None:
    settings.MAX_MAIL_BYTES = 5_000
    server.make_folder("Talka")
    account = connect(process, carol, server, afterwards="move", move_to="Talka")
    server.lay(mail("Garš. " * 5_000))
    server.lay(mail("Īss."))
    assert read(account) == 2
    large = InboundMessage.objects.get(is_whole=False)
    assert read(account) == 0
    assert (large.kind, large.from_address, large.subject) == ("broken", "anna@example.lv", "Par soliņu")
    assert (server.count(), server.count("Talka")) == (1, 1)


def test_tls_and_starttls_are_spoken_with_a_certificate_that_somebody_vouches_for(
    process: Process, carol: User, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
    server.lay(mail("Soliņš."))
    account = connect(process, carol, server, security="tls", port=server.tls_port)
    assert read(account) == 1
    account = connect(process, carol, server, security="starttls", host="localhost")
    server.lay(mail("Urna."))
    assert read(account) == 1


@pytest.mark.parametrize(
    ("changed", "trouble"),
    [
        ({"host": "nav-tada.invalid", "security": "tls"}, Trouble.HOST),
        ({"port": 1}, Trouble.PORT),
        ({"password": "nepareiza"}, Trouble.SIGN_IN),
        ({"user": "cits"}, Trouble.SIGN_IN),
        ({"folder": "Nav tādas"}, Trouble.FOLDER),
        ({"afterwards": "move", "move_to": "Nav tādas"}, Trouble.MOVE_TO),
        ({"security": "tls", "port": "tls"}, Trouble.CERTIFICATE),
        ({"security": "tls"}, Trouble.SECURITY),
        ({"host": "mail.example.lv"}, Trouble.PLAIN),
    ],
)
def test_whatever_is_in_the_way_is_said_and_kept(
    process: Process,
    carol: User,
    server: MailServer,
    changed: dict[str, Any],
    trouble: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed = changed | ({"port": server.tls_port} if changed.get("port") == "tls" else {})
    assert try_account(process, connection=connection(server, **changed), by=carol) == trouble
    account = connect(process, carol, server, **changed)
    assert read(account) == 0
    account.refresh_from_db()
    assert (account.trouble, account.last_read_at) == (trouble, None)
    connect(process, carol, server)
    account.refresh_from_db()
    assert not account.trouble
    assert try_account(process, connection=connection(server), by=carol) == ""


def test_a_password_that_only_an_old_key_opens_is_asked_for_again(
    process: Process, carol: User, server: MailServer, settings: Any
) -> None:
    account = connect(process, carol, server)
    assert "parole" not in account.password_sealed
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "jauna", [settings.SECRET_KEY]
    server.lay(mail("Soliņš."))
    assert read(account) == 1
    settings.SECRET_KEY_FALLBACKS = []
    assert read(account) == 0
    account.refresh_from_db()
    assert account.trouble == Trouble.KEY
