# SPDX-License-Identifier: EUPL-1.2
"""What is asked of every page: WCAG 2.2 AA by axe, no complaints on the console, no sideways scrolling on a phone."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import override
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from tests.browser.site import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VARIED = ("show_process", "show_group", "show_meeting", "show_proposal", "manage_proposal")
SAMPLES, SAMPLES_OF_VARIED = 1, 3
"""How many pages of one kind are opened in the browser; more of those that look different from one to the next."""
PROBES = 6
"""How many more of one kind are only fetched: they answer, and their HTML is valid."""

LEFT_OUT = re.compile(
    r"\.(ics|csv|xlsx|json|xml|txt|pdf|docx|jpg|png)$|/logout|/files/|/papers/|/documents/|/scans/\d+/pages/|/export/|/api/"
)


@dataclass
class Found:
    """What was wrong, by page, and the HTML of every page for the checker of HTML."""

    faults: list[str] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)


def kind_of(address: str) -> str:
    """Return the language and the name of a page's address, so that ten proposals count as one kind."""
    path = urlsplit(address).path
    with override(path[1:3]):
        try:
            return f"{path[1:3]} {resolve(path).view_name}"
        except Resolver404:
            return path


def crawl(context: BrowserContext, starts: list[str], within: str = ".") -> Found:
    """Open pages from ``starts`` on, a few of each kind in the languages of these, and look at each of them.

    Pages whose address has no match for ``within``, and more pages of one kind, are only fetched.
    """
    found, seen = Found(), Counter[str]()
    languages = {path[1:3] for path in starts}
    queue, known = deque((path, "the start") for path in starts), set(starts)
    context.add_init_script(path=AXE)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if _complains(message) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    while queue:
        path, origin = queue.popleft()
        kind = kind_of(path)
        samples = _samples(kind) if re.search(within, path) else 0
        seen[kind] += 1
        if seen[kind] > samples + PROBES:
            continue
        said.clear()
        opened = seen[kind] <= samples
        response = page.goto(path) if opened else context.request.get(path)
        if response is None or response.status != 200:
            found.faults.append(f"{path} (from {origin}): status {response.status if response else 'none'}")
            continue
        found.pages[path] = response.text()
        if not opened:
            continue
        dark = path.startswith("/lv/") and seen[kind] == 1
        found.faults += [f"{path}: {fault}" for fault in [*said, *_look(page, dark=dark)]]
        for link in _links(page):
            if link not in known and link[1:3] in languages:
                known.add(link)
                queue.append((link, path))
    page.close()
    return found


def _samples(kind: str) -> int:
    return SAMPLES_OF_VARIED if kind.startswith("lv ") and kind.endswith(VARIED) else SAMPLES


def _complains(message: ConsoleMessage) -> bool:
    return message.type in {"error", "warning"} and "GPU" not in message.text and "WebGL" not in message.text


def _look(page: Page, *, dark: bool) -> Iterator[str]:
    yield from _faults_by_axe(page, {"type": "tag", "values": WCAG})
    if dark:
        page.emulate_media(color_scheme="dark")
        for fault in _faults_by_axe(page, {"type": "rule", "values": ["color-contrast"]}):
            yield f"in the dark: {fault}"
        page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 800})
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    if wide > 320:
        yield f"is {wide} px wide on a screen of 320"
    page.set_viewport_size({"width": 1280, "height": 900})


def _faults_by_axe(page: Page, rules: dict[str, object]) -> Iterator[str]:
    result = page.evaluate("runOnly => axe.run(document, {runOnly, resultTypes: ['violations']})", rules)
    for violation in result["violations"]:
        yield f"{violation['id']}: {violation['help']}: {violation['nodes'][0]['html'][:160]}"


def _links(page: Page) -> list[str]:
    addresses: list[str] = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    site = urlsplit(page.url)
    parts = [urlsplit(address) for address in addresses]
    return [
        part.path
        for part in parts
        if part.netloc == site.netloc and re.match(r"/(lv|en)/", part.path) and not LEFT_OUT.search(part.path)
    ]
