# SPDX-License-Identifier: EUPL-1.2
"""From a new action in the draft of a plan to the resident who asked for it and reads that it is done, without a mouse."""

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.flows import PROGRAMME, at_work, press, reach, sign_in_as, tick, type_into
from tests.browser.mailing import letter_to

PLAN = "talkas-programma-2021-2027/plans/talkas-novada-pasvaldibas-2026-gada-darba-plans"
WORK, PUBLIC = f"/lv/workspace/p/{PLAN}/", f"/lv/p/{PLAN}/"
TITLE = "Nokrāsot Skolas ielas pāreju no jauna"
DONE = "Krāsa uzklāta, zīme uzstādīta."
OWNER = "darbiniece@talka.example"
ASKED = f"/lv/p/{PROGRAMME}/proposals/1/"


def test_an_action_goes_from_the_draft_to_its_owner_to_the_resident_who_asked_for_it_by_keyboard(
    context: BrowserContext, page: Page, browser: Browser, site: str, demo_folder: Path
) -> None:
    with at_work(browser, site, "koordinatore@talka.example") as desk:
        _write_into_draft(desk)
        page.goto(PUBLIC)
        expect(page.locator("main")).not_to_contain_text(TITLE)
        _approve(desk)
        _ask(desk)

    letter = letter_to(demo_folder, OWNER, saying=TITLE).get_body(("plain",))
    assert letter is not None
    link = re.search(r"https?://\S+(/lv/plans/updates/\S+)", letter.get_content())
    assert link
    owner = browser.new_context(base_url=site, locale="lv-LV").new_page()
    owner.goto(link[1])
    work = owner.get_by_role("group", name=TITLE)
    type_into(owner, work.get_by_role("radio", name="nav sākts"), "")
    for _step in range(2):
        owner.keyboard.press("ArrowDown")
    expect(work.get_by_role("radio", name="izpildīts")).to_be_checked()
    type_into(owner, work.get_by_label("Kas izdarīts"), DONE)
    press(owner, owner.get_by_role("button", name="Saglabāt"))
    expect(owner.locator("main")).to_contain_text("Viss ir pateikts")
    owner.context.close()

    sign_in_as(context, "iedzivotaja@talka.example")
    page.goto(PUBLIC)
    press(page, page.locator("main").get_by_role("link", name=TITLE))
    expect(page.locator("h1")).to_have_text(TITLE)
    for seen in ("izpildīts", DONE):
        expect(page.locator("main")).to_contain_text(seen)
    expect(page.locator("main")).not_to_contain_text("Santa Vilkupe")
    press(page, page.locator(f"main a[href='{ASKED}']"))
    became = page.locator("main li").filter(has_text=TITLE).first
    for seen in ("izpildīts", DONE):
        expect(became).to_contain_text(seen)
    page.wait_for_load_state("networkidle")
    expect(page).to_have_title(re.compile("^TP-1 Gājēju pāreja"))


def _write_into_draft(desk: Page) -> None:
    """Begin the next edition, add an action with its owner, and say which proposal it came of."""
    desk.goto(WORK)
    press(desk, desk.get_by_role("link", name="Sākt nākamo redakciju"))
    type_into(desk, desk.locator("[name=name]"), "2026 ar grozījumiem")
    press(desk, desk.get_by_role("button", name="Sākt redakciju"))
    press(desk, desk.get_by_role("link", name="Struktūra"))
    press(desk, desk.get_by_role("link", name="Pievienot: darbs"))
    type_into(desk, desk.locator("[name=title]"), TITLE)
    type_into(desk, desk.locator("[name=owner_name]"), "Santa Vilkupe")
    press(desk, desk.get_by_role("button", name="Pievienot", exact=True))
    press(desk, desk.locator("main").get_by_role("link", name=TITLE))
    press(desk, desk.get_by_role("link", name="Skatīt un sasaistīt priekšlikumus"))
    type_into(desk, desk.locator("main [name=q]"), "TP-1")
    press(desk, desk.get_by_role("button", name="Meklēt", exact=True))
    tick(desk, desk.get_by_role("checkbox", name="TP-1"))
    press(desk, desk.get_by_role("button", name="Sasaistīt atzīmētos"))
    expect(desk.locator(f"main a[href='{ASKED}']")).to_be_visible()


def _approve(desk: Page) -> None:
    press(desk, desk.get_by_role("link", name="Redakcijas"))
    press(desk, desk.get_by_role("link", name="Ierakstīt apstiprināšanu"))
    day = desk.locator("[name=approved_on]")
    reach(desk, day)
    # In which order the parts of a day are typed is for the language of the browser to say, which is not ours.
    day.fill(date.today().isoformat())
    type_into(desk, desk.locator("[name=decision]"), "Izpilddirektora rīkojums Nr. 41")
    press(desk, desk.get_by_role("button", name="Apstiprināt redakciju"))
    expect(desk.locator("main")).to_contain_text("Izpilddirektora rīkojums Nr. 41")


def _ask(desk: Page) -> None:
    press(desk, desk.get_by_role("link", name="Izpildes ziņas"))
    press(desk, desk.get_by_role("link", name="Aptaujāt atbildīgos"))
    press(desk, desk.get_by_role("button", name="Sūtīt vēstules"))
    expect(desk.locator("main")).to_contain_text("Santa Vilkupe")
