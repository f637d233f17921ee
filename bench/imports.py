# SPDX-License-Identifier: EUPL-1.2
"""Tables into the register: how many lines a second, from the bytes of the file to the entries; and the same file again."""

import os
import time
from hashlib import sha256

from bench.figures import report

LINES = 20_000


def measure() -> None:
    """Run the measurement on a database of its own, which is gone at the end."""
    os.environ["TALKA_MODE"] = "test"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from tests.database import copied_database

    with copied_database():
        for name, value, unit, goal in figures(LINES):
            report(f"imports, {name}", value, unit, **goal)


def figures(lines: int) -> list[tuple[str, float, str, dict[str, float]]]:
    """Import a table of so many lines twice and undo it; return name, value, unit and goal of each figure."""
    from tests.imports.samples import many_lines, xlsx_of

    from talka.imports.models import ImportRun
    from talka.imports.operations import preparing, taking, undoing
    from talka.imports.queries import preview, table_of
    from talka.imports.reading import read_tables
    from talka.processes.models import Process
    from talka.proposals.importing import RegisterTarget
    from talka.proposals.models import Proposal

    process = _process()
    content = xlsx_of(many_lines(lines))
    by = process.roles.get().person.user

    def run_once() -> tuple[ImportRun, float, float, float]:
        started = time.perf_counter()
        target = RegisterTarget(process)
        run = preparing.start_import(
            target, file_name="mērījums.xlsx", sha256=sha256(content).hexdigest(), sheets=read_tables(content), by=by
        )
        columns = {int(column): key for column, key in run.columns.items()}
        preparing.map_columns(run, columns=columns, fixed={}, leave_out=False, by=by)
        read = time.perf_counter() - started
        started = time.perf_counter()
        table = table_of(run)
        assert table is not None
        preview(run, target, table)
        looked = time.perf_counter() - started
        started = time.perf_counter()
        preparing.confirm_import(run, options={}, repeats=False, by=by)
        taking.run_import(run.pk)
        taken = time.perf_counter() - started
        run.refresh_from_db()
        return run, read, looked, taken

    first, read, looked, taken = run_once()
    second, *_times = run_once()
    started = time.perf_counter()
    undoing.undo_import(first, by=by, reason="Mērījums.")
    undoing.take_back(first.pk)
    undone = time.perf_counter() - started
    numbers = list(Process.objects.get(pk=process.pk).proposals.order_by("number").values_list("number", flat=True))
    return [
        ("lines of the file", first.taken, "lines", {"at_least": lines}),
        ("file read and its columns understood", round(read, 2), "s", {}),
        ("all lines looked through for the preview", round(looked, 2), "s", {}),
        ("lines taken", round(lines / taken), "lines/s", {"at_least": 300}),
        ("whole import undone", round(undone, 2), "s", {}),
        ("lines taken of the same file again", second.taken, "lines", {"at_most": 0}),
        ("numbers skipped or given twice", sum(a != b for a, b in enumerate(numbers, 1)), "", {"at_most": 0}),
        (
            "entries still standing after the undoing",
            Proposal.objects.filter(withdrawn_at=None).count(),
            "",
            {"at_most": 0},
        ),
    ]


def _process():  # type: ignore[no-untyped-def]
    """Make a town with a process, its register and whoever keeps it."""
    from talka.accounts.models import User
    from talka.core import clock
    from talka.directory.models import Organization, Person
    from talka.processes.operations import create_process, publish_process
    from talka.proposals.operations.receiving import open_register

    admin = User.objects.create_superuser("root@imports.example", name="Mēra")
    Person.objects.create(name="Mēra", user=admin)
    town = Organization.objects.create(name="Tabulu novads", slug="tabulu-novads", classification="municipality")
    process = create_process(
        kind="other", title="Tabulu process", owner=town, by=admin, summary="Mērījums.", starts_on=clock.today()
    )
    publish_process(process, by=admin)
    open_register(process, by=admin, prefix="TB")
    return process
