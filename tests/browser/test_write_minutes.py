# SPDX-License-Identifier: EUPL-1.2
"""Two people write one set of minutes; the connection of one drops and comes back."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.flows import PROGRAMME, at_work, press, type_into

MEETING = "Seniori: ko varam kopā"


def _minutes(page: Page) -> None:
    page.goto(f"/lv/workspace/p/{PROGRAMME}/meetings/")
    page.get_by_role("link", name=MEETING).click()
    page.get_by_role("link", name="Protokols", exact=True).click()


def test_two_writers_and_a_dropped_connection_lose_nothing(browser: Browser, site: str) -> None:
    with (
        at_work(browser, site, "koordinatore@talka.example") as first,
        at_work(browser, site, "koordinatore@talka.example") as second,
    ):
        _minutes(first)
        first.goto(re.sub(r"/minutes/.*", "/agenda/", first.url))
        type_into(first, first.get_by_label("Punkta nosaukums"), "Satiksme")
        press(first, first.get_by_role("button", name="Pievienot", exact=True))
        first.get_by_role("link", name="Protokols", exact=True).click()
        press(first, first.get_by_role("button", name="Sākt protokolu"))
        status = first.locator("[data-live-status]")
        notes = first.get_by_label("Kas tika teikts")
        type_into(first, notes, "Autobuss ir vajadzīgs.")
        expect(status).to_contain_text("Saglabāts plkst.")

        _minutes(second)
        theirs = second.get_by_label("Kas tika teikts")
        expect(theirs).to_have_value("Autobuss ir vajadzīgs.")
        first.context.set_offline(True)
        notes.press("End")
        notes.press_sequentially(" Arī vakaros.")
        expect(status).to_contain_text("Nav savienojuma. Šajā ierīcē glabājas izmaiņas: 1")
        theirs.press("Home")
        theirs.press_sequentially("Ausma: ")
        expect(second.locator("[data-live-status]")).to_contain_text("Saglabāts plkst.")

        first.context.set_offline(False)
        expect(notes).to_have_value("Ausma: Autobuss ir vajadzīgs. Arī vakaros.")
        expect(theirs).to_have_value("Ausma: Autobuss ir vajadzīgs. Arī vakaros.")

        first.context.set_offline(True)
        type_into(first, first.get_by_label("Vēl viens lēmums"), "Ieteikt vakara reisu.")
        expect(status).to_contain_text("Nav savienojuma")
        first.context.set_offline(False)
        expect(second.get_by_label("Lēmums", exact=True)).to_have_value("Ieteikt vakara reisu.")
        first.reload()
        expect(first.get_by_label("Lēmums", exact=True)).to_have_value("Ieteikt vakara reisu.")
        expect(first.get_by_label("Iznākums")).to_have_value("decision")


def test_what_was_typed_outlives_the_page_and_rows_are_entered_once(browser: Browser, site: str) -> None:
    with at_work(browser, site, "koordinatore@talka.example") as page:
        page.goto(f"/lv/workspace/p/{PROGRAMME}/meetings/")
        page.get_by_role("link", name="Drošs ceļš uz skolu").first.click()
        page.get_by_role("link", name="Protokols", exact=True).click()
        press(page, page.get_by_role("button", name="Sākt protokolu"))
        expect(page.get_by_role("button", name="Nākamais punkts")).to_be_visible()
        address = page.url
        status, notes = page.locator("[data-live-status]"), page.get_by_label("Kas tika teikts")

        page.keyboard.press("Alt+n")
        expect(notes.first).to_be_focused()
        page.keyboard.type("Vecāki lūdz apgaismojumu pie pārejas. " * 4, delay=25)
        expect(status).to_contain_text("Saglabāts plkst.")
        expect(notes.first).to_have_value("Vecāki lūdz apgaismojumu pie pārejas. " * 4)
        page.keyboard.press("Alt+n")
        expect(notes.nth(1)).to_be_focused()

        page.context.set_offline(True)
        page.keyboard.type("Skola atbalsta.")
        expect(status).to_contain_text("izmaiņas: 1")
        page.close()
        page.context.set_offline(False)
        page = page.context.new_page()
        page.goto(address)
        status, notes = page.locator("[data-live-status]"), page.get_by_label("Kas tika teikts")
        expect(notes.nth(1)).to_have_value("Skola atbalsta.")
        expect(status).to_contain_text("Saglabāts plkst.")
        expect(notes.first).to_have_value("Vecāki lūdz apgaismojumu pie pārejas. " * 4)

        page.get_by_label("Vēl kāds, kas ieradies").fill("Ilze Viese")
        page.keyboard.press("Enter")
        guest = page.get_by_role("row").filter(has_text="Ilze Viese")
        expect(guest).to_have_count(1)
        expect(page.get_by_label("Vēl kāds, kas ieradies")).to_be_focused()
        page.get_by_label(re.compile("Viņu pārstāv: ")).first.focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Visi pārējie klātienē").click()
        expect(page.locator("select[name^='mode.']").first).to_have_value("on_site")
        expect(guest).to_have_count(1)

        item = page.locator("[data-live-section]").first
        item.get_by_label("Jauns uzdevums").fill("Saskaitīt lampas")
        page.keyboard.press("Enter")
        expect(item).to_contain_text("viens izpildītājs")
        item.get_by_label("Kas to dara").first.select_option(index=1)
        item.get_by_label("Līdz").first.fill("2031-03-01")
        item.get_by_role("button", name="Uzdot").first.click()
        expect(item.locator("li").filter(has_text="Saskaitīt lampas")).to_have_count(1)
        expect(item.get_by_label("Jauns uzdevums")).to_have_value("")
        expect(item.get_by_label("Iznākums")).to_have_value("task")
