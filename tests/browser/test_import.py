# SPDX-License-Identifier: EUPL-1.2
"""A table goes into the register in a browser: with its scripts, and without any."""

import re
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.flows import PROGRAMME, sign_in_as
from tests.imports import samples

IMPORTS = f"/lv/workspace/p/{PROGRAMME}/register/import/"


def table(folder: Path) -> Path:
    rows = [
        ("Datums", "Kanāls", "Vārds, uzvārds", "Priekšlikums"),
        ("12.05.2026", "e-pasts", "Velta", f"Vajag soliņus {uuid.uuid4()}."),
        ("32.05.2026", "e-pasts", "Zelma", "Šī rinda ir kļūdaina."),
    ]
    path = folder / "iesniegumi.xlsx"
    path.write_bytes(samples.xlsx_of(rows))
    return path


@pytest.mark.parametrize("scripts", [True, False])
def test_a_table_is_imported_and_undone(browser: Browser, site: str, tmp_path: Path, scripts: bool) -> None:
    context = browser.new_context(base_url=site, locale="lv-LV", java_script_enabled=scripts)
    sign_in_as(context, "lietvede@talka.example")
    page: Page = context.new_page()
    page.goto(IMPORTS)
    page.locator("input[type=file]").set_input_files(table(tmp_path))
    page.get_by_role("button", name="Nolasīt datni").click()
    page.get_by_role("button", name="Skatīt, kas iznāks").click()
    expect(page.locator("main")).to_contain_text("3. rinda")
    page.get_by_role("button", name="Pārņemt 1 rindu").click()
    expect(page).to_have_url(re.compile(r"/register/import/\d+/$"))
    for _try in range(40):
        if "pabeigts" in page.locator("#import").inner_text():
            break
        page.wait_for_timeout(500)
        if not scripts:
            page.reload()
    expect(page.locator("#import")).to_contain_text("TP-")
    page.get_by_role("link", name="Atcelt šo importu").click()
    page.locator("[name=reason]").fill("Izmēģinājums.")
    page.get_by_role("button", name="Atcelt importu").click()
    expect(page.locator("#import")).to_contain_text("Izmēģinājums.")
    context.close()
