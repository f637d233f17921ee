# SPDX-License-Identifier: EUPL-1.2
"""Ten thousand mails in a real mailbox, read while the worker that reads them is killed with ``-9`` ten times.

Every mail must be kept once, byte for byte, and every one that is a person's must have one number.
"""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.dovecot import PASSWORD, USER, MailServer, mail_server
from bench.figures import report
from bench.mails import mails
from bench.site import ROOT, VAR, migrate

MAILS = 10_000
KILLS = 10
FOLDER = VAR / "mailbox"
SLUG = "pasta-process"
PATIENCE = 3_600
"""Seconds after which the worker is taken to stand still."""


@dataclass(frozen=True)
class Outcome:
    """What was found in the end."""

    seconds: float
    kills: int
    lost: int
    twice: int
    changed: int
    numbers_wrong: int
    proposals: int


def measure() -> None:
    """Print how fast mails are taken, and that none is lost and none is there twice."""
    os.environ |= {
        "TALKA_MODE": "development",
        "TALKA_VAR": str(FOLDER),
        "DJANGO_SETTINGS_MODULE": "talka.config.settings",
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    migrate()
    import django
    from django.conf import settings

    from talka.config import embedded

    with embedded.Server(embedded.folder(settings.VAR, "development")), mail_server() as server:
        django.setup()
        outcome = read_while_killed(server, lay_account(server), number=MAILS, kills=KILLS)
    report("mailbox, mails read", MAILS / outcome.seconds, "mails/s", at_least=10)
    report("mailbox, worker killed", outcome.kills, "times", at_least=KILLS)
    report("mailbox, mails lost", outcome.lost, "", at_most=0)
    report("mailbox, mails kept twice", outcome.twice, "", at_most=0)
    report("mailbox, mails kept otherwise than they came", outcome.changed, "", at_most=0)
    report("mailbox, numbers given twice or skipped", outcome.numbers_wrong, "", at_most=0)
    report("mailbox, proposals made of them", outcome.proposals, "", at_least=MAILS * 0.8)


def lay_account(server: MailServer) -> int:
    """Make a process with an empty register and its mailbox, afresh; return the mailbox's key."""
    from talka.accounts.models import User
    from talka.core import clock
    from talka.directory.models import Organization, Person
    from talka.mailbox.connecting import Connection
    from talka.mailbox.operations.reading import save_account
    from talka.processes.models import Process
    from talka.processes.operations import create_process, publish_process
    from talka.proposals.operations.receiving import open_register

    slug = f"{SLUG}-{Process.objects.count()}"
    admin = User.objects.create_superuser(f"root@{slug}.example", name="Pasts")
    Person.objects.create(name="Pasts", user=admin)
    town = Organization.objects.create(name=slug, slug=slug, classification="municipality")
    process = create_process(
        kind="other", title="Pasta process", owner=town, by=admin, address_part=slug, summary="Mērījums."
    )
    publish_process(process, by=admin)
    open_register(process, by=admin, prefix="MP")
    server.make_folder("Talka")
    connection = Connection(
        address="attistiba@talka.example", host="127.0.0.1", port=server.port, security="plain", user=USER, password=PASSWORD,
        afterwards="move", move_to="Talka", read_since=clock.today(), folder="INBOX",
    )  # fmt: skip
    from talka.mailbox.models import MailAccount

    MailAccount.objects.update(host=f"vecs-{slug}", enabled=False)
    return save_account(process, connection=connection, by=admin).pk


def read_while_killed(server: MailServer, account_id: int, *, number: int, kills: int) -> Outcome:
    """Lay the mails into the mailbox, let a worker read them, and kill it so many times on the way."""
    sums: dict[str, int] = {}
    for one, raw in enumerate(mails(number)):
        server.lay(raw, number=one)
        digest = _digest(raw)
        sums[digest] = sums.get(digest, 0) + 1
    began = time.monotonic()
    killed = _read(account_id, number, kills, lambda: server.count() == 0)
    seconds = time.monotonic() - began
    return _judge(account_id, sums, seconds, killed)


def _digest(raw: bytes) -> str:
    """Return the sum of a mail as an IMAP server hands it out: Dovecot writes CRLF at every end and 0x80 for NUL."""
    even = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n").replace(b"\0", b"\x80")
    return hashlib.sha256(even).hexdigest()


def _read(account_id: int, number: int, kills: int, done: Callable[[], bool]) -> int:
    """Run the worker until all is read; kill it whenever another part of the mails has been taken."""
    from talka.mailbox.models import InboundMessage

    chance = random.Random(7)
    at = sorted(int(number * (one + chance.random()) / (kills + 1)) for one in range(kills))
    killed, until = 0, time.monotonic() + PATIENCE
    worker = _worker(account_id)
    while time.monotonic() < until:
        taken = InboundMessage.objects.filter(account=account_id).count()
        if killed < kills and taken >= at[killed] and worker.poll() is None:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
            killed += 1
            worker = _worker(account_id)
        elif worker.poll() is not None:
            if done():
                break
            worker = _worker(account_id)
        time.sleep(0.02)
    worker.kill()
    worker.wait()
    return killed


def _worker(account_id: int) -> "subprocess.Popen[bytes]":
    """Start a process that reads the mailbox as the job does."""
    from django.db import connection

    code = f"import django; django.setup(); from talka.mailbox.tasks import read_mailbox; read_mailbox(account_id={account_id})"
    parameters = connection.settings_dict
    address = f"postgresql://{parameters['USER']}@{parameters['HOST'].replace('/', '%2F')}:{parameters['PORT']}/{parameters['NAME']}"
    environment = os.environ | {"DATABASE_URL": address, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment)


def _judge(account_id: int, sums: dict[str, int], seconds: float, killed: int) -> Outcome:
    from talka.mailbox.models import MailAccount, Original
    from talka.proposals.models import Proposal

    kept: dict[str, int] = {}
    for content in Original.objects.filter(message__account=account_id).values_list("content", flat=True).iterator(200):
        digest = _digest(bytes(content))
        kept[digest] = kept.get(digest, 0) + 1
    process = MailAccount.objects.get(pk=account_id).process_id
    numbers = list(Proposal.objects.filter(process=process).order_by("number").values_list("number", flat=True))
    return Outcome(
        seconds=seconds,
        kills=killed,
        lost=sum(digest not in kept for digest in sums),
        twice=sum(times > 1 for times in kept.values()),
        changed=sum(digest not in sums for digest in kept),
        numbers_wrong=sum(a != b for a, b in enumerate(numbers, 1)),
        proposals=len(numbers),
    )
