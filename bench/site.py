# SPDX-License-Identifier: EUPL-1.2
"""A site of its own for measuring: embedded database below ``var/bench``, web server in production settings."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "bench"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(url: str, process: "subprocess.Popen[bytes] | None" = None, *, seconds: float = 120) -> None:
    """Return once the address answers; raise when its process ends or the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"the server of {url} ended with code {process.returncode}")
        try:
            with urlopen(url, timeout=10):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"{url} did not answer within {seconds:g} s")


def migrate() -> None:
    """Make the database and bring it up to date."""
    for command in ("migrate", "createcachetable"):
        subprocess.run([sys.executable, "manage.py", command, "-v0"], cwd=ROOT, check=True)


@contextmanager
def own_database(var: Path = VAR) -> Iterator[str]:
    """Set Django up on an embedded database below ``var``, up to date, until the block is left; give its address."""
    os.environ |= {
        "TALKA_MODE": "development",
        "TALKA_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "talka.config.settings",
    }
    import django
    from django.conf import settings

    from talka.config import embedded

    django.setup()
    folder = embedded.folder(settings.VAR, settings.MODE)
    with embedded.Server(folder):
        migrate()
        yield embedded.url(folder, settings.DATABASES["default"]["NAME"])


@contextmanager
def running(arguments: list[str], url: str, **environment: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program of this project until the block is left; it is ready when ``url`` answers."""
    log = VAR / "server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        wait_until_it_answers(url, process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
