# SPDX-License-Identifier: EUPL-1.2
"""A clerk enters a pile of paper without the mouse."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.flows import PROGRAMME, at_work
from tests.scans.paper import jpeg

REGISTER = f"/lv/workspace/p/{PROGRAMME}/register/"
SHEET = re.compile(r"/register/scans/\d+/")


def _sheet(page: Page) -> str:
    """Wait until a sheet lies open with the focus in its text, and return its heading."""
    page.wait_for_url(SHEET)
    expect(page.locator("[name=text]")).to_be_focused()
    return page.locator("h1").inner_text()


def _write(page: Page, text: str) -> None:
    """Replace what stands in the field that has the focus."""
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def _reference(page: Page) -> int:
    """Return the number that the page says was given."""
    found = re.search(r"TP-(\d+)", page.locator(".messages").inner_text())
    assert found is not None
    return int(found[1])


def test_twenty_sheets_are_entered_in_a_row_by_keyboard_alone(browser: Browser, site: str) -> None:
    with at_work(browser, site, "lietvede@talka.example") as page:
        page.goto(f"{REGISTER}scans/add/")
        files = [
            {
                "name": f"lapa {number}.jpg",
                "mimeType": "image/jpeg",
                "buffer": jpeg(f"Papīrs {number}", size=(310, 438)),
            }
            for number in range(20)
        ]
        page.locator("[name=files]").set_input_files(files)  # the file picker belongs to the system
        page.locator("button", has_text="Pievienot").press("Enter")
        page.wait_for_url("**/register/scans/")
        page.keyboard.press("Alt+n")

        numbers, sheets = [], []
        for number in range(20):
            sheets.append(_sheet(page))
            _write(page, f"Priekšlikums no papīra Nr. {number + 1}: lūdzu soliņus.")
            if number == 0:  # once all the way by Tab, to the button
                while not page.evaluate("document.activeElement.matches('[name=name]')"):
                    page.keyboard.press("Tab")
                page.keyboard.type("Anna Ozola")
                while not page.evaluate("document.activeElement.matches('[data-key=\"Ctrl+Enter\"]')"):
                    page.keyboard.press("Tab")
                page.keyboard.press("Enter")
            else:
                page.keyboard.press("Control+Enter")
            page.wait_for_url(re.compile(r"done=\d+"))
            expect(page.locator("h1")).not_to_have_text(sheets[-1])
            numbers.append(_reference(page))
        assert numbers == list(range(numbers[0], numbers[0] + 20))
        assert len(set(sheets)) == 20

        left = _sheet(page)
        page.keyboard.press("Alt+z")
        expect(page.locator("h1")).to_have_text(sheets[-1])
        expect(page.locator("[name=text]")).to_have_value("Priekšlikums no papīra Nr. 20: lūdzu soliņus.")
        page.keyboard.press("Control+Enter")
        expect(page.locator("h1")).to_have_text(left)
        assert _reference(page) == numbers[-1] + 1

        page.keyboard.press("Alt+k")
        expect(page.locator("h1")).not_to_have_text(left)
        page.goto(f"{REGISTER}?channel=paper")
        expect(page.locator("tr", has_text=f"TP-{numbers[-1]}")).to_contain_text("atsaukts")


def test_the_paper_is_made_larger_and_the_next_sheet_is_added_by_keyboard(browser: Browser, site: str) -> None:
    with at_work(browser, site, "lietvede@talka.example") as page:
        page.goto(REGISTER)
        page.keyboard.press("Alt+s")
        page.wait_for_url("**/register/scans/")
        page.keyboard.press("Alt+n")
        _sheet(page)
        width = page.locator("[data-sheet-figure]").first.evaluate("figure => figure.clientWidth")
        page.keyboard.press("Alt+i")
        wider = page.locator("[data-sheet-figure]").first.evaluate("figure => figure.clientWidth")
        assert wider > width
        page.keyboard.type("Pirmā lappuse. ")
        page.keyboard.press("Alt+j")
        expect(page.locator("[data-sheet-figure]")).to_have_count(2)
        assert "Pirmā lappuse." in page.locator("[name=text]").input_value()
        page.keyboard.press("Alt+PageDown")
        expect(page.locator("#announcements")).to_contain_text("2. lappuse no 2")
        page.keyboard.press("Alt+z")
        expect(page.locator("[data-sheet-figure]")).to_have_count(1)
        page.keyboard.press("Alt+x")
        page.wait_for_url("**/discard/")
        expect(page.locator("[name=reason]")).to_be_focused()


def test_what_was_said_by_telephone_is_entered_by_keyboard_and_read_back(browser: Browser, site: str) -> None:
    with at_work(browser, site, "lietvede@talka.example") as page:
        page.goto(REGISTER)
        page.keyboard.press("Alt+t")
        page.wait_for_url("**/new/?channel=phone")
        expect(page.locator("[name=at_meeting]")).to_be_hidden()
        page.locator("[name=channel]").select_option("meeting")
        expect(page.locator("[name=at_meeting]")).to_be_visible()
        page.locator("[name=channel]").select_option("phone")
        page.locator("[name=text]").focus()
        page.keyboard.type("Zvanītāja lūdz salabot tiltu.")
        page.locator("[name=answer_by]").select_option("phone")
        page.locator(".actions button").first.press("Enter")
        expect(page.locator("#id_phone_error")).to_be_visible()
        page.locator("[name=phone]").focus()
        page.keyboard.type("60 000 222")
        page.keyboard.press("Enter")
        expect(page.locator("#read-back")).to_be_visible()
        expect(page.locator("main")).to_contain_text("Ar atbildi zvanīsim uz numuru 60 000 222.")
