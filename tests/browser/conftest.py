# SPDX-License-Identifier: EUPL-1.2
"""One demo and one Chromium for all tests in a browser, and a new visitor for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser.site import chromium, demo_site

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="package")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the demo keeps its data and the letters that it writes."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="package")
def site(demo_folder: Path) -> Iterator[str]:
    """Return the address of a demo that runs."""
    with demo_site(demo_folder) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """Be a new visitor in Latvia."""
    context = browser.new_context(
        base_url=site, locale="lv-LV", timezone_id="Europe/Riga", reduced_motion="reduce", accept_downloads=True
    )
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Open an empty page; at the end nothing may have been said on the console."""
    page = context.new_page()
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # A status such as 404 is for the test to expect; what a page may not load or run is not.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            said.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == []
