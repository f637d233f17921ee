# SPDX-License-Identifier: EUPL-1.2
"""The circle of a working group without a mouse: application, timetable, agenda, meeting, minutes approved, task, next agenda."""

import re
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.flows import PROGRAMME, at_work, press, reach, tick, type_into
from tests.browser.mailing import letter_to

MEETING = "Darba grupa „Mobilitāte un ceļi”"
SLUG = "mobilitate-un-celi"
WORK = f"/lv/workspace/p/{PROGRAMME}"
APPLICANT = "inta.klavina@talka.example"


def test_a_lead_runs_the_whole_circle_by_keyboard(
    context: BrowserContext, page: Page, browser: Browser, site: str, demo_folder: Path
) -> None:
    _apply(page, demo_folder)
    with at_work(browser, site, "koordinatore@talka.example") as desk:
        _publish_timetable(desk)
    with at_work(browser, site, "vaditajs@talka.example") as desk:
        _accept(desk)
        meeting = _make_agenda(desk)
        _write_minutes(desk, meeting)
        _approve(desk, meeting)
        desk.goto(f"{WORK}/groups/{SLUG}/")
        press(desk, desk.locator("main").get_by_role("link", name="Uzdevumi", exact=True))
        expect(desk.locator("main")).to_contain_text("Sagatavot pāreju sarakstu")
        _begin_next(desk, meeting)
    page.goto(f"/lv/p/{PROGRAMME}/meetings/{meeting}/")
    expect(page.locator("#minutes")).to_contain_text("Ieteikt vispirms sakārtot pārejas pie skolām.")
    expect(page.locator("#minutes")).to_contain_text("NOLEMJ:")
    expect(page.locator("main")).not_to_contain_text("Inta Kļaviņa")


def _apply(page: Page, demo_folder: Path) -> None:
    page.goto(f"/lv/p/{PROGRAMME}/groups/{SLUG}/")
    press(page, page.locator("main, .hero").get_by_role("link", name="Pieteikties grupā").first)
    type_into(page, page.locator("[name=name]"), "Inta Kļaviņa")
    type_into(page, page.locator("[name=email]"), APPLICANT)
    type_into(page, page.locator("[name=reason]"), "Katru dienu braucu ar divriteni.")
    page.wait_for_timeout(2200)
    press(page, page.get_by_role("button", name="Nosūtīt pieteikumu"))
    expect(page.locator("h1")).to_have_text("Apstipriniet savu adresi")
    letter = letter_to(demo_folder, APPLICANT).get_body(("plain",))
    assert letter is not None
    link = re.search(r"https?://[^/\s]+(/lv/applications/\S+)", letter.get_content())
    assert link
    page.goto(link[1])
    press(page, page.get_by_role("button", name="Apstiprināt"))
    expect(page.locator("main")).to_contain_text("gaida atbildi")


def _publish_timetable(desk: Page) -> None:
    """Publish the timetable that was found for all groups."""
    desk.goto(f"{WORK}/meetings/")
    press(desk, desk.locator("main").get_by_role("link", name="Grafiki"))
    press(desk, desk.locator("main").get_by_role("link", name="Grupu noslēguma sēdes"))
    press(desk, desk.get_by_role("link", name="Publicēt…"))
    press(desk, desk.get_by_role("button", name=re.compile("Sasaukt")))
    expect(desk.locator("main, .ds-alert").filter(has_text="kalendārā").first).to_be_visible()
    desk.goto(f"{WORK}/meetings/")
    expect(desk.locator("main")).to_contain_text(MEETING)


def _accept(desk: Page) -> None:
    desk.goto(f"{WORK}/groups/{SLUG}/")
    press(desk, desk.locator("main").get_by_role("link", name="Pieteikumi"))
    tick(desk, desk.get_by_role("checkbox", name="Inta Kļaviņa"))
    with desk.expect_navigation():
        press(desk, desk.get_by_role("button", name="Pieņemt izvēlētos"))
    press(desk, desk.locator("main").get_by_role("link", name="Dalībnieki", exact=True))
    expect(desk.locator("main")).to_contain_text("Inta Kļaviņa")


def _make_agenda(desk: Page) -> str:
    """Make the agenda of the group's meeting in the timetable from what waits; return the key of the meeting."""
    desk.goto(f"{WORK}/meetings/")
    press(desk, desk.locator("main").get_by_role("link", name=MEETING))
    press(desk, desk.locator("main").get_by_role("link", name="Darba kārtība", exact=True))
    for title in ("Pārejas pie skolām", "Velonovietnes centrā"):
        type_into(desk, desk.get_by_label("Punkta nosaukums"), title)
        press(desk, desk.get_by_role("button", name="Pievienot", exact=True))
        expect(desk.locator("main")).to_contain_text(title)
    press(desk, desk.get_by_role("button", name="Publicēt darba kārtību"))
    expect(desk.locator("main")).to_contain_text("Visi to redz")
    found = re.search(r"/meetings/(\d+)/agenda/", desk.url)
    assert found
    return found[1]


def _write_minutes(desk: Page, meeting: str) -> None:
    press(desk, desk.locator("main").get_by_role("link", name="Protokols", exact=True))
    press(desk, desk.get_by_role("button", name="Sākt protokolu"))
    reach(desk, desk.get_by_label("Beigas", exact=True))
    desk.get_by_label("Beigas", exact=True).fill("21:30")
    for name in ("Gundars Riekstiņš", "Linda Priedaine", "Inta Kļaviņa"):
        mode = desk.get_by_label(f"Dalība: {name}")
        reach(desk, mode)
        mode.select_option("on_site")
    first, second = desk.locator("[data-live-section]").first, desk.locator("[data-live-section]").nth(1)
    type_into(desk, first.get_by_label("Kas tika teikts"), "Apskata piecas pārejas.")
    type_into(desk, first.get_by_label("Vēl viens lēmums"), "Ieteikt vispirms sakārtot pārejas pie skolām.")
    type_into(desk, first.get_by_label("Par", exact=True).first, "3")
    type_into(desk, first.get_by_label("Jauns uzdevums"), "Sagatavot pāreju sarakstu")
    owner = first.get_by_label("Kas to dara")
    reach(desk, owner)
    owner.select_option(label="Linda Priedaine")
    due = first.get_by_label("Līdz", exact=True)
    reach(desk, due)
    due.fill((date.today() + timedelta(days=5)).isoformat())
    press(desk, first.get_by_role("button", name="Uzdot"))
    expect(first.locator("li")).to_contain_text("Sagatavot pāreju sarakstu")
    outcome = second.get_by_label("Iznākums")
    reach(desk, outcome)
    outcome.select_option("postponed")
    desk.keyboard.press("Control+s")
    expect(desk.locator("[data-live-status]")).to_contain_text("Saglabāts plkst.")
    desk.reload()
    expect(first).to_contain_text("Sagatavot pāreju sarakstu")
    expect(desk.get_by_label("Lēmums", exact=True)).to_have_value("Ieteikt vispirms sakārtot pārejas pie skolām.")


def _approve(desk: Page, meeting: str) -> None:
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.goto(f"{WORK}/meetings/{meeting}/minutes/")
    press(desk, desk.get_by_role("button", name="Nosūtīt projektu"))
    expect(desk.locator("main")).to_contain_text("Labojumus pieņem līdz")
    press(desk, desk.get_by_role("button", name="Apstiprināt protokolu"))
    expect(desk.locator("main")).to_contain_text("apstiprināts")
    press(desk, desk.get_by_role("link", name="Sagatavot un publicēt"))
    press(desk, desk.get_by_role("button", name="Publicēt", exact=True))
    expect(desk.locator("main")).to_contain_text("Visi to lasa")


def _begin_next(desk: Page, meeting: str) -> None:
    """Call the group once more two weeks later, and begin that agenda from what is open."""
    desk.goto(f"{WORK}/meetings/{meeting}/")
    press(desk, desk.locator("main").get_by_role("link", name="Vēlreiz"))
    press(desk, desk.get_by_role("button", name="Ielikt kalendārā"))
    press(desk, desk.locator("main").get_by_role("link", name="Darba kārtība", exact=True))
    press(desk, desk.get_by_role("button", name="Sākt ar visu, kas gaida"))
    expect(desk.locator("main")).to_contain_text("Velonovietnes centrā")
    expect(desk.locator("main")).to_contain_text("Sagatavot pāreju sarakstu")
