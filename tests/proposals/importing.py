# SPDX-License-Identifier: EUPL-1.2
"""A table on its way into the register, as tests send it."""

import uuid
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.imports import queries
from talka.imports.models import ImportRun
from talka.imports.operations import preparing, taking
from talka.imports.reading import read_tables
from talka.processes.models import Process
from talka.proposals.importing import RegisterTarget
from tests.imports import samples


def address(process: Process, name: str, *parts: Any) -> str:
    return reverse(f"proposals:{name}", args=[process.slug, *parts])


def upload(client: Client, process: Process, content: bytes, name: str = "tabula.csv") -> Any:
    """Send a file as the page does."""
    return client.post(address(process, "start_import"), {"file": SimpleUploadedFile(name, content)})


def started(process: Process, content: bytes, *, by: User, name: str = "tabula.csv") -> ImportRun:
    """Return the import of a file whose columns are understood by themselves."""
    return preparing.start_import(
        RegisterTarget(process), file_name=name, sha256=sha256(content).hexdigest(), sheets=read_tables(content), by=by
    )


def confirmed(process: Process, content: bytes, *, by: User, run_it: bool = True, **chosen: Any) -> ImportRun:
    """Return the import of a file as it is suggested, confirmed, and taken too unless told otherwise.

    ``fixed`` and ``columns`` are added to what is suggested; ``options`` and ``repeats`` go to the confirmation.
    """
    run = started(process, content, by=by)
    columns = {int(column): key for column, key in run.columns.items()} | chosen.pop("columns", {})
    fixed = run.fixed | chosen.pop("fixed", {})
    preparing.map_columns(run, columns=columns, fixed=fixed, leave_out=chosen.pop("leave_out", False), by=by)
    chosen = {"options": {}, "repeats": False} | chosen
    preparing.confirm_import(run, by=by, **chosen)
    if run_it:
        taking.run_import(run.pk)
    run.refresh_from_db()
    return run


def problems_of(run: ImportRun) -> list[tuple[int, str, str]]:
    """Return row, field and code of everything that is wrong with the lines of an import that is being prepared."""
    table = queries.table_of(run)
    assert table is not None
    lines = queries.check_lines(run, RegisterTarget(Process.objects.get(pk=int(run.place.rpartition(":")[2]))), table)
    return [(line.row.number, problem.field, problem.code) for line in lines for problem in line.problems]


def list_of(*texts: str, **columns: str) -> bytes:
    """Return a CSV of proposals of one day, each with these further columns."""
    header = ["Priekšlikums", "Datums", "Kanāls", *columns]
    return samples.csv_of([header, *([text, "12.05.2025", "e-pasts", *columns.values()] for text in texts)])


def unique() -> str:
    """Return a text that no other is the same as."""
    return f"Lūdzu salabot ceļu {uuid.uuid4()}."
