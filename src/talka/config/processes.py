# SPDX-License-Identifier: EUPL-1.2
"""The processes of an installation: web server, worker, and who looks after both."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.request import urlopen

SUPERVISED = "TALKA_SUPERVISED"
STOP_SECONDS = 20
SHORT_LIFE_SECONDS = 5
SHORT_LIVES_ALLOWED = 5
"""A process that ends so soon so often in a row cannot start; one that was killed while it worked is started again for ever."""


class CannotStart(Exception):
    """Something outside Talka is in the way; the text says what and what to do."""


def check_port(host: str, port: int) -> None:
    """Stop with a sentence when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = {98: "is taken by another program", 48: "is taken by another program"}.get(
                error.errno or 0, f"cannot be used ({error.strerror})"
            )
            raise CannotStart(f"Port {port} on {host} {reason}. Choose another: --port {port + 1}") from error


def follow_parent() -> None:
    """End this process when the one that started it is gone, so that nothing keeps the port after a kill."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def worker_application() -> Callable[..., Any]:
    """Return the site for one process of the web server, which ends with the server."""
    follow_parent()
    from talka.config.wsgi import application

    return application


def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Run the web server until it is told to stop. The site is loaded once, before the processes part."""
    from django.conf import settings
    from django.db import connections
    from granian.constants import Interfaces
    from granian.server import Server

    import talka.config.wsgi  # noqa: F401

    connections.close_all()
    Server(
        "talka.config.processes:worker_application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        blocking_threads_idle_timeout=600,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS // 2,
        log_dictconfig=settings.LOGGING,
    ).serve()


def work(concurrency: int) -> None:
    """Do the jobs of the queue until told to stop."""
    from django.core.management import call_command

    call_command(
        "procrastinate",
        "worker",
        f"--concurrency={concurrency}",
        f"--shutdown-graceful-timeout={STOP_SECONDS // 2}",
    )


@dataclass
class Child:
    """One process that is kept alive."""

    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    short_lives: int = 0

    def start(self, log: Path) -> None:
        """Start it, apart from the terminal's Ctrl-C, which is for the one who looks after it."""
        self.started_at = time.monotonic()
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "talka.config.cli", *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                env=os.environ | {SUPERVISED: "1"},
            )

    def end(self) -> None:
        """Stop it: first asked, then made to."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Supervisor:
    """Starts the children, starts them again when they die, and stops them all at once."""

    def __init__(self, children: list[Child], log: Path, look_after: Callable[[], None]) -> None:
        """Take the children, where they write what they say, and what else to look after every half second."""
        self.children = children
        self.log = log
        self.look_after = look_after
        self._stopping = threading.Event()

    def run(self, address: str, started: Callable[[], None]) -> None:
        """Keep everything running until a signal; call ``started`` once the site answers at ``address``."""
        for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(kind, self._stop)
        try:
            for child in self.children:
                child.start(self.log)
            self._wait_until_it_answers(address)
            if not self._stopping.is_set():
                started()
            while not self._stopping.wait(0.5):
                self.look_after()
                self._revive()
        finally:
            for child in self.children:
                if child.process is not None:
                    child.process.terminate()
            for child in self.children:
                child.end()

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping.set()

    def _wait_until_it_answers(self, address: str) -> None:
        while not self._stopping.is_set():
            self._revive()
            try:
                with urlopen(f"{address}/healthz", timeout=5):  # noqa: S310
                    return
            except OSError:
                self._stopping.wait(0.05)

    def _revive(self) -> None:
        for child in self.children:
            code = child.process.poll() if child.process else None
            if code is None:
                continue
            short = time.monotonic() - child.started_at < SHORT_LIFE_SECONDS
            child.short_lives = child.short_lives + 1 if short else 0
            how = f"was killed (signal {-code})" if code < 0 else f"ended (code {code})"
            if child.short_lives > SHORT_LIVES_ALLOWED:
                last = "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
                raise CannotStart(f"The {child.name} {how} again and again. The end of {self.log}:\n{last}")
            print(f"The {child.name} {how}; starting it again.", flush=True)
            child.start(self.log)
