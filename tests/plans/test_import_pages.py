# SPDX-License-Identifier: EUPL-1.2
"""The pages of an import, from the file to its undoing; and files that cannot be taken, each with a sentence."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.imports.models import ImportRun
from talka.plans.models import PlanNode
from talka.plans.operations.editions import start_edition
from talka.plans.operations.nodes import change_node
from talka.processes.models import Process
from tests.imports import samples as files
from tests.imports.samples import csv_of, xlsx_of
from tests.plans import import_samples as samples
from tests.plans.factories import SmallPlan, make_plan
from tests.plans.importing import know
from tests.proposals.conftest import text_of


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol)


@pytest.fixture
def client(sign_in: Callable[[User], Client], carol: User) -> Client:
    return sign_in(carol)


def address(small: SmallPlan, name: str, *parts: Any) -> str:
    return reverse(f"plans:{name}", args=[small.plan.process.slug, small.plan.slug, *parts])


def send(client: Client, small: SmallPlan, content: bytes, name: str = "plans.xlsx") -> Any:
    return client.post(address(small, "start_plan_import"), {"file": SimpleUploadedFile(name, content)})


def chosen(client: Client, url: str, **changed: Any) -> dict[str, Any]:
    """Return what the form of a page says when it is opened, with some of it changed."""
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**data, **changed}.items() if value is not None and value is not False}


def said(response: Any) -> str:
    """Return the text of a page with plain spaces."""
    return text_of(response).replace("\u00a0", " ").replace(" ,", ",")


def test_from_the_file_to_the_draft_and_back(small: SmallPlan, client: Client, process: Process) -> None:
    know(process, "Attīstības nodaļa", "Talkas bibliotēka")
    assert send(client, small, samples.percentages()).status_code == 302
    run = ImportRun.objects.get()
    table, columns, preview = (address(small, name, run.pk) for name in ("choose_plan_table", "map_plan_import", "preview_plan_import"))  # fmt: skip
    data = chosen(client, table)
    assert (data["header"], data["header_rows"]) == (1, 2)
    assert client.post(table, data)["Location"] == columns
    assert "Investīciju plāns" in text_of(client.get(table))
    assert client.get(preview)["Location"] == columns
    assert client.post(columns, chosen(client, columns))["Location"] == preview
    page = said(client.get(preview))
    assert "I1 Bibliotēkas pārbūve" in page
    assert "Lapa „Investīciju plāns”" in page
    assert (
        "5. rinda, kolonna D „Indikatīvā summa (EUR)”: daļu summa ir 90 %; 5 000,00 EUR no kopsummas ir bez avota."
        in page
    )
    answer = client.post(preview, {**chosen(client, preview), "what": "take"})
    assert answer.status_code == 422
    assert not small.edition.versions.filter(code="I1").exists()
    answer = client.post(preview, {**chosen(client, preview), "what": "take", "despite": "on"})
    assert answer["Location"] == address(small, "show_plan_import", run.pk)
    assert "I1 Bibliotēkas pārbūve" in text_of(client.get(answer["Location"]))
    assert client.get(preview)["Location"] == answer["Location"]
    assert "plans.xlsx" in text_of(client.get(address(small, "list_plan_imports")))
    undo = address(small, "undo_plan_import", run.pk)
    assert client.get(undo).status_code == 200
    assert client.post(undo, {"reason": ""}).status_code == 422
    assert client.post(undo, {"reason": "Nepareizā tabula"}).status_code == 302
    assert not small.edition.versions.filter(code="I1").exists()
    assert "Nepareizā tabula" in text_of(client.get(address(small, "show_plan_import", run.pk)))


def test_columns_that_are_said_to_hold_money_are_asked_about(small: SmallPlan, client: Client) -> None:
    send(client, small, xlsx_of([("Kods", "Nosaukums", "Slejas vārds"), ("I9", "Stāvlaukums", 100)]))
    run = ImportRun.objects.get()
    columns, preview = address(small, "map_plan_import", run.pk), address(small, "preview_plan_import", run.pk)
    answer = client.post(columns, chosen(client, columns, column_2="money", works="investment"))
    assert answer["Location"] == columns
    assert client.post(columns, chosen(client, columns)).status_code == 422
    assert client.post(columns, chosen(client, columns, source_2="loan", year_2=2026))["Location"] == preview
    client.post(preview, {**chosen(client, preview), "what": "take"})
    row = small.edition.versions.get(code="I9").funding.get()
    assert (row.source, row.year, row.planned) == ("loan", 2026, Decimal(100))


def test_what_columns_mean_is_checked(small: SmallPlan, client: Client) -> None:
    send(client, small, xlsx_of([("Kods", "Nosaukums", "Daļa"), ("I9", "Stāvlaukums", 100)]))
    columns = address(small, "map_plan_import", ImportRun.objects.get().pk)
    for changed in ({"column_1": ""}, {"column_2": "title"}, {"column_2": "share"}, {"column_0": "zzz"}):
        assert client.post(columns, chosen(client, columns, **changed)).status_code == 422


def test_institutions_that_are_not_known_are_chosen_on_the_page(
    small: SmallPlan, client: Client, process: Process
) -> None:
    (department,) = know(process, "Attīstības un plānošanas nodaļa")
    send(
        client,
        small,
        xlsx_of([("Kods", "Nosaukums", "Atbildīgais"), ("R9", "Stāvlaukums", "Attīstības plānošanas nod.")]),
    )
    run = ImportRun.objects.get()
    preview = address(small, "preview_plan_import", run.pk)
    client.post(address(small, "map_plan_import", run.pk), chosen(client, address(small, "map_plan_import", run.pk)))
    page = text_of(client.get(preview))
    assert "„Attīstības plānošanas nod.” katalogā nav" in page
    assert "Pārņemt tabulu" not in page
    assert client.post(preview, {"what": "names", "name_0": "999999"}).status_code == 422
    assert client.post(preview, {"what": "names", "name_0": department.pk}).status_code == 302
    client.post(preview, {**chosen(client, preview), "what": "take"})
    assert small.edition.versions.get(code="R9").organization == department


def test_an_institution_without_the_name_of_the_municipality_is_chosen_beforehand(
    small: SmallPlan, client: Client, process: Process
) -> None:
    (department,) = know(process, "Talkas novada Ceļu nodaļa")
    send(client, small, xlsx_of([("Kods", "Nosaukums", "Atbildīgais"), ("R9", "Stāvlaukums", "Ceļu nodaļa")]))
    run = ImportRun.objects.get()
    client.post(address(small, "map_plan_import", run.pk), chosen(client, address(small, "map_plan_import", run.pk)))
    form = client.get(address(small, "preview_plan_import", run.pk)).context["names_form"]
    assert form["name_0"].value() == str(department.pk)


def test_a_draft_that_changed_since_is_shown_again_and_nothing_typed_is_lost(
    small: SmallPlan, client: Client, carol: User
) -> None:
    send(client, small, xlsx_of([("Kods", "Nosaukums"), (small.action.code, "Cits nosaukums")]))
    run = ImportRun.objects.get()
    preview = address(small, "preview_plan_import", run.pk)
    client.post(address(small, "map_plan_import", run.pk), chosen(client, address(small, "map_plan_import", run.pk)))
    data = {**chosen(client, preview), "what": "take", "removed": [small.other_action.node_id], "reason": "Paveikts"}
    change_node(small.action, title="Jau mainīts", by=carol)
    answer = client.post(preview, data)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Kopš pārbaudes redakcijas projekts vai izvēle ir mainījusies" in page
    assert "Jau mainīts" in page
    form = answer.context["form"]
    assert (form["reason"].value(), form["removed"].value()) == ("Paveikts", [str(small.other_action.node_id)])
    again = {**data, "seen": form["seen"].value()}
    assert client.post(preview, again).status_code == 302
    assert not small.edition.versions.filter(node=small.other_action.node).exists()


def test_a_file_is_discarded(small: SmallPlan, client: Client) -> None:
    send(client, small, samples.old_csv(), "plans.csv")
    run = ImportRun.objects.get()
    assert client.post(address(small, "discard_plan_import", run.pk)).status_code == 302
    assert not ImportRun.objects.exists()


def test_without_a_draft_there_is_nothing_to_take_into(process: Process, carol: User, client: Client) -> None:
    small = make_plan(process, by=carol, approved=True)
    assert "Vispirms sāciet nākamo redakciju" in text_of(client.get(address(small, "list_plan_imports")))
    assert client.get(address(small, "start_plan_import")).status_code == 409
    start_edition(small.plan, name="RP 2025.1", by=carol)
    assert client.get(address(small, "start_plan_import")).status_code == 200


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7 plans", "Šī nav tabula"),
        (b"", "tukša"),
        (files.encrypted_office(), "parol"),
        (files.encrypted_zip(), "parol"),
        (files.with_macros(), "makro"),
        (files.zip_bomb(), "pārāk liela"),
        (b"R1;Darbs\n" * 200_000, "pārāk liela"),
        (b"PK\x03\x04 salauzts", "bojāta"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), "vecās Word"),
    ],
    ids=["pdf", "empty", "password", "password-zip", "macros", "bomb", "200000-rows", "broken", "doc"],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_gets_a_sentence(
    small: SmallPlan, client: Client, content: bytes, says: str
) -> None:
    answer = send(client, small, content)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert not ImportRun.objects.exists()


FAILED = files.changed_part(
    xlsx_of([("Kods", "Nosaukums", "Pašvaldības budžets, EUR 2025"), ("I9", "Stāvlaukums", "=1/0")]),
    "xl/worksheets/sheet1.xml", b'<c r="C2"><f>1/0</f><v>0</v>', b'<c r="C2" t="e"><f>1/0</f><v>#REF!</v>',
)  # fmt: skip


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (FAILED, "2. rinda, kolonna C „Pašvaldības budžets, EUR 2025”: formulai ir kļūda: #REF!"),
        (csv_of([("Kods", "Nosaukums", "Summa EUR"), ("I9", "Laukums", "#N/A")]), "2. rinda, kolonna C „Summa EUR”: formulai ir kļūda: #N/A"),
        (xlsx_of([("Kods", "Nosaukums"), ("R8", "Viens"), ("R8", "Otrs")]), "3. rinda, kolonna A „Kods”: kods R8 jau ir 2. rindā"),
        (xlsx_of([("Kods", "Nosaukums", "Pašvaldības budžets, EUR"), ("I9", "Laukums", "1,2 milj.")]), "2. rinda, kolonna C „Pašvaldības budžets, EUR”: „1,2 milj.” nav pietiekami skaidrs"),
        (xlsx_of([("Kods", "Nosaukums", "Termiņš"), ("R9", "Laukums", "kad būs nauda")]), "2. rinda, kolonna C „Termiņš”: „kad būs nauda” nav skaidrs"),
        (xlsx_of([("Kods", "Nosaukums", "Statuss"), ("R9", "Laukums", "diezgan labi")]), "„diezgan labi” nav neviens no statusiem"),
        (xlsx_of([("Kods", "Nosaukums", "Termiņš"), ("R9", "Laukums", "2027–2021")]), "beidzas, pirms sākas"),
        (xlsx_of([("Kods", "Nosaukums", "Augstākā punkta kods"), ("R9", "Laukums", "U9.9.9")]), "augstākā punkta nav ne datnē, ne redakcijas projektā: U9.9.9"),
        (xlsx_of([("Kods", "Līmenis", "Nosaukums"), ("R9", "nezināms", "Laukums")]), "„nezināms” nav šī plāna līmenis"),
        (xlsx_of([("Kods", "Līmenis", "Nosaukums"), ("R1.1.1.1", "investīciju projekts", "Laukums")]), "R1.1.1.1 redakcijas projektā ir cita veida punkts"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_table_is_said_by_row_and_column_and_nothing_is_taken(
    small: SmallPlan, client: Client, content: bytes, says: str
) -> None:
    nodes = PlanNode.objects.count()
    send(client, small, content)
    run = ImportRun.objects.get()
    columns, preview = address(small, "map_plan_import", run.pk), address(small, "preview_plan_import", run.pk)
    client.post(columns, chosen(client, columns))
    page = client.get(preview)
    assert says in said(page)
    answer = client.post(preview, {**chosen(client, preview), "what": "take", "despite": "on"})
    assert answer.status_code == 409
    assert PlanNode.objects.count() == nodes


def test_eve_is_not_let_in_and_an_import_of_another_plan_is_not_there(
    small: SmallPlan, client: Client, eve: User, sign_in: Callable[[User], Client], process: Process, carol: User
) -> None:
    send(client, small, samples.old_csv(), "plans.csv")
    run = ImportRun.objects.get()
    other = make_plan(process, by=carol, title="Cits plāns")
    for name in ("choose_plan_table", "map_plan_import", "preview_plan_import", "show_plan_import", "undo_plan_import"):
        assert client.get(address(other, name, run.pk)).status_code == 404
        assert sign_in(eve).get(address(small, name, run.pk)).status_code in (403, 404)
