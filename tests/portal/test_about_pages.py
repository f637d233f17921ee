# SPDX-License-Identifier: EUPL-1.2
import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Sender
from tests.portal.meetings import call_in_three_days


def test_how_to_take_part_leads_to_the_one_process_that_takes_proposals(process: Process, client: Client) -> None:
    page = client.get("/lv/take-part/").content.decode()
    assert process.title in page
    assert 'href="/lv/p/programma/proposals/new/"' in page


def test_the_page_on_personal_data_says_for_how_long_letters_are_kept(db: None, client: Client, settings: Any) -> None:
    settings.KEEP_LETTERS_DAYS, settings.TALKA_CONTACT, settings.TALKA_NAME = (
        41,
        "datu.aizsardziba@example.lv",
        "Talkas novads",
    )
    page = client.get("/lv/personal-data/").content.decode()
    assert "Ziņu kopijas dzēš 41 dienu pēc nosūtīšanas." in page
    assert "mailto:datu.aizsardziba@example.lv" in page
    assert "Pārzinis ir Talkas novads" in page


def test_the_accessibility_statement_claims_nothing_that_was_not_checked(
    db: None, client: Client, settings: Any
) -> None:
    page = client.get("/lv/accessibility/").content.decode()
    assert "Iestāde savu pārbaudi vēl nav reģistrējusi." in page
    assert "Vietne prasībām atbilst pilnībā." not in page
    settings.TALKA_ACCESSIBILITY = {
        "checked_on": "12.10.2026.",
        "checked_by": "IT nodaļa",
        "exceptions": ["Vecie skenējumi"],
    }
    page = client.get("/lv/accessibility/").content.decode()
    for expected in ("12.10.2026., IT nodaļa", "Vecie skenējumi", "Vietne prasībām atbilst daļēji"):
        assert expected in page


def table(client: Client, name: str) -> list[dict[str, str]]:
    """Return the rows of a table that is offered as CSV."""
    answer = client.get(f"/lv/open-data/{name}.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_the_tables_hold_what_is_public_and_nothing_about_people(
    process: Process, group: WorkingGroup, carol: User, make_proposal: Callable[..., Proposal], client: Client
) -> None:
    sender = Sender(name="Anna Rakstītāja", email="anna@example.lv", phone="29000000", name_public=True)
    make_proposal("=1+1 soliņš", public=True, sender=sender)
    make_proposal("Slepens")
    call_in_three_days(process, carol, title="Sanāksme", groups=[group])
    [row] = table(client, "proposals")
    assert row["text"] == "'=1+1 soliņš", "a text that a spreadsheet would take for a formula is marked"
    assert row["url"].endswith("/lv/p/programma/proposals/1/")
    assert "Anna" not in str(row)
    assert "29000000" not in str(row)
    assert [row["slug"] for row in table(client, "processes")] == ["programma"]
    assert [row["members"] for row in table(client, "groups")] == ["0"]
    assert [row["groups"] for row in table(client, "meetings")] == ["mobilitate"]


def test_a_table_of_any_length_needs_the_same_number_of_queries(
    make_proposal: Callable[..., Proposal], client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_proposal(f"Priekšlikums {number}", public=True)
    with django_assert_max_num_queries(2):  # what proposals became, for all of them
        assert len(table(client, "proposals")) == 12


def test_an_unknown_table_is_not_found(db: None, client: Client) -> None:
    assert client.get("/lv/open-data/authors.csv").status_code == 404


@pytest.mark.usefixtures("group")
def test_robots_are_told_what_is_public(process: Process, client: Client) -> None:
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /lv/workspace/" in robots
    assert "/sitemap.xml" in robots
    pages = client.get("/sitemap.xml").content.decode()
    assert "<loc>http://127.0.0.1:8000/lv/p/programma/</loc>" in pages
    assert "/en/p/programma/groups/mobilitate/" in pages
