# SPDX-License-Identifier: EUPL-1.2
"""What a browser fetches for a page, compressed, as Chromium counts it on the wire."""

import shutil
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Weight:
    """Bytes on the wire: all of them, and those of scripts."""

    all: int = 0
    scripts: int = 0


def weights(url: str) -> Weight:
    """Open a page with an empty cache and add up what comes."""
    path = next(found for name in CHROMIUM if (found := shutil.which(name)))
    weight, kinds = Weight(), {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")

        def began(event: dict[str, Any]) -> None:
            kinds[event["requestId"]] = event["type"]

        def ended(event: dict[str, Any]) -> None:
            size = int(event["encodedDataLength"])
            weight.all += size
            weight.scripts += size if kinds.get(event["requestId"]) == "Script" else 0

        wire.on("Network.responseReceived", began)
        wire.on("Network.loadingFinished", ended)
        page.goto(url, wait_until="networkidle")
        browser.close()
    return weight
