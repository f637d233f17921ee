# SPDX-License-Identifier: EUPL-1.2
"""Proposals that arrive as fast as they can while server, worker and database are killed with ``-9``.

Whatever number was shown to somebody must be in the register, under exactly that secret link, and
no form may be there twice. Everything runs on this machine and ends by itself.
"""

import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.figures import report
from bench.site import ROOT, VAR, free_port, wait_until_it_answers

FOLDER = VAR / "faults"
SENDERS = 48
SECONDS = 45
PAUSE_BETWEEN_KILLS = 5
SLUG = "kludu-process"


@dataclass
class Outcome:
    """What the senders saw: for each form its text and, once shown, number and secret link."""

    shown: dict[str, tuple[str, str]] = field(default_factory=dict)
    sent: int = 0
    failures: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


def measure() -> None:
    """Print how many proposals were shown, how many of them are kept, and how many stand twice."""
    environment = os.environ | {
        "TALKA_MODE": "development", "TALKA_VAR": str(FOLDER), "TALKA_PROXIES": "1", "DJANGO_SETTINGS_MODULE": "talka.config.settings",
    }  # fmt: skip
    port = free_port()
    log = FOLDER / "run.log"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        site = subprocess.Popen(
            [sys.executable, "-m", "talka.config.cli", "run", f"--port={port}"], cwd=ROOT, env=environment,
            stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", site)
        _python(environment, "lay_process")
        outcome = _storm(site.pid, port)
        wait_until_it_answers(f"http://127.0.0.1:{port}/lv/p/{SLUG}/", site)
        _send_again(outcome, port)
        found = _python(environment, "list_register")
    finally:
        site.terminate()
        site.wait(60)
    _judge(outcome, found)


def _judge(outcome: Outcome, found: str) -> None:
    rows = [line.split("\t") for line in found.splitlines() if line.startswith("row\t")]
    kept = {(number, secret) for _row, number, secret, _text in rows}
    numbers = sorted(int(number.rpartition("-")[2]) for _row, number, _secret, _text in rows)
    texts = [text for *_rest, text in rows]
    lost = [shown for shown in outcome.shown.values() if shown not in kept]
    for what, times in sorted(outcome.kills.items()):
        report(f"faults, {what} killed", times, "times", at_least=1)
    report("faults, forms sent", outcome.sent, "")
    report("faults, connections lost on the way", outcome.failures, "")
    report("faults, numbers shown", len(outcome.shown), "", at_least=50)
    report("faults, numbers shown and not kept", len(lost), "", at_most=0)
    report("faults, forms kept twice", len(texts) - len(set(texts)), "", at_most=0)
    report(
        "faults, numbers given twice or skipped",
        sum(a != b for a, b in enumerate(numbers, numbers[0] if numbers else 1)),
        "",
        at_most=0,
    )


def _storm(supervisor: int, port: int) -> Outcome:
    outcome, stop = Outcome(), threading.Event()
    senders = [threading.Thread(target=_send_until, args=(stop, outcome, port), daemon=True) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    until = time.monotonic() + SECONDS
    targets = ["web server", "worker", "database"]
    while time.monotonic() < until:
        time.sleep(PAUSE_BETWEEN_KILLS)
        target = targets[sum(outcome.kills.values()) % len(targets)]
        victim = _find(target, supervisor)
        if victim is not None:
            os.kill(victim, signal.SIGKILL)
            outcome.kills[target] = outcome.kills.get(target, 0) + 1
    stop.set()
    for sender in senders:
        sender.join(60)
    return outcome


def _find(target: str, supervisor: int) -> int | None:
    """Find a process of this site, and of no other, by its parents and its data folder."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().split(b"\0")
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        words = {"web server": b"serve", "worker": b"worker"}
        if target in words and parent == supervisor and words[target] in command:
            return int(folder.name)
        if target == "database" and command[0].endswith(b"/postgres") and str(FOLDER).encode() in b" ".join(command):
            return int(folder.name)
    return None


def _send_until(stop: threading.Event, outcome: Outcome, port: int) -> None:
    while not stop.is_set():
        text = f"Priekšlikums {uuid.uuid4()}"
        _send(text, str(uuid.uuid4()), outcome, port, tries=400)


def _send(text: str, key: str, outcome: Outcome, port: int, *, tries: int) -> None:
    """Send one form until a receipt is shown, with the same key each time, as a browser does that sends again."""
    for _try in range(tries):
        try:
            secret = _post(text, key, port)
            number = _number_on(secret, port)
        except (OSError, http.client.HTTPException, LookupError):
            with outcome.lock:
                outcome.failures += 1
            time.sleep(0.1)
            continue
        with outcome.lock:
            outcome.sent += 1
            outcome.shown[text] = (number, secret)
        return


def _send_again(outcome: Outcome, port: int) -> None:
    """Send one more, so that the site is seen to work after all that."""
    _send(f"Priekšlikums {uuid.uuid4()}", str(uuid.uuid4()), outcome, port, tries=50)


def _request(port: int, method: str, path: str, body: str = "", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    address = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(256)}"
    connection.request(method, path, body or None, {"X-Forwarded-For": address, **headers})
    response = connection.getresponse()
    response.content = response.read().decode()  # type: ignore[attr-defined]
    connection.close()
    return response


def _post(text: str, key: str, port: int) -> str:
    path = f"/lv/p/{SLUG}/proposals/new/"
    form = _request(port, "GET", path)
    shown = re.search(r'name="shown"[^>]*value="([^"]+)"', form.content)  # type: ignore[attr-defined]
    if shown is None:
        raise LookupError(form.status)
    time.sleep(2.1)
    body = urlencode({"shown": shown[1], "text": text, "key": key, "on_behalf": "self", "website": ""})
    answer = _request(port, "POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})
    found = re.search(r"/receipt/([^/]+)/", answer.getheader("Location") or "")
    if answer.status != 302 or found is None:
        raise LookupError(answer.status)
    return found[1]


def _number_on(secret: str, port: int) -> str:
    page = _request(port, "GET", f"/lv/receipt/{secret}/")
    found = re.search(r"\bKP-\d+", page.content)  # type: ignore[attr-defined]
    if page.status != 200 or found is None:
        raise LookupError(page.status)
    return found[0]


def _python(environment: dict[str, str], what: str) -> str:
    """Run one of the functions below with the site's own settings, beside the running site."""
    code = f"import django; django.setup(); from bench import faults; faults.{what}()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def lay_process() -> None:
    """Make an empty process that takes proposals, afresh."""
    from datetime import timedelta

    from talka.accounts.models import User
    from talka.core import clock
    from talka.directory.models import Organization, Person
    from talka.processes.models import Process, Role
    from talka.processes.operations import create_process, publish_process
    from talka.proposals.operations.receiving import open_register

    if Process.objects.filter(slug=SLUG).exists():
        return
    admin = User.objects.create_superuser("root@faults.example", name="Kļūda")
    Person.objects.create(name="Kļūda", user=admin)
    town = Organization.objects.create(name="Kļūdu novads", slug="kludu-novads", classification="municipality")
    process = create_process(
        kind="other", title="Kļūdu process", owner=town, by=admin, address_part=SLUG, summary="Mērījums.",
        starts_on=clock.today() - timedelta(days=1),
    )  # fmt: skip
    assert Role.objects.filter(process=process).exists()
    publish_process(process, by=admin)
    open_register(process, by=admin, prefix="KP")


def list_register() -> None:
    """Print number, secret link and text of everything that was kept."""
    from talka.proposals.models import Proposal

    for reference, secret, text in Proposal.objects.filter(process__slug=SLUG).values_list(
        "reference", "author__secret", "receipt__text"
    ):
        print("row", reference, secret, text, sep="\t")
