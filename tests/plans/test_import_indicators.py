# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.imports import queries
from talka.imports.models import ImportRun
from talka.imports.operations import preparing, taking, undoing
from talka.imports.reading import read_tables
from talka.plans.indicator_imports import IndicatorsTarget, find_plan
from talka.plans.models import Indicator
from talka.plans.operations.indicators import record_value
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan

TABLE = (
    "Nr.;Rādītājs;Mērvienība;Vēlamais virziens;Bāzes vērtība;Bāzes gads;Mērķis 2025;Mērķis 2027;Datu avots\n"
    "R2;Dalīti savākti atkritumi;%;vairāk;34,5 %;2023;45;55;Komunālā pārvalde\n"
    "R3;Bērni rindā;skaits;mazāk;1 047;2023;;0;Izglītības pārvalde\n"
    ";Veloceliņu garums;km;;;;;;\n"
)


def started(small: SmallPlan, content: str, *, by: User) -> ImportRun:
    """Return the import of a file whose columns are understood by themselves."""
    file = content.encode()
    return preparing.start_import(
        IndicatorsTarget(small.plan),
        file_name="r.csv",
        sha256=sha256(file).hexdigest(),
        sheets=read_tables(file),
        by=by,
    )


def taken(small: SmallPlan, content: str, *, by: User) -> ImportRun:
    """Return the import of a file as it is suggested, taken."""
    run = started(small, content, by=by)
    columns = {int(column): key for column, key in run.columns.items()}
    preparing.map_columns(run, columns=columns, fixed=run.fixed, leave_out=False, by=by)
    preparing.confirm_import(run, by=by, options={}, repeats=False)
    taking.run_import(run.pk)
    run.refresh_from_db()
    return run


def problems_of(small: SmallPlan, content: str, *, by: User) -> list[tuple[int, str, str]]:
    """Return row, field and code of everything that is wrong with the lines of a file."""
    run = started(small, content, by=by)
    table = queries.table_of(run)
    assert table is not None
    lines = queries.check_lines(run, IndicatorsTarget(small.plan), table)
    return [(line.row.number, problem.field, problem.code) for line in lines for problem in line.problems]


def test_a_line_for_each_new_indicator_with_targets_as_columns(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    run = taken(small, TABLE, by=carol)
    assert (run.taken, run.known, run.wrong) == (2, 1, 0)
    waste, queue = small.edition.indicator_versions.exclude(pk=small.indicator.pk)
    assert (waste.code, waste.name, waste.unit, waste.direction, waste.decimals) == ("R2", "Dalīti savākti atkritumi", "%", "up", 1)  # fmt: skip
    assert (waste.baseline, waste.baseline_year, waste.source) == (Decimal("34.5"), 2023, "Komunālā pārvalde")
    assert dict(waste.targets.values_list("year", "value")) == {2025: 45, 2027: 55}
    assert (queue.direction, queue.baseline, queue.decimals) == ("down", 1047, 0)
    assert dict(queue.targets.values_list("year", "value")) == {2027: 0}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (";;%;;;;;;", [(2, "name", "required")]),
        (";Bez vienības;;;;;;;", [(2, "unit", "required")]),
        (";Rādītājs;%;griezdamies;;;;;", [(2, "direction", "unknown_word")]),
        (";Rādītājs;%;;12 km;2023;;;", [(2, "baseline", "value_other_unit")]),
        (";Rādītājs;%;;1.234;2023;;;", [(2, "baseline", "value_two_ways")]),
        (";Rādītājs;%;;12;;;;", [(2, "baseline_year", "required")]),
        (";Rādītājs;%;;12;pērn;;;", [(2, "baseline_year", "not_a_year")]),
        (";Rādītājs;%;;;;daudz;;", [(2, "target_2025", "value_not_a_number")]),
        ("R2;Rādītājs;%;;;;;;\nR2;Cits;%;;;;;;", [(3, "code", "code_twice")]),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column(
    line: str, found: list[tuple[int, str, str]], process: Process, carol: User
) -> None:
    small = make_plan(process, by=carol)
    assert problems_of(small, f"{TABLE.splitlines()[0]}\n{line}\n", by=carol) == found


def test_the_same_file_again_adds_nothing(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    taken(small, TABLE, by=carol)
    again = taken(small, TABLE, by=carol)
    assert (again.taken, again.known) == (0, 3)


def test_undone_but_for_those_that_have_values(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    run = taken(small, TABLE, by=carol)
    record_value(Indicator.objects.get(versions__code="R2"), year=2024, value=Decimal(36), by=carol)
    with pytest.raises(undoing.SomeMustStay):
        undoing.undo_import(run, by=carol, reason="Nepareizi")
    assert undoing.undo_import(run, by=carol, reason="Nepareizi", leave=True) == 1
    assert list(small.edition.indicator_versions.values_list("code", flat=True)) == [None, "R2"]


def test_the_pages_lead_to_what_was_added(process: Process, carol: User, sign_in: Callable[[User], Client]) -> None:
    small = make_plan(process, by=carol)
    client, parts = sign_in(carol), [process.slug, small.plan.slug]
    there = reverse("plans:start_import_of_indicators", args=parts)
    mapped = client.post(there, {"file": SimpleUploadedFile("r.csv", TABLE.encode())}, follow=True)
    form = mapped.context["form"]
    chosen = {name: form[name].value() or "" for name in form.fields}
    preview = client.post(mapped.request["PATH_INFO"], chosen, follow=True)
    assert (preview.context["new"], preview.context["known"]) == (2, 1)
    run = ImportRun.objects.get()
    client.post(reverse("plans:confirm_import_of_indicators", args=[*parts, run.pk]))
    taking.run_import(run.pk)
    shown = client.get(reverse("plans:show_import_of_indicators", args=[*parts, run.pk])).content.decode()
    assert "Dalīti savākti atkritumi" in shown


def test_without_a_draft_nothing_is_taken(process: Process, carol: User, sign_in: Callable[[User], Client]) -> None:
    small = make_plan(process, by=carol, approved=True)
    with pytest.raises(PermissionDenied):
        started(small, TABLE, by=carol)
    there = reverse("plans:start_import_of_indicators", args=[process.slug, small.plan.slug])
    assert sign_in(carol).get(there).status_code == 404
    found = find_plan(f"plans.plan:{small.plan.pk}")
    assert found is not None
    assert not found.allows(carol)
    assert find_plan("plans.plan:x") is None


def test_eve_and_a_clerk_may_not(process: Process, carol: User, clara: User, eve: User) -> None:
    small = make_plan(process, by=carol)
    for other in (eve, clara):
        with pytest.raises(PermissionDenied):
            started(small, TABLE, by=other)
    assert not ImportRun.objects.exists()
