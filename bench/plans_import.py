# SPDX-License-Identifier: EUPL-1.2
"""How long it takes to take a table of a large plan into a draft: read, understood, compared, written, all of it."""

import io
import time
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

SOURCES = (("municipal", ""), ("eu", "ERAF"), ("state", ""), ("loan", ""))
GOAL_SECONDS = 20
PRIORITIES, DIRECTIONS, ACTIONS, INVESTMENTS, FUNDINGS = 5, 4, 10, 5, 8


def large_table(tasks: int = 10, *, first: int = 2021) -> bytes:
    """Return an XLSX in the columns of our own table: with 10 tasks below each direction 2,000 actions, 1,000 investments."""
    import xlsxwriter

    from talka.plans.table_columns import COLUMNS, Money

    money = [Money(*SOURCES[year % 4], first + year) for year in range(FUNDINGS)]
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet = book.add_worksheet("Plāns")
    sheet.write_row(0, 0, [*(column.name for column in COLUMNS), *(one.name for one in money)])
    place = {column.key: number for number, column in enumerate(COLUMNS)}
    for line, (level, code, above) in enumerate(_tree(tasks), start=1):
        said: dict[int, Any] = {
            place["code"]: code, place["level"]: level, place["parent"]: above, place["title"]: f"Darbs {code} šajā plānā",
        }  # fmt: skip
        if level in ("pasākums", "projekts"):
            said[place["description"]] = "Apraksts par to, kas jādara un kāpēc. " * 3
            said[place["organization"]] = f"Iestāde {line % 25}"
            said[place["starts"]], said[place["ends"]] = first + line % 4, first + 5
        if level == "projekts":
            said |= {len(COLUMNS) + year: 10_000 + 37 * year + line % 900 for year in range(FUNDINGS)}
        for column, value in sorted(said.items()):
            sheet.write(line, column, value)
    book.close()
    return buffer.getvalue()


def _tree(tasks: int) -> Iterator[tuple[str, str, str]]:
    """Return level, code and code above of every node."""
    for p in range(1, PRIORITIES + 1):
        yield "prioritāte", f"VTP{p}", ""
        for v in range(1, DIRECTIONS + 1):
            yield "virziens", f"RV{p}.{v}", f"VTP{p}"
            for u in range(1, tasks + 1):
                yield "uzdevums", f"U{p}.{v}.{u}", f"RV{p}.{v}"
                for level, letter, number in (("pasākums", "R", ACTIONS), ("projekts", "I", INVESTMENTS)):
                    for n in range(1, number + 1):
                        yield level, f"{letter}{p}.{v}.{u}.{n}", f"U{p}.{v}.{u}"


def measure_import(edition: Any, file: bytes) -> float:
    """Take a table into a draft, by whoever began it, and return the seconds from the file to the end."""
    from talka.imports.models import ImportRun
    from talka.imports.reading import read_tables
    from talka.plans.operations import importing
    from talka.plans.queries.imports import columns_of, difference_of, sheet_of

    began = time.perf_counter()
    by = edition.created_by
    sheets = read_tables(file)
    run = importing.start_plan_import(
        edition.plan, file_name="plans.xlsx", sha256=sha256(file).hexdigest(), sheets=sheets, by=by
    )
    importing.map_plan_import(run, columns=columns_of(run), works="action", thousands=False, by=by)
    run = ImportRun.objects.select_related("plan_import__edition__plan__process").get(pk=run.pk)
    sheet = sheet_of(run)
    assert sheet is not None
    seen = difference_of(run, run.plan_import.edition, sheet)
    importing.confirm_plan_import(run, seen=seen.digest(), despite=True, by=by)
    importing.run_plan_import(run.pk)
    run.refresh_from_db()
    assert run.finished_at is not None, seen.heavy[:5]
    return time.perf_counter() - began
