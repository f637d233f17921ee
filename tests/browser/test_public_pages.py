# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

from playwright.sync_api import BrowserContext

from tests.browser.checks import crawl
from tests.browser.html import html_faults


def test_every_public_page_is_accessible_and_valid_in_both_languages(context: BrowserContext, tmp_path: Path) -> None:
    found = crawl(context, ["/lv/", "/en/"])
    assert len(found.pages) > 30
    assert not (faults := found.faults + html_faults(found.pages, tmp_path)), "\n".join(faults)
