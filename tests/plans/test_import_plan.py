# SPDX-License-Identifier: EUPL-1.2
"""Five tables in the shapes of municipalities, taken into a draft; and the difference shown first."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from talka.accounts.models import User
from talka.audit.models import Event
from talka.imports.models import ColumnMapping
from talka.notifications.models import Notification
from talka.plans.importing.columns import Meaning
from talka.plans.models import Edition, InstitutionName, NodeVersion, PlanNode, ProgressUpdate
from talka.plans.operations import importing
from talka.plans.operations.editions import EditionApproved, approve_edition, start_edition
from talka.plans.operations.nodes import FundingLine, change_node
from talka.processes.models import Process
from tests.imports.samples import csv_of, xlsx_of
from tests.plans import import_samples as samples
from tests.plans.factories import make_plan
from tests.plans.importing import empty_plan, fresh, know, looked_at, named, outline, sent, taken

SCHOOLS = "Izglītības, kultūras un sporta pārvalde"


def version(edition: Edition, code: str) -> NodeVersion:
    return edition.versions.get(code=code)


def money(edition: Edition, code: str) -> list[tuple[str, str, int | None, Decimal]]:
    rows = version(edition, code).funding.order_by("year", "source")
    return [(row.source, row.fund, row.year, row.planned) for row in rows]


def test_merged_priority_rows_become_the_tree_and_make_the_levels(process: Process, carol: User) -> None:
    department, schools, riders = know(process, "Attīstības nodaļa", SCHOOLS, "Biedrība „Ritenis”")
    edition = empty_plan(process, by=carol)
    run = taken(sent(edition.plan, samples.merged_rows(), by=carol), by=carol)
    assert run.finished_at is not None
    assert [(level.name, level.kind, level.pattern) for level in edition.plan.levels.all()] == [
        ("vidēja termiņa prioritāte", "group", "VTP{n}"),
        ("rīcības virziens", "group", "RV{p}.{n}"),
        ("uzdevums", "group", "U{v}.{n}"),
        ("pasākums", "action", "R{u}.{n}"),
    ]
    assert outline(edition) == [
        ("p", "VTP1", ""), ("r", "R1.1.1.1", "U1.1.1"), ("r", "R1.1.1.2", "U1.1.1"), ("r", "R1.1.2.1", "U1.1.2"),
        ("u", "U1.1.1", "RV1.1"), ("u", "U1.1.2", "RV1.1"), ("v", "RV1.1", "VTP1"),
    ]  # fmt: skip
    action = version(edition, "R1.1.1.1")
    assert (action.title, action.organization, action.result) == (
        "Apsekot ielas un ceļus",
        department,
        "Apsekotas 20 ielas",
    )
    assert list(action.partners.all()) == [riders]
    assert action.partners_note == "skolas"
    assert version(edition, "R1.1.2.1").organization == schools
    always = version(edition, "R1.1.2.1")
    assert (always.starts_year, always.ends_year) == (2021, 2027)
    second = version(edition, "R1.1.1.2")
    assert (second.starts_year, second.starts_quarter, second.ends_year) == (2022, 2, 2024)
    assert money(edition, "R1.1.1.2") == [
        ("eu", "ERAF", None, Decimal(850000)),
        ("municipal", "", None, Decimal(150000)),
    ]
    assert Event.objects.filter(verb="plans.import_plan").count() == 1


def test_shares_of_a_total_become_sums_and_what_has_no_source_is_told(process: Process, carol: User) -> None:
    department, library = know(process, "Attīstības nodaļa", "Talkas bibliotēka")
    small = make_plan(process, by=carol)
    run = sent(small.plan, samples.percentages(), by=carol)
    assert run.plan_import.works == "investment"
    difference = looked_at(run)
    assert [(one.row, one.says) for one in difference.light] == [
        (5, "daļu summa ir 90 %; 5\u00a0000,00 EUR no kopsummas ir bez avota")
    ]
    taken(run, by=carol)
    assert money(small.edition, "I1") == [("eu", "", None, Decimal(544000)), ("municipal", "", None, Decimal(96000))]
    assert money(small.edition, "I2") == [("eu", "", None, Decimal(66700)), ("municipal", "", None, Decimal(33300))]
    library_works = version(small.edition, "I1")
    assert (library_works.parent, library_works.organization) == (small.task.node, department)
    assert list(library_works.partners.all()) == [library]


def test_years_as_columns_become_rows_of_money_in_thousands(process: Process, carol: User) -> None:
    know(process, "Attīstības nodaļa")
    small = make_plan(process, by=carol)
    run = sent(small.plan, samples.years_as_columns(), by=carol)
    assert run.plan_import.thousands
    difference = looked_at(run)
    assert [(one.row, one.column, one.facts["said"], one.facts["found"]) for one in difference.light] == [
        (5, 10, "110\u00a0000,00", "100\u00a0000,00")
    ]
    taken(run, by=carol)
    assert money(small.edition, "I1.1.1.1") == [
        ("eu", "", 2024, Decimal(100000)), ("municipal", "", 2024, Decimal(10000)),
        ("eu", "", 2025, Decimal(200000)), ("municipal", "", 2025, Decimal(20500)),
    ]  # fmt: skip
    assert version(small.edition, "I1.1.2.1").parent == version(small.edition, "U1.1.2").node
    assert version(small.edition, "U1.1.1").title == "Veidot veloceliņu tīklu"


def test_a_list_of_an_old_program_with_bare_numbers(process: Process, carol: User) -> None:
    know(process, "Attīstības nodaļa")
    edition = empty_plan(process, by=carol)
    run = sent(edition.plan, samples.old_csv(), by=carol)
    taken(run, by=carol, with_state=True)
    assert [(code, above) for _letter, code, above in outline(edition)] == [
        ("1", ""), ("1.1.1", "1.1"), ("1.1.2", "1.1"), ("1.2.1", "1.2"), ("1.1", "1"), ("1.2", "1"),
    ]  # fmt: skip
    assert version(edition, "1.1.2").title == "Šķērsot ceļu droši"
    assert money(edition, "1.1.2") == [("other", "", None, Decimal("7300.50"))]
    states = {one.code: one.node.latest.state for one in edition.versions.works() if one.node.latest}
    assert states == {"1.1.1": "done", "1.1.2": "under_way"}
    assert set(ProgressUpdate.objects.values_list("channel", flat=True)) == {"import"}


def test_a_table_of_a_document_with_footnotes(process: Process, carol: User) -> None:
    department, schools = know(process, "Attīstības nodaļa", SCHOOLS)
    edition = empty_plan(process, by=carol)
    run = sent(edition.plan, samples.document(), by=carol)
    assert run.sheet_name == "3. tabula. Rīcības plāns 2021.–2027. gadam"
    difference = looked_at(run)
    assert difference.left_out == [(7, "note", "1) Tikai pašvaldības ielas.")]
    taken(run, by=carol)
    first, second = version(edition, "R1.1.1.1"), version(edition, "R1.1.1.2")
    assert (first.title, second.title) == ("Apsekot ielas", "Atjaunot laukumu 500 m²")
    assert (first.organization, list(first.partners.all())) == (department, [schools])
    assert (second.starts_year, second.starts_quarter, second.ends_quarter) == (2024, 3, 3)


@pytest.mark.parametrize(
    "sample", [samples.merged_rows, samples.percentages, samples.years_as_columns, samples.old_csv, samples.document]
)
def test_the_same_file_again_changes_nothing(process: Process, carol: User, sample: object) -> None:
    know(process, "Attīstības nodaļa", SCHOOLS, "Talkas bibliotēka", "Biedrība „Ritenis”")
    edition = empty_plan(process, by=carol)
    content = sample()  # type: ignore[operator]
    if sample in (samples.percentages, samples.years_as_columns):
        edition = make_plan(process, by=carol).edition
    taken(sent(edition.plan, content, by=carol), by=carol)
    again = sent(edition.plan, content, by=carol)
    difference = looked_at(again)
    assert (len(difference.new), len(difference.changed)) == (0, 0)
    assert difference.unchanged > 2
    with pytest.raises(importing.NothingToTake):
        taken(again, by=carol)


def test_the_difference_is_shown_field_by_field_and_money_of_other_years_stays(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    code = small.investment.code
    table = xlsx_of(
        [("Kods", "Nosaukums", "Sākums", "Finansējums 2025"), (code, "Veloceliņš Grīzupes ielā, I kārta", 2025, 7)]
    )
    difference = looked_at(sent(small.plan, table, by=carol, works="investment"))
    (change,) = difference.changed
    assert change.fields["title"] == ("Veloceliņš Grīzupes ielā", "Veloceliņš Grīzupes ielā, I kārta")
    assert "starts_year" not in change.fields
    small.investment.refresh_from_db()
    taken(sent(small.plan, table, by=carol, works="investment"), by=carol)
    assert money(small.edition, str(code)) == [
        ("eu", "ERAF", 2025, Decimal("850000.50")), ("municipal", "", 2025, Decimal(150000)),
        ("other", "", 2025, Decimal(7)), ("eu", "ERAF", 2026, Decimal(100000)),
    ]  # fmt: skip
    assert small.edition.versions.filter(node=small.investment.node).count() == 1


def test_rows_of_money_replace_those_of_the_sources_and_years_that_the_file_is_about(
    process: Process, carol: User
) -> None:
    small = make_plan(process, by=carol)
    change_node(
        small.investment,
        funding=[FundingLine("municipal", Decimal(5), 2025), FundingLine("loan", Decimal(9), 2025)],
        by=carol,
    )
    table = xlsx_of(
        [
            ("Kods", "Nosaukums", "Finansējums: pašvaldības budžets 2025"),
            (small.investment.code, small.investment.title, None),
        ]
    )
    taken(sent(small.plan, table, by=carol), by=carol)
    assert money(small.edition, str(small.investment.code)) == [("loan", "", 2025, Decimal(9))]


def test_what_the_file_does_not_hold_stays_unless_it_is_marked(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    table = xlsx_of([("Kods", "Nosaukums"), (small.action.code, "Apsekot ielas un ceļus")])
    run = sent(small.plan, table, by=carol)
    missing = looked_at(run).missing
    assert [one.node for one in missing] == [small.other_action.node_id]
    with pytest.raises(importing.RemovalReasonMissing):
        taken(run, by=carol, removed=[small.other_action.node_id])
    taken(fresh(run), by=carol, removed=[small.other_action.node_id], reason="Paveikts citā projektā")
    assert not draft.versions.filter(node=small.other_action.node).exists()
    assert draft.removals.get().reason == "Paveikts citā projektā"
    assert draft.versions.filter(node=small.investment.node).exists()


def test_an_institution_that_is_not_known_is_chosen_once(process: Process, carol: User) -> None:
    department = know(process, "Attīstības un plānošanas nodaļa")[0]
    edition = empty_plan(process, by=carol)
    table = xlsx_of([("Nr.", "Pasākums", "Atbildīgais"), ("R1", "Apsekot ielas", "Attīstības plānošanas nod.")])
    run = sent(edition.plan, table, by=carol)
    difference = looked_at(run)
    assert [one.code for one in difference.heavy] == ["unknown_organization"]
    assert difference.unknown[0].like[0] == (department.pk, department.name)
    with pytest.raises(importing.MistakesLeft):
        taken(run, by=carol)
    taken(named(fresh(run), str(department.pk), by=carol), by=carol)
    assert version(edition, "R1").organization == department
    assert InstitutionName.objects.get().organization == department
    assert looked_at(sent(edition.plan, table, by=carol)).heavy == []


def test_an_institution_is_entered_as_new(process: Process, carol: User) -> None:
    edition = empty_plan(process, by=carol)
    table = xlsx_of([("Nr.", "Pasākums", "Atbildīgais"), ("R1", "Apsekot ielas", "Biedrība „Soļi”")])
    taken(named(sent(edition.plan, table, by=carol), "new", by=carol), by=carol)
    organization = version(edition, "R1").organization
    assert organization is not None
    assert (organization.name, organization.classification) == ("Biedrība „Soļi”", "association")


def test_what_columns_meant_is_remembered_for_the_municipality(process: Process, carol: User) -> None:
    edition = empty_plan(process, by=carol)
    table = xlsx_of([("Kods", "Ko darām", "Piezīme sev"), ("R1", "Apsekot ielas", "x")])
    run = sent(edition.plan, table, by=carol)
    assert "1" not in run.columns
    columns = {0: Meaning("code"), 1: Meaning("title")}
    importing.map_plan_import(run, columns=columns, works="action", thousands=False, by=carol)
    taken(fresh(run), by=carol)
    assert ColumnMapping.objects.get().columns["ko daram"] == "title"
    assert sent(edition.plan, table, by=carol).columns == {"0": "code", "1": "title"}


def test_a_table_without_codes_gets_them_by_the_pattern(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    table = csv_of([("Uzdevums", "Pasākums"), ("U1.1.1 Veloceliņu tīkls", "Atjaunot zīmes"), ("", "Iztīrīt grāvjus")])
    taken(sent(small.plan, table, by=carol), by=carol)
    assert version(small.edition, "R1.1.1.3").title == "Atjaunot zīmes"
    assert version(small.edition, "R1.1.1.4").parent == small.task.node


def test_what_was_looked_at_is_what_is_taken(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    run = sent(small.plan, xlsx_of([("Kods", "Nosaukums"), (small.action.code, "Cits")]), by=carol)
    seen = looked_at(run).digest()
    change_node(small.action, title="Jau mainīts", by=carol)
    with pytest.raises(importing.DraftChangedSince):
        importing.confirm_plan_import(run, seen=seen, by=carol)
    small.action.refresh_from_db()
    assert small.action.title == "Jau mainīts"


def test_a_plan_without_a_draft_takes_nothing_and_an_approved_edition_neither(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    table = xlsx_of([("Kods", "Nosaukums"), (small.action.code, "Cits")])
    run = sent(small.plan, table, by=carol)
    approve_edition(small.edition, approved_on=small.edition.created_at.date(), decision="Nr. 1", by=carol)
    with pytest.raises(importing.NoDraft):
        sent(small.plan, table, by=carol)
    with pytest.raises(EditionApproved):
        taken(run, by=carol)


def test_a_large_table_is_taken_by_the_queue_with_a_letter_if_it_takes_long(
    process: Process, carol: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "LETTER_AFTER", timedelta(0))
    edition = empty_plan(process, by=carol)
    rows = [("Nr.", "Pasākums"), *((f"R{n}", f"Pasākums {n}") for n in range(1, importing.AT_ONCE + 20))]
    run = taken(sent(edition.plan, xlsx_of(rows), by=carol), by=carol)
    assert (run.finished_at, run.state) == (None, "running")
    assert PlanNode.objects.filter(plan=edition.plan).count() == 0
    importing.run_plan_import(run.pk)
    importing.run_plan_import(run.pk)
    assert edition.versions.count() == importing.AT_ONCE + 19
    letter = Notification.objects.get(email=carol.email)
    assert letter.subject == "Tabula „plans.xlsx” ir pārņemta"
    assert f"Pievienoti: {importing.AT_ONCE + 19}." in letter.text
    assert f"/imports/{run.pk}/" in letter.text


def test_what_the_queue_cannot_take_is_taken_not_at_all_and_said(process: Process, carol: User) -> None:
    edition = empty_plan(process, by=carol)
    rows = [("Nr.", "Pasākums"), *((f"R{n}", f"Pasākums {n}") for n in range(1, importing.AT_ONCE + 20))]
    run = taken(sent(edition.plan, xlsx_of(rows), by=carol), by=carol)
    other = taken(sent(edition.plan, xlsx_of([("Nr.", "Pasākums"), ("R1", "Cits pasākums")]), by=carol), by=carol)
    assert other.finished_at is not None
    importing.run_plan_import(run.pk)
    stopped = fresh(run)
    assert stopped.confirmed_at is None
    assert "mainīj" in stopped.plan_import.problem
    assert edition.versions.count() == 1


def test_eve_and_a_clerk_may_not(process: Process, carol: User, clara: User, eve: User) -> None:
    small = make_plan(process, by=carol)
    table = xlsx_of([("Kods", "Nosaukums"), (small.action.code, "Cits")])
    run = sent(small.plan, table, by=carol)
    for other in (eve, clara):
        with pytest.raises(PermissionDenied):
            sent(small.plan, table, by=other)
        with pytest.raises(PermissionDenied):
            importing.confirm_plan_import(run, seen=looked_at(run).digest(), by=other)
        with pytest.raises(PermissionDenied):
            importing.discard_plan_import(run, by=other)
    assert not run.plan_import.changes.exists()
