# SPDX-License-Identifier: EUPL-1.2
"""The demo as people start it, for the tests in a browser: database, server and worker of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
START_SECONDS = 180


def chromium() -> str:
    """Return where the system's Chromium is; ``make test`` sees to it that there is one."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        raise RuntimeError("Chromium is not on this machine. Install it: apt-get install chromium")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demo_site(folder: Path) -> Iterator[str]:
    """Run ``talka demo`` with its data in ``folder`` and return its address; it ends with the block."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "TALKA_URL", "DJANGO_SETTINGS_MODULE"}
    }
    environment |= {"TALKA_MODE": "demo", "TALKA_VAR": str(folder)}
    log = folder / "demo.log"
    folder.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        demo = subprocess.Popen(
            [sys.executable, "-m", "talka.config.cli", "demo", f"--port={port}"], cwd=ROOT, env=environment,
            stdout=output, stderr=output, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    try:
        _wait(demo, address, log)
        yield address
    finally:
        demo.terminate()
        demo.wait(60)


def _wait(demo: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if demo.poll() is not None:
            raise RuntimeError(f"the demo ended with code {demo.returncode}:\n{log.read_text()[-2000:]}")
        try:
            with urlopen(f"{address}/lv/", timeout=10):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"the demo did not answer within {START_SECONDS} s:\n{log.read_text()[-2000:]}")
