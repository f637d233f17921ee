# SPDX-License-Identifier: EUPL-1.2
"""A real site with the example data, in processes of its own, and Chromium to walk through it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
START_SECONDS = 300


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run ``talka demo`` with a folder of its own and return its address."""
    var = tmp_path_factory.mktemp("demo")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if "TALKA" not in name and name != "DATABASE_URL"}
    surroundings = kept | {"TALKA_VAR": str(var), "DJANGO_SETTINGS_MODULE": "talka.config.settings"}
    with (var / "output.txt").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "talka.config.cli", "demo", f"--port={port}", "--workers=1"],
            env=surroundings, cwd=ROOT, stdout=output, stderr=output,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + START_SECONDS
    try:
        while not _answers(address):
            assert process.poll() is None, (var / "output.txt").read_text()
            assert time.monotonic() < deadline, "the site did not start in time"
            time.sleep(0.2)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/healthz", timeout=5):
            return True
    except OSError:
        return False


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium."""
    path = next(found for name in CHROMIUM if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, demo_site: str) -> Iterator[Page]:
    """Open an empty page of a new visitor; at the end nothing may have been said on the console."""
    context = chromium.new_context(
        base_url=demo_site,
        locale="lv-LV",
        timezone_id="Europe/Riga",
        reduced_motion="reduce",
        viewport={"width": 1280, "height": 900},
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # A status such as 404 is for the test to expect; what a page may not load or run is not.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            said.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


@pytest.fixture(scope="session")
def barriers() -> Callable[[Page], list[str]]:
    """Return a function that lists what on a page keeps somebody out, by axe and WCAG 2.2 AA."""
    script = (ROOT / "node_modules/axe-core/axe.min.js").read_text()

    def find(page: Page) -> list[str]:
        page.evaluate(script)
        result: dict[str, Any] = page.evaluate(
            f"axe.run(document, {{runOnly: {json.dumps(WCAG)}, resultTypes: ['violations']}})"
        )
        return [
            f"{violation['id']}: {violation['help']} – {node['html'][:200]} {node.get('failureSummary', '')}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    return find
