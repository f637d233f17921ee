# SPDX-License-Identifier: EUPL-1.2
"""The cells of an XLSX, XLS or ODS file, read by a process of its own that can do no harm.

A spreadsheet of a few kilobytes can claim a million columns, and a reader that believes it fills the
memory of the machine. So this file is run as a program: the spreadsheet comes in on its standard input, its
cells go out as JSON, and what it may use of memory and time is limited. Nothing of Talka is imported here.
"""

import io
import json
import resource
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

MOST_BYTES = 900_000_000
"""Memory that the reader may ask for."""

MOST_SECONDS = 30
MOST_SHEETS = 50

PASSWORD, BROKEN, TOO_LARGE = "password", "broken", "too_large"


def read_apart(content: bytes, *, most_rows: int, most_columns: int, most_text: int) -> dict[str, Any]:
    """Read a spreadsheet in a process of its own.

    Returns ``{"sheets": [{"name", "rows"}]}``, or ``{"problem": …}`` with one of ``PASSWORD``, ``BROKEN``, ``TOO_LARGE``.
    A row is ``[number, cell, …]``; a cell a text, number, truth value, ``None``, or a moment as ``{"t": "2026-11-24T14:05"}``.
    """
    command = [sys.executable, "-I", str(Path(__file__).resolve()), str(most_rows), str(most_columns), str(most_text)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=MOST_SECONDS * 2, check=False)
    except subprocess.TimeoutExpired:
        return {"problem": TOO_LARGE}
    if done.returncode:  # killed by a limit, or the reader gave up on what it was given
        return {"problem": TOO_LARGE if done.returncode < 0 else BROKEN}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def read(content: bytes, *, most_rows: int, most_columns: int, most_text: int) -> dict[str, Any]:
    """Read a spreadsheet here; see ``read_apart``, which is what pages call."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets: list[dict[str, Any]] = []
        for about in book.sheets_metadata[:MOST_SHEETS]:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            if sheet.height > most_rows or sheet.width > most_columns:
                return {"problem": TOO_LARGE}
            sheets.append({"name": about.name, "rows": _rows(sheet)})
    except PasswordError:
        return {"problem": PASSWORD}
    except (CalamineError, ValueError, OSError, OverflowError, KeyError) as error:
        return {"problem": PASSWORD if "password" in str(error).lower() else BROKEN}
    length = sum(_length(row) for sheet in sheets for row in sheet["rows"])
    if length > most_text:
        return {"problem": TOO_LARGE}
    return {"sheets": sheets}


def _length(row: list[Any]) -> int:
    return sum(len(cell) if isinstance(cell, str) else 8 for cell in row)


def _rows(sheet: Any) -> list[list[Any]]:
    """Return the rows that hold something, each after its number as the spreadsheet counts it."""
    if sheet.start is None:
        return []
    first, offset = sheet.start
    found = []
    for number, cells in enumerate(sheet.iter_rows(), start=first + 1):
        row = [_cell(cell) for cell in cells]
        while row and row[-1] is None:
            row.pop()
        if row:
            found.append([number, *[None] * offset, *row])
    return found


def _cell(cell: Any) -> Any:
    if cell == "":
        return None
    if isinstance(cell, datetime | date | time):
        return {"t": cell.isoformat()}
    if isinstance(cell, timedelta):
        return str(cell)
    return cell


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    _limit()
    rows, columns, text = (int(one) for one in sys.argv[1:])
    answer = read(sys.stdin.buffer.read(), most_rows=rows, most_columns=columns, most_text=text)
    json.dump(answer, sys.stdout)
