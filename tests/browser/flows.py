# SPDX-License-Identifier: EUPL-1.2
"""What people do, step by step, in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

PROGRAMME = "talkas-programma-2028-2034"
MOST_STEPS = 400


def sign_in_as(context: BrowserContext, email: str) -> None:
    """Enter the demonstration as one of its people."""
    page = context.new_page()
    page.goto("/lv/demo/")
    page.locator(f"button[name=email][value='{email}']").click()
    expect(page.locator("header")).not_to_contain_text("Ieiet")
    page.close()


@contextmanager
def at_work(browser: Browser, site: str, email: str) -> Iterator[Page]:
    """Sit down in a browser of one's own, signed in, and leave it at the end."""
    context = browser.new_context(base_url=site, locale="lv-LV", timezone_id="Europe/Riga")
    sign_in_as(context, email)
    yield context.new_page()
    context.close()


def send_proposal(page: Page, text: str, **fields: str) -> str:
    """Send a proposal as a visitor would and return the address of the receipt."""
    page.goto(f"/lv/p/{PROGRAMME}/proposals/new/")
    page.locator("[name=text]").fill(text)
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)
    page.wait_for_timeout(2200)
    page.get_by_role("button", name="Iesniegt priekšlikumu").click()
    page.wait_for_url("**/receipt/**")
    return page.url


def reach(page: Page, target: Locator) -> None:
    """Go to a part of the page with the tabulator alone, from where one is."""
    part = target.element_handle()
    for _step in range(MOST_STEPS):
        if page.evaluate("part => document.activeElement === part", part):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the tabulator does not lead to {target}")


def press(page: Page, target: Locator) -> None:
    """Go to a link or a button with the tabulator and press it."""
    reach(page, target)
    page.keyboard.press("Enter")


def type_into(page: Page, target: Locator, text: str) -> None:
    """Go to a field with the tabulator and type."""
    reach(page, target)
    page.keyboard.type(text)


def tick(page: Page, target: Locator) -> None:
    """Go to a box or a choice with the tabulator and tick it."""
    reach(page, target)
    page.keyboard.press("Space")
    expect(target).to_be_checked()
