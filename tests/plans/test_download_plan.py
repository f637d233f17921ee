# SPDX-License-Identifier: EUPL-1.2
import csv
import io
import json
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from talka.accounts.models import User
from talka.plans.documents.facts import gather
from talka.plans.documents.opendata import DICTIONARY
from talka.plans.operations.editions import start_edition
from talka.plans.operations.nodes import FundingLine, change_node, create_node, remove_node
from talka.plans.operations.plans import create_plan
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan
from tests.plans.full import edition_of, make_full_plan, publish


@pytest.fixture
def full(process: Process, carol: User, dora: User) -> SmallPlan:
    """The small plan with something in every field, published."""
    return make_full_plan(process, by=carol, owner=dora)


@pytest.fixture
def take(client: Client, process: Process) -> Callable[..., Any]:
    """Return a function that takes a document as a visitor, or with another client."""

    def act(small: SmallPlan, kind: str, name: str, by: Client = client, language: str = "lv", **asked: Any) -> Any:
        with translation.override(language):
            address = reverse("plans:download_plan", args=[process.slug, small.plan.slug, kind, name])
        return by.get(address, asked)

    return act


def text_of_pdf(content: bytes) -> str:
    """Return all text of a PDF."""
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def text_of_docx(content: bytes) -> str:
    """Return all text of a DOCX, in cells too."""
    body = Document(io.BytesIO(content)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


# --- Data -----------------------------------------------------------------------------------------


def test_the_table_has_the_columns_that_an_import_knows(full: SmallPlan, take: Callable[..., Any]) -> None:
    answer = take(full, "whole", "csv")
    assert answer["Content-Disposition"] == 'attachment; filename="ricibas-plans-rp-2024-1-whole.csv"'
    header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header[:5] == ["Kods", "Līmenis", "Augstākā punkta kods", "Nosaukums", "Apraksts"]
    assert header[17:] == [
        "Finansējums: ES fonds: ERAF 2025", "Finansējums: pašvaldības budžets 2025", "Finansējums: ES fonds: ERAF 2026",
    ]  # fmt: skip
    assert [row[0] for row in rows] == ["VTP1", "RV1.1", "U1.1.1", "R1.1.1.1", "R1.1.1.2", "I1.1.1.1", "VTP2"]
    action = dict(zip(header, rows[3], strict=True))
    assert action["Augstākā punkta kods"] == "U1.1.1"
    assert action["Apraksts"].startswith("'=1+1")  # a spreadsheet does not reckon it
    assert (action["Sākums"], action["Beigas"]) == ("2024", "2025. gada II ceturksnis")
    assert (action["Temati"], action["Mērķi"]) == ("Satiksme\\; ielas", "sdg: 11")
    assert (action["Statuss"], action["Paveikts %"]) == ("tiek īstenots", "40")
    assert rows[5][17:] == ["850000.50", "150000.00", "100000.00"]
    assert rows[0][15] == ""  # a part of the tree has no status


def test_every_field_of_the_data_is_described(full: SmallPlan, take: Callable[..., Any], client: Client) -> None:
    data = json.loads(take(full, "whole", "json").content)
    described = {one.field for one in DICTIONARY}
    for part in ("nodes", "indicators"):
        fields = {f"{part}[].{name}" for one in data[part] for name in one}
        missing = {one for one in fields if not any(known.startswith(one) for known in described)}
        assert not missing
    assert {one["field"] for one in data["dictionary"]} == described
    page = client.get(reverse("plans:data_dictionary")).json()
    assert [one["field"] for one in page["fields"]] == [one.field for one in DICTIONARY]
    assert "nodes[].standing" in client.get(reverse("plans:describe_data")).content.decode()


def test_the_data_say_what_the_plan_says(full: SmallPlan, take: Callable[..., Any]) -> None:
    data = json.loads(take(full, "whole", "json").content)
    assert data["edition"]["approved_on"] == "2024-01-25"
    investment = next(one for one in data["nodes"] if one["kind"] == "investment")
    assert sum(one["planned"] for one in investment["money"]) == pytest.approx(1100000.50)
    assert [(one["committed"], one["spent"]) for one in investment["money"] if one["spent"]] == [(500000, 120000.25)]
    indicator = data["indicators"][0]
    assert (indicator["baseline"], indicator["targets"], indicator["values"]) == (
        4.2,
        {"2025": 6, "2027": 9.5},
        {"2024": 5.1},
    )
    assert indicator["standing"] == "towards"
    action = next(one for one in data["nodes"] if one["code"] == "R1.1.1.1")
    assert (action["state"], action["standing"]) == ("under_way", "late")


def test_totals_of_the_workbook_are_formulas_with_their_value(full: SmallPlan, take: Callable[..., Any]) -> None:
    content = take(full, "whole", "xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Plāns", "Finansējums", "Plānotais pa avotiem un gadiem", "Rādītāji", "Datu vārdnīca"]
    plan = book.get_sheet_by_name("Plāns").to_python()
    assert plan[0][-1] == "Kopā, EUR"
    assert plan[-1][-4:] == [850000.5, 150000, 100000, 1100000.5]
    sums = book.get_sheet_by_name("Plānotais pa avotiem un gadiem").to_python()
    assert sums[1] == ["Pašvaldības budžets", 150000, 0, 150000]
    assert sums[-1] == ["Kopā", 1000000.5, 100000, 1100000.5]
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>SUBTOTAL(109,R2:R8)</f><v>850000.5</v>" in sheet
    assert '<pane ySplit="1"' in sheet
    assert "<autoFilter" in sheet


def test_the_investment_plan_holds_investments_and_what_they_stand_below(
    full: SmallPlan, take: Callable[..., Any]
) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(take(full, "investments", "xlsx").content))
    codes = [row[0] for row in book.get_sheet_by_name("Plāns").to_python()]
    assert codes == ["Kods", "VTP1", "RV1.1", "U1.1.1", "I1.1.1.1", "Kopā"]


# --- Documents ------------------------------------------------------------------------------------


def test_a_council_can_edit_the_action_plan(full: SmallPlan, take: Callable[..., Any]) -> None:
    document = Document(io.BytesIO(take(full, "actions", "docx").content))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said[:3] == ["Talkas novads", "Rīcības plāns", "Periods: 2024–2027"]
    assert "Apstiprināts 2024. gada 25. janvārī: Domes 25.01.2024. lēmums Nr. 12" in said
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings[:3] == ["Par šo plānu", "Ko plāns grib panākt", "VTP1 Pieejama vide"]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells][:2] == ["Kods", "Pasākums"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(table.rows[1]._tr.tc_lst) == 1  # the priority stands across the table
    assert table.rows[1].cells[0].paragraphs[0].style.name == "Heading 2"
    assert [cell.text for cell in table.rows[4].cells][:2] == ["R1.1.1.1", "Apsekot ielas"]
    assert [section.page_width > section.page_height for section in document.sections] == [False, False, True]
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:val")) == "lv-LV"
    instructions = "".join(one.text for one in document.element.body.iter(qn("w:instrText")))
    assert ' TOC \\o "1-3"' in instructions
    links = {one.get(qn("w:anchor")) for one in document.element.body.iter(qn("w:hyperlink"))}
    marks = {one.get(qn("w:name")) for one in document.element.body.iter(qn("w:bookmarkStart"))}
    assert links
    assert links <= marks


@pytest.mark.parametrize("kind", ["whole", "actions", "investments", "monitoring"])
def test_the_pdf_is_tagged_and_has_the_same_title(full: SmallPlan, take: Callable[..., Any], kind: str) -> None:
    answer = take(full, kind, "pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert b"pdfuaid:part>1<" in answer.content
    document = pypdfium2.PdfDocument(answer.content)
    words = text_of_docx(take(full, kind, "docx").content)
    assert document.get_metadata_value("Title") in words
    assert "Domes 25.01.2024. lēmums Nr. 12" in text_of_pdf(answer.content)


def test_the_monitoring_report_says_how_each_part_is_going(full: SmallPlan, take: Callable[..., Any]) -> None:
    content = take(full, "monitoring", "docx").content
    words = text_of_docx(content)
    assert "Plānā ir 3 pasākumi un investīciju projekti; izpildīti: 0." in words
    assert "Apsekotas sešas ielas." in words
    assert "Šajā daļā nav ne pasākumu, ne investīciju projektu." in words
    pictures = [one.get("descr") for one in Document(io.BytesIO(content)).element.body.iter(qn("wp:docPr"))]
    said = (
        "Diagramma pa gadiem, Veloceliņu garums, km: bāzes vērtība 4,2 (2023), pēdējā faktiskā vērtība 5,1 (2024), "
        "pēdējā mērķa vērtība 9,5 (2027)."
    )
    assert pictures == [said]


def test_the_yearly_plan_counts_the_money_of_its_year(full: SmallPlan, take: Callable[..., Any]) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(take(full, "year", "xlsx", year=2026).content))
    works = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in works[1:-1]] == ["R1.1.1.2", "I1.1.1.1"]  # the other action ended in 2025
    assert works[-1][-3:] == [100000, 0, 0]
    words = text_of_docx(take(full, "year", "docx", year=2025).content)
    assert "1 000 000,50" in words.replace("\u00a0", " ")


def test_what_was_removed_stands_in_the_difference_with_its_reason(
    full: SmallPlan, take: Callable[..., Any], carol: User, sign_in: Callable[[User], Client], client: Client
) -> None:
    draft = start_edition(full.plan, name="RP 2025.1", by=carol)
    remove_node(draft.versions.get(node=full.other_action.node), reason="Nav naudas", by=carol)
    lines = [FundingLine("municipal", Decimal(200000), 2025)]
    change_node(draft.versions.get(node=full.investment.node), funding=lines, change_reason="Lētāk", by=carol)
    answer = take(full, "changes", "docx", by=sign_in(carol), edition=2, since=1)
    words = text_of_docx(answer.content).replace("\u00a0", " ")
    assert "Redakcijas RP 2025.1 izmaiņas pret redakciju RP 2024.1" in words
    assert "Nav naudas" in words
    assert "200 000 EUR" in words
    assert take(full, "changes", "docx", by=client, edition=2, since=1).status_code == 404  # the draft is hidden
    assert take(full, "changes", "pdf", by=sign_in(carol), edition=1, since=2).status_code == 404  # the wrong way round


def test_documents_speak_the_language_of_the_page(full: SmallPlan, take: Callable[..., Any]) -> None:
    assert "Responsible institution" in text_of_docx(take(full, "actions", "docx", language="en").content)


def test_odd_signs_break_no_document(process: Process, carol: User, take: Callable[..., Any]) -> None:
    small = make_plan(process, by=carol)
    title = "<b>&amp;</b> 😀 #strong[x] $x^2$ \\"
    change_node(small.action, title=title, result="1\u00a0m²\n\n- saraksts", by=carol)
    publish(small, by=carol)
    assert title in text_of_docx(take(small, "actions", "docx").content)
    assert "#strong[x] $x^2$" in " ".join(text_of_pdf(take(small, "actions", "pdf").content).split())
    for name in ("xlsx", "csv", "json"):
        assert take(small, "whole", name).status_code == 200


# --- Who may, and what there is not ---------------------------------------------------------------


def test_names_of_persons_are_in_the_working_table_alone(
    full: SmallPlan, take: Callable[..., Any], dora: User, carol: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    name = dora.person.name
    book = CalamineWorkbook.from_filelike(io.BytesIO(take(full, "working", "xlsx", by=sign_in(carol)).content))
    assert any(name in row for row in book.get_sheet_by_index(0).to_python())
    for other in (Client(), sign_in(eve)):
        assert take(full, "working", "xlsx", by=other).status_code == 403
    for kind in ("whole", "monitoring", "year"):
        asked = {"year": 2025} if kind == "year" else {}
        assert name not in text_of_docx(take(full, kind, "docx", by=sign_in(carol), **asked).content)
    assert name not in take(full, "whole", "json", by=sign_in(carol)).content.decode()
    assert name not in take(full, "whole", "csv", by=sign_in(carol)).content.decode()


def test_a_plan_that_is_hidden_is_not_named_in_those_that_serve_it(
    process: Process, carol: User, dora: User, take: Callable[..., Any], sign_in: Callable[[User], Client]
) -> None:
    hidden = make_plan(process, by=carol, title="Slepena stratēģija", approved=True)
    full = make_full_plan(process, by=carol, owner=dora, serves=[hidden.task.node])
    assert "slepena" not in take(full, "whole", "csv").content.decode()
    assert "slepena-strategija: U1.1.1" in take(full, "whole", "csv", by=sign_in(carol)).content.decode()
    assert take(hidden, "whole", "csv").status_code == 404


@pytest.mark.parametrize(
    ("kind", "name", "asked"),
    [
        ("nothing", "pdf", {}), ("whole", "exe", {}), ("monitoring", "csv", {}), ("year", "pdf", {}), ("year", "pdf", {"year": 1850}),
        ("year", "pdf", {"year": "x"}), ("changes", "pdf", {}), ("changes", "pdf", {"since": 1}), ("whole", "pdf", {"edition": 9}),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_not_there(
    full: SmallPlan, take: Callable[..., Any], kind: str, name: str, asked: dict[str, Any]
) -> None:
    assert take(full, kind, name, **asked).status_code == 404


def test_facts_are_asked_for_once(
    full: SmallPlan, carol: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = edition_of(full)
    with django_assert_num_queries(14):
        gather(edition, AnonymousUser())
    draft = start_edition(full.plan, name="RP 2025.1", by=carol)
    for number in range(5):
        create_node(
            draft, level=full.levels["i"], parent=full.task.node, title=f"Projekts {number}", by=carol,
            funding=[FundingLine("loan", Decimal(number + 1), 2025)],
        )  # fmt: skip
    draft.plan = edition.plan
    with django_assert_num_queries(14):
        facts = gather(draft, carol)
    assert len(facts.nodes) == 12


def test_the_page_offers_what_there_is(
    full: SmallPlan, client: Client, process: Process, carol: User, sign_in: Callable[[User], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    address = reverse("plans:list_downloads", args=[process.slug, full.plan.slug])
    with django_assert_max_num_queries(8):
        page = client.get(address, {"year": 2026}).content.decode()
    assert "Gada plāns, 2026" in page
    assert "year.pdf?edition=1&amp;year=2026" in page
    assert "Darba tabula" not in page
    assert "Izmaiņas kopš" not in page  # there is one edition only
    start_edition(full.plan, name="RP 2025.1", by=carol)
    page = sign_in(carol).get(address, {"edition": 2}).content.decode()
    assert "Darba tabula" in page
    assert "changes.docx?edition=2&amp;since=1" in page


def test_a_plan_without_an_edition_says_so(process: Process, carol: User, sign_in: Callable[[User], Client]) -> None:
    plan = create_plan(process, title="Tukšs", kind="other", starts_year=2024, ends_year=2025, by=carol)
    page = sign_in(carol).get(reverse("plans:list_downloads", args=[process.slug, plan.slug])).content.decode()
    assert "Pagaidām nav ko lejupielādēt" in page


def test_a_visitor_who_takes_too_many_waits(full: SmallPlan, take: Callable[..., Any], settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "download_plan": (1, 3600)}
    assert take(full, "actions", "docx").status_code == 200
    assert take(full, "actions", "docx").status_code == 429
    assert take(full, "whole", "json").status_code == 200
