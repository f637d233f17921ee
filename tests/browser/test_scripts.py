# SPDX-License-Identifier: EUPL-1.2
"""What the scripts add to pages that work without them."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

FORM = "/lv/p/talkas-programma-2028-2034/proposals/new/"
TEXT = "Lūdzu ierīkot soliņu pie Dzirnezera laipas."


def until(page: Page, expression: str) -> None:
    """Wait until an expression is true; the page's own security policy forbids Playwright's way of asking this."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(expression)


def test_what_was_written_stays_until_the_server_has_it(page: Page) -> None:
    page.goto(FORM)
    page.fill("[name=text]", TEXT)
    until(page, "localStorage.length > 0")
    page.goto("/lv/")
    page.goto(FORM)
    expect(page.locator("[name=text]")).to_have_value(TEXT)
    expect(page.locator("[data-draft-notice]")).to_be_visible()
    # A person needs some seconds for a form; one that comes back at once is taken for a robot's.
    page.wait_for_timeout(2200)
    page.locator("main form .actions button").click()
    page.wait_for_url(re.compile("^(?!.*/new/$)"))
    assert page.evaluate("localStorage.length") == 0


def test_a_draft_can_be_discarded(page: Page) -> None:
    page.goto(FORM)
    page.fill("[name=text]", TEXT)
    until(page, "localStorage.length > 0")
    page.reload()
    page.locator("[data-draft-discard]").click()
    expect(page.locator("[name=text]")).to_have_value("")
    assert page.evaluate("localStorage.length") == 0


def test_a_draft_keeps_neither_the_trap_nor_the_keys_of_the_form(page: Page) -> None:
    page.goto(FORM)
    page.fill("[name=text]", TEXT)
    until(page, "localStorage.length > 0")
    kept = page.evaluate("JSON.parse(Object.values(localStorage)[0]).values.map(([name]) => name)")
    assert "text" in kept
    assert not {"csrfmiddlewaretoken", "shown", "key", "website", "files"} & set(kept)


def test_filters_work_at_once_and_leave_a_short_address(page: Page) -> None:
    page.goto("/lv/proposals/")
    page.evaluate("window.same = true")
    page.locator("form.filters [type=search]").fill("skola")
    page.wait_for_url("**/lv/proposals/?q=skola")
    assert page.evaluate("window.same")
    expect(page.locator("#announcements")).to_have_text(page.locator("[data-found]").inner_text())


def test_filters_work_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/lv/proposals/")
    page.locator("form.filters [type=search]").fill("skola")
    page.locator("form.filters button").click()
    page.wait_for_url(re.compile(r"/lv/proposals/\?.*q=skola"))
    expect(page.locator("[data-copy]:visible")).to_have_count(0)
    context.close()


def test_a_file_that_is_too_large_is_named_before_it_is_sent(page: Page) -> None:
    page.goto(FORM)
    page.fill("[name=text]", TEXT)
    page.evaluate("document.querySelector('[name=files]').dataset.maxBytes = '10'")
    page.locator("[name=files]").set_input_files(
        {"name": "liels.txt", "mimeType": "text/plain", "buffer": b"more than ten bytes"}
    )
    expect(page.locator(".ds-validation-message", has_text="liels.txt")).to_have_count(1)
    page.locator("main form .actions button").click()
    assert page.url.endswith("/new/")


def test_a_place_is_put_on_the_map_from_the_keyboard(page: Page) -> None:
    page.goto(FORM)
    page.locator("details.more summary").first.click()
    page.locator("[data-map-open]").click()
    canvas = page.locator("#pick-map canvas")
    canvas.wait_for()
    canvas.focus()
    canvas.press("Enter")
    until(page, "document.querySelector('[name=longitude]').value !== ''")
    assert 20 < float(page.input_value("[name=longitude]")) < 29
    assert 55 < float(page.input_value("[name=latitude]")) < 59
    page.locator("[data-map-clear]").click()
    assert page.input_value("[name=longitude]") == ""


def test_the_skip_link_leads_to_the_content(page: Page) -> None:
    page.goto("/lv/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_pages_are_dark_when_the_system_is(browser: Browser, site: str) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        context: BrowserContext = browser.new_context(base_url=site, color_scheme=scheme)
        page = context.new_page()
        page.goto("/lv/")
        grounds[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        context.close()
    assert grounds["light"] == "rgb(255, 255, 255)"
    assert grounds["dark"] != grounds["light"]
