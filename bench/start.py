# SPDX-License-Identifier: EUPL-1.2
"""How long the second ``make demo`` takes to its first page."""

import os
import signal
import subprocess
import time
from urllib.error import URLError
from urllib.request import urlopen

from bench.figures import report
from bench.site import ROOT, VAR, free_port


def measure() -> None:
    """Start the demo twice and print how long the second start took until a page was there."""
    _start()
    report("second demo, to the first page", _start(), "s", at_most=10)


def _start() -> float:
    port = free_port()
    log = VAR / "demo.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with log.open("ab") as output:
        demo = subprocess.Popen(
            ["make", "demo", f"PORT={port}"], cwd=ROOT, env=os.environ | {"TALKA_VAR": str(VAR / "demo")},
            stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        while True:
            if demo.poll() is not None:
                raise RuntimeError(f"make demo ended with code {demo.returncode}; see {log}")
            try:
                with urlopen(f"http://127.0.0.1:{port}/lv/", timeout=5):
                    return time.monotonic() - began
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
            if time.monotonic() - began > 600:
                raise RuntimeError(f"make demo showed no page within 10 minutes; see {log}")
    finally:
        if demo.poll() is None:
            os.killpg(demo.pid, signal.SIGINT)
            demo.wait(60)
