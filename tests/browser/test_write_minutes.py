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
