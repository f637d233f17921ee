# SPDX-License-Identifier: EUPL-1.2
"""The cells of an XLSX, XLS or ODS file, read by a process of its own that can do no harm.

A spreadsheet of a few kilobytes can claim a million columns, and a reader that believes it fills the
memory of the machine. So this file is run as a program: the spreadsheet comes in on its standard input, its
cells go out as JSON, and what it may use of memory and time is limited. Nothing of Talka is imported here.
"""

import io
import json
import posixpath
import re
import resource
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

MOST_BYTES = 900_000_000
"""Memory that the reader may ask for."""

MOST_SECONDS = 30
MOST_SHEETS = 50
MOST_SPANS = 50_000
MOST_FAILED = 1_000

PASSWORD, BROKEN, TOO_LARGE = "password", "broken", "too_large"


def read_apart(
    content: bytes, *, most_rows: int, most_columns: int, most_text: int, program: Path = Path(__file__)
) -> dict[str, Any]:
    """Read a spreadsheet in a process of its own, or another kind of file with the ``program`` for that kind.

    Returns ``{"sheets": [{"name", "rows", "spans", "failed"}]}``, or ``{"problem": …}`` with one of ``PASSWORD``,
    ``BROKEN``, ``TOO_LARGE``. A row is ``[number, cell, …]``; a cell a text, number, truth value, ``None``, or a moment as
    ``{"t": "2026-11-24T14:05"}``. A span is ``[first row, first column, last row, last column]`` of a merged cell, a failed
    cell ``[row, column, what it shows]``; rows count from 1, columns from 0.
    """
    command = [sys.executable, "-I", str(program.resolve()), str(most_rows), str(most_columns), str(most_text)]
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
            sheets.append({"name": about.name, "rows": _rows(sheet), "spans": _spans(sheet)})
    except PasswordError:
        return {"problem": PASSWORD}
    except (CalamineError, ValueError, OSError, OverflowError, KeyError) as error:
        return {"problem": PASSWORD if "password" in str(error).lower() else BROKEN}
    length = sum(_length(row) for sheet in sheets for row in sheet["rows"])
    if length > most_text:
        return {"problem": TOO_LARGE}
    failed = _failed(content)
    for one in sheets:
        one["failed"] = failed.get(one["name"], [])
    return {"sheets": sheets}


def _length(row: list[Any]) -> int:
    return sum(len(cell) if isinstance(cell, str) else 8 for cell in row)


def _rows(sheet: Any) -> list[list[Any]]:
    """Return the rows that hold something, each after its number as the spreadsheet counts it."""
    if sheet.start is None:
        return []
    _first, offset = sheet.start
    found = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):  # it gives the empty rows above the first one too
        row = [_cell(cell) for cell in cells]
        while row and row[-1] is None:
            row.pop()
        if row:
            found.append([number, *[None] * offset, *row])
    return found


def _spans(sheet: Any) -> list[list[int]]:
    """Return the merged cells of a sheet; kinds of files that do not tell of them have none."""
    found = (sheet.merged_cell_ranges or [])[:MOST_SPANS]
    return [[top + 1, left, bottom + 1, right] for (top, left), (bottom, right) in found]


def _failed(content: bytes) -> dict[str, list[list[Any]]]:
    """Return the cells of an XLSX whose formulas failed, by sheet; the reader itself gives them as empty."""
    if not content.startswith(b"PK"):
        return {}
    found: dict[str, list[list[Any]]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return {}
        for name, part in _parts(archive):
            cells = _FAILED.findall(archive.read(part))[:MOST_FAILED]
            found[name] = [[int(row), _column(letters.decode()), text.decode()] for letters, row, text in cells]
    return found


_FAILED = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*? t="e"[^>]*>(?:<f[^<]*(?:</f>|(?<=/)>))?<v>(#[A-Z0-9/?!]{2,12})</v>'
)


def _parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Return name and path of the sheets of a workbook."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    names, paths = (
        etree.fromstring(archive.read(part), parser) for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    )
    targets = {one.get("Id"): one.get("Target", "") for one in paths}
    there = set(archive.namelist())
    found = []
    for sheet in names.iter("{*}sheet"):
        own = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        path = posixpath.normpath(posixpath.join("/xl", targets.get(own, ""))).lstrip("/")
        if path in there:
            found.append((sheet.get("name", ""), path))
    return found


def _column(letters: str) -> int:
    """Return the number of a column, counted from 0, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


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
