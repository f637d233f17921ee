# SPDX-License-Identifier: EUPL-1.2
"""From the first word of a resident to the answer that everybody reads."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.flows import PROGRAMME, at_work, send_proposal, sign_in_as

GROUP = "Mobilitāte un ceļi"
ANSWER = "Pāreja iekļauta nākamā gada darbu plānā."
REGISTER = f"/lv/workspace/p/{PROGRAMME}/register/"


def test_a_proposal_goes_from_a_visitor_to_the_register_to_a_group_to_its_public_answer(
    context: BrowserContext, page: Page, browser: Browser, site: str
) -> None:
    receipt = send_proposal(page, "Pie skolas vajag gājēju pāreju ar gaismu, jo rudenī nevienu neredz.")
    reference = re.search(r"TP-(\d+)", page.locator("h1").inner_text())
    assert reference
    entry, public = f"{REGISTER}{reference[1]}/", f"/lv/p/{PROGRAMME}/proposals/{reference[1]}/"
    hidden = page.goto(public)
    assert hidden is not None
    assert hidden.status == 404

    with at_work(browser, site, "koordinatore@talka.example") as desk:
        desk.goto(REGISTER)
        desk.locator(f"main a[href='{entry}']").click()
        desk.wait_for_url(f"**{entry}")
        desk.get_by_role("button", name="Publicēt priekšlikumu").click()
        expect(desk.get_by_role("link", name="Publiskā lapa")).to_be_visible()
        desk.locator("select[name=to]").select_option(label=GROUP)
        desk.get_by_role("button", name="Nodot", exact=True).click()
        expect(desk.get_by_role("button", name="Atsaukt nodošanu")).to_be_visible()

    with at_work(browser, site, "vaditajs@talka.example") as desk:
        desk.goto("/lv/workspace/")
        desk.locator(f"main a[href='{entry}']").click()
        desk.get_by_role("link", name="Ieteikt", exact=True).click()
        desk.get_by_role("radio", name="pieņemts", exact=True).check()
        desk.locator("[name=reason]").fill(ANSWER)
        desk.get_by_role("button", name="Ieteikt", exact=True).click()
        desk.wait_for_url(f"**{entry}")
    page.goto(public)
    expect(page.locator("main")).to_contain_text(GROUP)
    expect(page.locator("main")).not_to_contain_text(ANSWER)

    with at_work(browser, site, "koordinatore@talka.example") as desk:
        desk.goto(entry)
        desk.get_by_role("button", name="Lemt, kā ieteikts").click()
        expect(desk.locator("#answer")).to_contain_text("Izlemts: pieņemts")
        desk.on("dialog", lambda dialog: dialog.accept())
        desk.get_by_role("button", name="Publicēt atbildi").click()
        expect(desk.locator("#answer")).to_contain_text("Atbilde publicēta")

    for address in (public, receipt):
        page.goto(address)
        expect(page.locator("ol.thread")).to_contain_text(ANSWER)
        expect(page.locator("ol.thread")).to_contain_text(f"Darba grupa „{GROUP}” ieteica: pieņemts")


def test_a_proposal_can_be_sent_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/en/p/{PROGRAMME}/proposals/new/")
    page.locator("[name=text]").fill("A bench by the river, please.")
    page.wait_for_timeout(2200)
    page.get_by_role("button", name="Submit the proposal").click()
    expect(page.locator("h1")).to_contain_text("TP-")
    context.close()


def test_a_proposal_can_be_sent_with_the_keyboard_alone(page: Page) -> None:
    page.goto(f"/lv/p/{PROGRAMME}/proposals/new/")
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "text":
            break
    page.keyboard.type("Lūdzu atveriet bibliotēku arī sestdienās.")
    page.wait_for_timeout(2200)
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(
            "document.activeElement.matches('button:not([type=button])') && document.activeElement.form?.querySelector('[name=text]') != null"
        ):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/receipt/**")


def test_a_form_that_is_wrong_says_where_and_keeps_what_was_typed(page: Page) -> None:
    page.goto(f"/lv/p/{PROGRAMME}/proposals/new/")
    page.locator("[name=text]").fill("Autobuss uz Meldrājiem.")
    page.locator("[name=email]").fill("nav adrese")
    page.wait_for_timeout(2200)
    page.get_by_role("button", name="Iesniegt priekšlikumu").click()
    expect(page.locator("[name=text]")).to_have_value("Autobuss uz Meldrājiem.")
    expect(page.locator("[name=email]")).to_have_attribute("aria-invalid", "true")


def test_a_draft_is_there_after_the_page_was_closed(context: BrowserContext, page: Page) -> None:
    page.goto(f"/lv/p/{PROGRAMME}/proposals/new/")
    page.locator("[name=text]").press_sequentially("Kādu dienu es to pabeigšu.")
    while not page.evaluate("Object.keys(localStorage).length"):
        page.wait_for_timeout(100)
    page.close()
    again = context.new_page()
    again.goto(f"/lv/p/{PROGRAMME}/proposals/new/")
    expect(again.locator("[name=text]")).to_have_value("Kādu dienu es to pabeigšu.")


def test_a_neighbour_who_coordinates_elsewhere_does_not_see_the_register(context: BrowserContext, page: Page) -> None:
    sign_in_as(context, "kaimini@talka.example")
    response = page.goto(REGISTER)
    assert response is not None
    assert response.status == 403
