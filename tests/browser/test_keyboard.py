# SPDX-License-Identifier: EUPL-1.2
"""Everything can be reached and seen from the keyboard, on a phone's width as well."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.flows import PROGRAMME, sign_in_as

FOCUSED = """() => {
  const element = document.activeElement;
  const isMarked = (part) => {
    const style = getComputedStyle(part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  };
  const box = element.getBoundingClientRect();
  return {
    body: element === document.body,
    name: element.outerHTML.slice(0, 120),
    marked: isMarked(element) || (element.matches("[type=checkbox], [type=radio]") && isMarked(element.closest(".ds-field"))),
    seen: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
  };
}"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["/lv/", f"/lv/p/{PROGRAMME}/", "/lv/proposals/", f"/lv/p/{PROGRAMME}/proposals/new/"])
def test_what_has_the_focus_is_on_the_screen_and_marked(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(path)
    passed = 0
    for _step in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["body"]:
            break
        assert focused["seen"], focused["name"]
        assert focused["marked"], focused["name"]
        passed += 1
    assert passed >= 15


def test_the_menu_of_the_account_opens_and_closes_from_the_keyboard_on_a_phone(
    context: BrowserContext, page: Page
) -> None:
    sign_in_as(context, "iedzivotaja@talka.example")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/lv/")
    menu, summary = page.locator("details.menu"), page.locator("details.menu summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lv/my/")


def test_the_short_list_at_the_top_of_a_process_leads_to_its_parts_on_a_phone(page: Page) -> None:
    page.goto(f"/lv/p/{PROGRAMME}/")
    expect(page.locator("nav.jump")).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    targets = page.locator("nav.jump a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert targets == ["#groups", "#meetings", "#receptions", "#ways", "#proposals", "#steps"]
    tops = [page.locator(target).evaluate("heading => heading.getBoundingClientRect().top") for target in targets]
    assert tops == sorted(tops)
    page.locator("nav.jump a[href='#ways']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#ways")).to_be_in_viewport()
