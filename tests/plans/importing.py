# SPDX-License-Identifier: EUPL-1.2
"""The way of a table into a draft, in a few words."""

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from talka.accounts.models import User
from talka.directory.models import Organization
from talka.imports.models import ImportRun
from talka.plans.forms.imports import PlanUploadForm
from talka.plans.importing.difference import Difference
from talka.plans.models import Edition, Plan
from talka.plans.operations import importing
from talka.plans.operations.editions import start_edition
from talka.plans.operations.plans import create_plan
from talka.plans.queries.imports import columns_of, difference_of, sheet_of
from talka.processes.models import Process


def empty_plan(process: Process, *, by: User, title: str = "Attīstības programma") -> Edition:
    """Return the empty draft of a plan without levels, of 2021–2027."""
    plan = create_plan(process, title=title, kind="programme", starts_year=2021, ends_year=2027, by=by)
    return start_edition(plan, name="RP 2021.1", by=by)


def know(process: Process, *names: str) -> list[Organization]:
    """Enter institutions of the municipality into the directory."""
    return [
        Organization.objects.create(
            name=name, slug=f"iestade-{number}-{len(name)}", classification="department", parent=process.owner
        )
        for number, name in enumerate(names)
    ]


def sent(plan: Plan, content: bytes, *, by: User, **fields: Any) -> ImportRun:
    """Return the import of a file whose columns mean what is suggested; ``fields``: of the choice (``works``, ``thousands``)."""
    form = PlanUploadForm({}, {"file": SimpleUploadedFile("plans.xlsx", content)})
    assert form.is_valid(), form.errors
    run = importing.start_plan_import(
        plan, file_name="plans.xlsx", sha256=form.sha256, sheets=form.sheets, by=by, is_open_data=form.is_open_data
    )
    if form.is_open_data:
        return fresh(run)
    about = run.plan_import
    choice = {"works": about.works, "thousands": about.thousands, **fields}
    importing.map_plan_import(run, columns=columns_of(run), by=by, **choice)
    return fresh(run)


def fresh(run: ImportRun) -> ImportRun:
    """Return a run as the database holds it."""
    return ImportRun.objects.select_related("plan_import__edition__plan__process").get(pk=run.pk)


def looked_at(run: ImportRun) -> Difference:
    """Return what a run would change now."""
    sheet = sheet_of(run)
    assert sheet is not None
    return difference_of(run, run.plan_import.edition, sheet)


def taken(run: ImportRun, *, by: User, **options: Any) -> ImportRun:
    """Take a run as it is shown now; what does not add up may stay so."""
    options = {"seen": looked_at(run).digest(), "despite": True, **options}
    return fresh(importing.confirm_plan_import(run, by=by, **options))


def named(run: ImportRun, choice: str, *, by: User) -> ImportRun:
    """Choose the same for all institutions that are not known."""
    importing.choose_institutions(run, chosen={one.key: choice for one in looked_at(run).unknown}, by=by)
    return fresh(run)


def outline(edition: Edition) -> list[tuple[str, str, str]]:
    """Return letter of the level, code and code above of all nodes of a draft, by code."""
    codes = dict(edition.versions.values_list("node", "code"))
    rows: Iterable[Any] = edition.versions.values_list("level__letter", "code", "parent")
    return sorted((letter, code or "", codes.get(parent) or "") for letter, code, parent in rows)
