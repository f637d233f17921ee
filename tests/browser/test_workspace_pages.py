# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.checks import crawl
from tests.browser.flows import sign_in_as
from tests.browser.html import html_faults


@pytest.mark.parametrize("email", ["koordinatore@talka.example", "administratore@talka.example"])
def test_every_page_of_the_workspace_is_accessible_and_valid(
    context: BrowserContext, tmp_path: Path, email: str
) -> None:
    sign_in_as(context, email)
    found = crawl(context, ["/lv/workspace/", "/en/workspace/"])
    assert len(found.pages) > 20
    assert not (faults := found.faults + html_faults(found.pages, tmp_path)), "\n".join(faults)
