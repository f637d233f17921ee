# SPDX-License-Identifier: EUPL-1.2
"""A time at reception hours, booked on a telephone without JavaScript, and received by the clerk."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.flows import PROGRAMME, at_work

TITLE = "Attīstības nodaļas pieņemšana"


def choose(page: Page, button: str) -> str:
    """Choose the last time on offer, press the button, and return when it is."""
    last = page.locator("[name=at] optgroup").last.locator("option").last
    words, value = last.text_content() or "", last.get_attribute("value")
    page.locator("[name=at]").select_option(value)
    page.get_by_role("button", name=button).click()
    return words.partition("–")[0]


def test_a_visitor_books_moves_and_calls_off_on_a_telephone_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(
        base_url=site, locale="lv-LV", viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"/lv/p/{PROGRAMME}/")
    page.get_by_role("link", name=TITLE).first.click()
    page.locator(".slots a").first.click()
    chosen = page.locator("[name=at] option[selected]").text_content() or ""
    page.locator("[name=name]").fill("Ilze Meža")
    page.locator("[name=phone]").fill("60 000 555")
    page.locator("[name=about]").fill("Gājēju pāreja pie skolas")
    page.wait_for_timeout(2200)
    page.get_by_role("button", name="Pierakstīt laiku").click()
    page.wait_for_url("**/booking/*/?booked=1")
    expect(page.locator("h1")).to_contain_text(chosen.partition("–")[0])
    expect(page.locator("main")).to_contain_text("Gājēju pāreja pie skolas")
    with at_work(browser, site, "lietvede@talka.example") as desk:
        desk.goto("/lv/workspace/")
        desk.get_by_role("link", name=TITLE).first.click()
        expect(desk.locator("tr", has_text="Ilze Meža")).to_contain_text("60 000 555")
    page.get_by_role("link", name="Izvēlēties citu laiku").click()
    moved = choose(page, "Pierakstīt šo laiku")
    expect(page.locator("h1")).to_contain_text(moved)
    page.get_by_role("link", name="Atteikt pierakstu").click()
    page.get_by_role("button", name="Atteikt").click()
    expect(page.locator("main")).to_contain_text("Jūs šo pierakstu atteicāt.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
