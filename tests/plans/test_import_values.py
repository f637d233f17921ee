# SPDX-License-Identifier: EUPL-1.2
import io
from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Area, Organization
from talka.imports import queries
from talka.imports.models import ImportRun
from talka.imports.operations import preparing, taking, undoing
from talka.imports.reading import read_tables
from talka.plans.models import IndicatorValue
from talka.plans.operations.indicators import change_indicator, record_value
from talka.plans.queries.value_history import value_history
from talka.plans.value_imports import ValuesTarget, find_plan
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan

LONG = "Rādītājs;Gads;Vērtība;Datu avots\nVeloceliņu garums;2024;4,8;Mērījums\nVELOCELIŅU GARUMS;2025. g.;6,1 km;\n"
WIDE = "Kods;Rādītājs;2023;2024;2025\nR1;;4,2;4,8;6,1\n"


def started(small: SmallPlan, content: bytes, *, by: User) -> ImportRun:
    """Return the import of a file whose columns are understood by themselves."""
    return preparing.start_import(
        ValuesTarget(small.plan),
        file_name="v.csv",
        sha256=sha256(content).hexdigest(),
        sheets=read_tables(content),
        by=by,
    )


def taken(small: SmallPlan, content: str | bytes, *, by: User) -> ImportRun:
    """Return the import of a file as it is suggested, taken."""
    run = started(small, content.encode() if isinstance(content, str) else content, by=by)
    columns = {int(column): key for column, key in run.columns.items()}
    preparing.map_columns(run, columns=columns, fixed=run.fixed, leave_out=False, by=by)
    preparing.confirm_import(run, by=by, options={}, repeats=False)
    taking.run_import(run.pk)
    run.refresh_from_db()
    return run


def problems_of(small: SmallPlan, content: str, *, by: User) -> list[tuple[int, str, str]]:
    """Return row, field and code of everything that is wrong with the lines of a file."""
    run = started(small, content.encode(), by=by)
    table = queries.table_of(run)
    assert table is not None
    lines = queries.check_lines(run, ValuesTarget(small.plan), table)
    return [(line.row.number, problem.field, problem.code) for line in lines for problem in line.problems]


def values_of(small: SmallPlan) -> dict[int, Decimal]:
    """Return the values of the whole by year."""
    values = IndicatorValue.objects.filter(indicator=small.indicator.indicator, area__isnull=True)
    return dict(values.values_list("year", "value"))


def test_a_line_for_each_value(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    run = taken(small, LONG, by=carol)
    assert (run.taken, run.wrong, run.known) == (2, 0, 0)
    assert values_of(small) == {2024: Decimal("4.8"), 2025: Decimal("6.1")}
    value = IndicatorValue.objects.get(year=2024)
    assert (value.source, value.entered_by) == ("Mērījums", carol)


def test_years_as_columns_and_the_code(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    change_indicator(small.indicator, code="R1", by=carol)
    run = taken(small, WIDE, by=carol)
    assert run.taken == 1
    assert values_of(small) == {2023: Decimal("4.2"), 2024: Decimal("4.8"), 2025: Decimal("6.1")}


def test_a_workbook_with_numbers(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    for number, row in enumerate([["Rādītājs", 2024, 2025], ["Veloceliņu garums", 1.234, 6.123456789]]):
        book.add_worksheet() if not number else None
        book.worksheets()[0].write_row(number, 0, row)
    book.close()
    taken(small, file.getvalue(), by=carol)
    assert values_of(small) == {2024: Decimal("1.234"), 2025: Decimal("6.1235")}


def test_territories_by_name(process: Process, carol: User, town: Organization) -> None:
    town.area = Area.objects.create(name="Talkas novads", kind="municipality")
    town.save()
    parish = Area.objects.create(name="Talkas pagasts", kind="parish", parent=town.area)
    small = make_plan(process, by=carol, approved=True)
    taken(small, "Rādītājs;Gads;Teritorija;Vērtība\nVeloceliņu garums;2025;Talkas pagasts;2,5\n", by=carol)
    assert IndicatorValue.objects.get().area == parish


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("Kods;Gads;Vērtība\nR9;2025;1\n", [(2, "code", "unknown_word")]),
        ("Rādītājs;Gads;Vērtība\nKosmoss;2025;1\n", [(2, "name", "unknown_word")]),
        ("Rādītājs;Gads;Vērtība\n;2025;1\n", [(2, "code", "required")]),
        ("Rādītājs;Gads;Vērtība\nVeloceliņu garums;;1\n", [(2, "year", "required")]),
        ("Rādītājs;Gads;Vērtība\nVeloceliņu garums;2025;\n", [(2, "value", "required")]),
        ("Rādītājs;Gads;Vērtība\nVeloceliņu garums;pērn;1\n", [(2, "year", "not_a_year")]),
        ("Rādītājs;Gads;Vērtība\nVeloceliņu garums;1989;1\n", [(2, "year", "year_outside")]),
        ("Rādītājs;Gads;Vērtība\nVeloceliņu garums;2025;daudz\n", [(2, "value", "value_not_a_number")]),
        ("Rādītājs;Gads;Vērtība\nVeloceliņu garums;2025;45 %\n", [(2, "value", "value_other_unit")]),
        ("Rādītājs;Gads;Vērtība\nVeloceliņu garums;2025;1.234\n", [(2, "value", "value_two_ways")]),
        ("Rādītājs;Gads;Vērtība\nVeloceliņu garums;2025;5\nVeloceliņu garums;2025;6\n", [(3, "value", "other_value")]),
        ("Rādītājs;Gads;Vērtība;2025\nVeloceliņu garums;2025;5;5\n", [(2, "year", "year_twice")]),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column(
    content: str, found: list[tuple[int, str, str]], process: Process, carol: User
) -> None:
    small = make_plan(process, by=carol, approved=True)
    assert problems_of(small, content, by=carol) == found


def test_a_year_that_has_not_come_is_refused(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    content = f"Rādītājs;Gads;Vērtība\nVeloceliņu garums;{clock.today().year + 1};1\n"
    assert problems_of(small, content, by=carol) == [(2, "year", "year_outside")]


def test_the_same_file_again_changes_nothing_and_a_corrected_one_what_it_corrects(
    process: Process, carol: User
) -> None:
    small = make_plan(process, by=carol, approved=True)
    taken(small, LONG, by=carol)
    again = taken(small, LONG, by=carol)
    assert (again.taken, again.known) == (0, 2)
    corrected = taken(small, LONG.replace("4,8", "4,9"), by=carol)
    assert (corrected.taken, corrected.known) == (1, 1)
    assert values_of(small) == {2024: Decimal("4.9"), 2025: Decimal("6.1")}


def test_undone_as_a_whole_what_was_there_before_stands_again(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    record_value(small.indicator.indicator, year=2024, value=Decimal(4), source="Vecais", by=carol)
    run = taken(small, LONG, by=carol)
    assert undoing.undo_import(run, by=carol, reason="Nepareizā datne") == 0
    assert values_of(small) == {2024: Decimal(4)}
    assert IndicatorValue.objects.get().source == "Vecais"
    assert [one.kind for one in value_history(small.indicator.indicator)].count("entered") == 2
    assert taken(small, LONG, by=carol).taken == 2


def test_what_was_corrected_since_stays(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    run = taken(small, LONG, by=carol)
    record_value(small.indicator.indicator, year=2025, value=Decimal("6.6"), by=carol)
    with pytest.raises(undoing.SomeMustStay):
        undoing.undo_import(run, by=carol, reason="Nepareizi")
    assert undoing.undo_import(run, by=carol, reason="Nepareizi", leave=True) == 1
    assert values_of(small) == {2025: Decimal("6.6")}


def test_from_the_file_to_the_result_by_the_pages(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    client = sign_in(carol)
    there = reverse("plans:start_import_of_values", args=[process.slug, small.plan.slug])
    assert "gadiem kolonnās" in client.get(there).content.decode()
    mapped = client.post(there, {"file": SimpleUploadedFile("v.csv", LONG.encode())}, follow=True)
    form = mapped.context["form"]
    chosen = {name: form[name].value() or "" for name in form.fields}
    preview = client.post(mapped.request["PATH_INFO"], chosen, follow=True)
    assert (preview.context["new"], preview.context["wrong"]) == (2, 0)
    run = ImportRun.objects.get()
    parts = [process.slug, small.plan.slug, run.pk]
    client.post(reverse("plans:confirm_import_of_values", args=parts))
    taking.run_import(run.pk)
    shown = client.get(reverse("plans:show_import_of_values", args=parts)).content.decode()
    assert reverse("plans:record_values_of_indicator", args=[*parts[:2], small.indicator.indicator_id]) in shown
    undo = client.get(reverse("plans:undo_import_of_values", args=parts)).content.decode()
    assert "tā tiek atjaunota" in undo
    assert "reģistrā" not in undo.partition("<main")[2]


def test_the_place_of_an_import_is_found_again(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    found = find_plan(f"plans.plan:{small.plan.pk}")
    assert found is not None
    assert found.scope == small.plan
    assert find_plan("plans.plan:0") is None
    assert find_plan("plans.plan:x") is None


def test_eve_and_a_clerk_may_not(
    process: Process, carol: User, clara: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, published=True)
    there = reverse("plans:start_import_of_values", args=[process.slug, small.plan.slug])
    for other in (eve, clara):
        with pytest.raises(PermissionDenied):
            started(small, LONG.encode(), by=other)
        file: Any = SimpleUploadedFile("v.csv", LONG.encode())
        assert sign_in(other).post(there, {"file": file}).status_code == 403
    assert not ImportRun.objects.exists()
