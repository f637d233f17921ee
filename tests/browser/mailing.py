# SPDX-License-Identifier: EUPL-1.2
"""Mail in and out of the demo: a real server from which its mailbox is read once, and the letters that it wrote."""

import os
import re
import subprocess
import sys
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from bench.dovecot import PASSWORD, USER, mail_server

from tests.browser.flows import PROGRAMME
from tests.browser.site import ROOT

LETTER_SECONDS = 60
_BETWEEN_LETTERS = re.compile(rb"^-{79}$", re.MULTILINE)


def arrive(folder: Path, raw: bytes) -> None:
    """Lay a mail into a mailbox on a mail server and let the demo in ``folder`` read it, as its worker would."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "TALKA_URL"}}
    environment |= {"TALKA_MODE": "demo", "TALKA_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "talka.config.settings"}
    with mail_server() as server:
        server.lay(raw)
        command = [sys.executable, "-m", "tests.browser.mailing", str(server.port)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.stdout.strip() != "1":
        raise RuntimeError(f"the mail was not read: {done.stdout}\n{done.stderr[-2000:]}")


def letter_to(folder: Path, address: str, saying: str = "") -> EmailMessage:
    """Wait until the demo has written a letter to an address, with these words in it, and return it."""
    until = time.monotonic() + LETTER_SECONDS
    while time.monotonic() < until:
        for file in (folder / "mail").glob("*.log"):
            for part in _BETWEEN_LETTERS.split(file.read_bytes()):
                letter = message_from_bytes(part.strip(), policy=policy.default)
                if address in str(letter["To"]) and saying in _text_of(letter):
                    return letter
        time.sleep(0.1)
    raise RuntimeError(f"no letter to {address} was written within {LETTER_SECONDS} s")


def _text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return body.get_content() if body is not None else ""


def _read(port: int) -> int:
    """Read the mailbox of the programme from a server on this machine; afterwards it is connected as it was."""
    import django

    django.setup()
    from talka.core import clock
    from talka.mailbox.connecting import Connection
    from talka.mailbox.models import MailAccount
    from talka.mailbox.operations.reading import read_mail, save_account
    from talka.processes.models import Role

    before = MailAccount.objects.filter(process__slug=PROGRAMME).values().get()
    account = MailAccount.objects.select_related("process").get(pk=before["id"])
    role = (
        Role.objects.active().filter(process=account.process, kind=Role.Kind.COORDINATOR).select_related("person__user")
    )
    here = Connection(
        address=account.address, host="127.0.0.1", port=port, security="plain", user=USER, password=PASSWORD,
        read_since=clock.today(),
    )  # fmt: skip
    by = role[0].person.user
    if by is None:
        raise RuntimeError("the programme has no coordinator who can sign in")
    taken = read_mail(save_account(account.process, connection=here, by=by))
    MailAccount.objects.filter(pk=account.pk).update(**before)
    return taken


if __name__ == "__main__":
    sys.stdout.write(str(_read(int(sys.argv[1]))))
