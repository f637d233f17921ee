# SPDX-License-Identifier: EUPL-1.2
"""What is asked of every page: WCAG 2.2 AA by axe, no complaints on the console, no sideways scrolling on a phone."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from tests.browser.site import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SAMPLES = 2
"""How many pages of one kind are opened in each language."""

LEFT_OUT = re.compile(
    r"\.(ics|csv|xlsx|json|xml|txt|pdf|docx|jpg|png)$|/logout|/files/|/papers/|webcal|/documents/|/api/"
)


@dataclass
class Found:
    """What was wrong, by page, and the HTML of every page for the checker of HTML."""

    faults: list[str] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)


def kind_of(path: str) -> str:
    """Return the name of a page's address, so that ten proposals count as one kind."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def crawl(context: BrowserContext, starts: list[str]) -> Found:
    """Open pages from ``starts`` on, a few of each kind in each language, and look at each of them."""
    found, seen = Found(), Counter[tuple[str, str]]()
    queue, known = deque(starts), set(starts)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if _complains(message) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    axe = AXE.read_text()
    while queue:
        path = queue.popleft()
        kind = (path[:4], kind_of(urlsplit(path).path))
        if seen[kind] >= SAMPLES:
            continue
        seen[kind] += 1
        said.clear()
        response = page.goto(path)
        if response is None or response.status != 200:
            found.faults.append(f"{path}: status {response.status if response else 'none'}")
            continue
        found.pages[path] = response.text()
        found.faults += [f"{path}: {fault}" for fault in [*said, *_look(page, axe)]]
        for link in _links(page):
            if link not in known:
                known.add(link)
                queue.append(link)
    page.close()
    return found


def _complains(message: ConsoleMessage) -> bool:
    return message.type in {"error", "warning"} and "GPU" not in message.text and "WebGL" not in message.text


def _look(page: Page, axe: str) -> Iterator[str]:
    page.evaluate(axe)
    result = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", WCAG)
    for violation in result["violations"]:
        yield f"{violation['id']}: {violation['help']}: {violation['nodes'][0]['html'][:160]}"
    page.set_viewport_size({"width": 320, "height": 800})
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    if wide > 320:
        yield f"is {wide} px wide on a screen of 320"
    page.set_viewport_size({"width": 1280, "height": 900})


def _links(page: Page) -> list[str]:
    addresses: list[str] = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    site = urlsplit(page.url)
    parts = [urlsplit(address) for address in addresses]
    return [
        part.path
        for part in parts
        if part.netloc == site.netloc and re.match(r"/(lv|en)/", part.path) and not LEFT_OUT.search(part.path)
    ]
