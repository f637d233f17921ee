# SPDX-License-Identifier: EUPL-1.2
"""The whole path: a mail comes in, and its answer leaves as a letter on paper."""

import re
import subprocess
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from quopri import encodestring
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, expect

from tests.browser.flows import PROGRAMME, at_work
from tests.browser.mailing import arrive, letter_to

WORKSPACE = f"/lv/workspace/p/{PROGRAMME}/"
REGISTER = f"{WORKSPACE}register/"
GROUP = "Mobilitāte un ceļi"
SENDER, AUTHOR = "zenta.abele@example.lv", "Zenta Ābele"
SUBJECT = "Soliņš pie Upkalnes pasta"
TEXT = (
    "Labdien!\n\nLūdzu uzlieciet soliņu pie Upkalnes pasta, vecākiem cilvēkiem nav kur pagaidīt.\nZīmējums pielikumā."
    "\n\nMana adrese: „Zvaigznītes”, Upkalne, Talkas novads, LV-4105."
)
ADDRESS = "„Zvaigznītes”, Upkalne, Talkas novads, LV-4105"
ANSWER = "Soliņu pie pasta uzstādīsim līdz maija beigām."


def _mail() -> bytes:
    """Write the mail as an old mail program does: windows-1257 in quoted-printable, with a drawing."""
    now = format_datetime(datetime.now(ZoneInfo("Europe/Riga")))
    words = encodestring(SUBJECT.encode("cp1257"), header=True).decode().replace("=\n", "")
    name = encodestring(AUTHOR.encode("cp1257"), header=True).decode()
    head = (
        f"From: =?windows-1257?Q?{name}?= <{SENDER}>\r\nTo: attistiba@talka.example\r\nDate: {now}\r\n"
        f"Subject: =?windows-1257?Q?{words}?=\r\nMessage-ID: <solins-pie-pasta@example.lv>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="mala"\r\n\r\n'
        "--mala\r\nContent-Type: text/plain; charset=windows-1257\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    drawing = (
        "\r\n--mala\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=solins.pdf\r\n\r\n"
        "%PDF-1.7 zimejums\r\n--mala--\r\n"
    )
    body = encodestring(TEXT.encode("cp1257")).replace(b"\n", b"\r\n")
    return head.encode("ascii") + body + drawing.encode("ascii")


def _tab_to(page: Page, selector: str) -> None:
    """Go on with the Tab key until the focus is where it should be."""
    for _step in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def _press(page: Page, selector: str) -> None:
    _tab_to(page, selector)
    page.keyboard.press("Enter")


def _write(page: Page, name: str, text: str) -> None:
    _tab_to(page, f"[name={name}]")
    page.keyboard.type(text)


def _day(text: str) -> date:
    found = re.search(r"(\d\d)\.(\d\d)\.(\d{4})", text)
    assert found is not None, text
    return date(int(found[3]), int(found[2]), int(found[1]))


def test_a_mail_comes_in_and_its_answer_leaves_as_a_letter(
    page: Page, browser: Browser, site: str, demo_folder: Path, tmp_path: Path
) -> None:
    arrive(demo_folder, _mail())

    with at_work(browser, site, "lietvede@talka.example") as desk:
        desk.goto(f"{REGISTER}?channel=email")
        row = desk.locator("tr", has_text=SUBJECT)
        due = _day(row.locator("td[data-label='Atbildēt līdz']").inner_text())
        assert timedelta(days=14) <= due - date.today() <= timedelta(days=31)
        found = re.search(r"TP-(\d+)", row.inner_text())
        assert found is not None
        reference, number = found[0], found[1]
        entry = f"{REGISTER}{number}/"

        acknowledgement = letter_to(demo_folder, SENDER)
        body = acknowledgement.get_body(("plain",))
        assert body is not None
        words = body.get_content()
        assert reference in words + str(acknowledgement["Subject"])
        link = re.search(r"https?://\S+/receipt/[^/\s]+/$", words, re.MULTILINE)
        assert link is not None
        own_page = urlsplit(link[0]).path

        desk.goto(f"{WORKSPACE}mail/")
        subject = desk.locator("main table a", has_text=SUBJECT)
        _press(desk, f"main table a[href='{subject.get_attribute('href')}']")
        desk.wait_for_url(re.compile(r"/mail/\d+/$"))
        expect(desk.locator("main")).to_contain_text("vecākiem cilvēkiem nav kur pagaidīt")
        expect(desk.locator("main")).to_contain_text("solins.pdf")
        expect(desk.locator("main")).to_contain_text("nosūtīts ar numuru")
        _press(desk, f"main a[href='{entry}']")
        desk.wait_for_url(f"**{entry}")

        _press(desk, f"a[href='{entry}author/']")
        desk.wait_for_url("**/author/")
        _tab_to(desk, "[name=answer_by]")
        desk.keyboard.press("v")
        expect(desk.locator("[name=answer_by] option:checked")).to_have_text("vēstulē")
        _write(desk, "reason", "Zvanīja, lūdza atbildi vēstulē.")
        desk.keyboard.press("Enter")
        expect(desk.locator("#id_postal_address_error")).to_be_visible()
        expect(desk.locator("[name=reason]")).to_have_value("Zvanīja, lūdza atbildi vēstulē.")
        _write(desk, "postal_address", ADDRESS)
        desk.keyboard.press("Enter")
        desk.wait_for_url(f"**{entry}#author")
        expect(desk.locator("#author")).to_contain_text(ADDRESS)
        expect(desk.locator("#author")).to_contain_text("vēstulē")

    with at_work(browser, site, "koordinatore@talka.example") as desk:
        desk.goto(entry)
        _tab_to(desk, "select[name=to]")
        desk.keyboard.type("Mobil")
        expect(desk.locator("select[name=to] option:checked")).to_have_text(GROUP)
        _press(desk, "form[action$='/assign/'] button")
        expect(desk.get_by_role("button", name="Atsaukt nodošanu")).to_be_visible()

    with at_work(browser, site, "vaditajs@talka.example") as desk:
        desk.goto("/lv/workspace/")
        _press(desk, f"main a[href='{entry}']")
        desk.wait_for_url(f"**{entry}")
        expect(desk.locator("main")).not_to_contain_text(SENDER)
        _press(desk, "a[href$='/recommendation/']")
        desk.wait_for_url("**/recommendation/")
        _tab_to(desk, "[name=outcome]")
        desk.keyboard.press("Space")
        _write(desk, "reason", ANSWER)
        _press(desk, "main form.form .actions button")
        desk.wait_for_url(f"**{entry}")

    with at_work(browser, site, "koordinatore@talka.example") as desk:
        desk.on("dialog", lambda dialog: dialog.accept())
        desk.goto(entry)
        _press(desk, "form[action$='/recommendation/follow/'] button")
        expect(desk.locator("#answer")).to_contain_text("kā ieteikts")
        _press(desk, "form[action$='/answer/publish/'] button")
        expect(desk.locator("#answer")).to_contain_text("Atbilde publicēta")

    with at_work(browser, site, "lietvede@talka.example") as desk:
        desk.goto("/lv/workspace/")
        _press(desk, "main a[href$='/register/deliveries/']")
        desk.wait_for_url("**/deliveries/")
        waiting = desk.locator("tr", has_text=reference)
        expect(waiting).to_contain_text(ADDRESS)
        key = waiting.locator("[name=pick]").get_attribute("value")
        _tab_to(desk, f"[name=pick][value='{key}']")
        desk.keyboard.press("Space")
        with desk.expect_download() as downloading:
            _press(desk, "main form .bulk button:not([formaction])")
        letter = tmp_path / "vestule.pdf"
        downloading.value.save_as(letter)
        lines = subprocess.run(
            ["pdftotext", "-layout", str(letter), "-"], capture_output=True, text=True, check=True
        ).stdout
        for words in ("Zentai Ābelei", "„Zvaigznītes”", "LV-4105", "Godātā Zenta Ābele!", reference, ANSWER):
            assert words in lines, lines

        desk.reload()
        _tab_to(desk, f"[name=pick][value='{key}']")
        desk.keyboard.press("Space")
        _press(desk, "button[formaction$='/deliveries/sent/']")
        expect(desk.locator(".messages")).to_contain_text("1 vēstule")
        expect(desk.locator("tr", has_text=reference)).to_have_count(0)

    page.goto(own_page)
    expect(page.locator("main")).to_contain_text(ANSWER)
    expect(page.locator("main")).to_contain_text("nosūtīta")
