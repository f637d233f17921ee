# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.checks import crawl
from tests.browser.flows import sign_in_as
from tests.browser.html import html_faults


@pytest.mark.parametrize(
    ("who", "starts", "least"),
    [
        ("koordinatore", ["/lv/workspace/", "/en/workspace/"], 40),
        ("administratore", ["/lv/workspace/"], 20),
        ("talka", ["/lv/workspace/"], 20),
        ("vaditajs", ["/lv/workspace/"], 10),
        ("lietvede", ["/lv/workspace/"], 6),
    ],
)
def test_every_page_of_the_workspace_is_accessible_and_valid_and_no_link_leads_to_a_refusal(
    context: BrowserContext, tmp_path: Path, who: str, starts: list[str], least: int
) -> None:
    sign_in_as(context, f"{who}@talka.example")
    found = crawl(context, starts, within="/workspace/")
    assert len(found.pages) >= least
    assert not (faults := found.faults + html_faults(found.pages, tmp_path)), "\n".join(faults)


@pytest.mark.parametrize("who", ["iedzivotaja", "biedrs"])
def test_the_own_pages_of_a_resident_are_accessible_and_valid(
    context: BrowserContext, tmp_path: Path, who: str
) -> None:
    sign_in_as(context, f"{who}@talka.example")
    found = crawl(context, ["/lv/my/"], within="/my/|/account/")
    assert found.pages
    assert not (faults := found.faults + html_faults(found.pages, tmp_path)), "\n".join(faults)
