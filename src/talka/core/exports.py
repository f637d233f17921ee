# SPDX-License-Identifier: EUPL-1.2
"""Tables out, as CSV and XLSX, safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

Cell = str | int | Decimal | date | datetime | None

_FORMULAS = {"=", "+", "-", "@", "\t", "\r"}
_GUARDED = _FORMULAS | {"'"}


def unguarded(text: str) -> str:
    """Return a text of a CSV file without the apostrophe that guards against formulas.

    >>> unguarded("'+371 20 000 001"), unguarded("'t Hof")
    ('+371 20 000 001', "'t Hof")
    """
    return text[1:] if text[:1] == "'" and text[1:2] in _GUARDED else text


def guarded(text: str) -> str:
    """Put an apostrophe before a text of a CSV file that a spreadsheet would take for a formula (OWASP).

    So does one get it that begins like a text with such an apostrophe, so that ``unguarded`` gives back exactly what was there.

    >>> guarded("+371 20 000 001"), guarded("'t Hof"), unguarded(guarded("'=1"))
    ("'+371 20 000 001", "'t Hof", "'=1")
    """
    return f"'{text}" if text[:1] in _FORMULAS or (text[:1] == "'" and text[1:2] in _GUARDED) else text


def _plain(cell: Cell) -> str | int | Decimal:
    """Write a cell for CSV."""
    if isinstance(cell, datetime):
        return timezone.localtime(cell).strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return guarded(cell)
    return "" if cell is None else cell


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Answer with a CSV file (UTF-8 with byte order mark, so that Excel reads Latvian letters)."""
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    response = HttpResponse(text.getvalue().encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class _Line:
    """A file for the CSV writer that hands every line on at once."""

    def write(self, line: str) -> str:
        return line


def streamed_csv(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """Answer with a CSV file of any length, written row by row as it is read."""

    def lines() -> Iterator[bytes]:
        writer = csv.writer(_Line())
        yield f"\ufeff{writer.writerow(header)}".encode()
        for row in rows:
            yield str(writer.writerow([_plain(cell) for cell in row])).encode()

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its name, the head of its table, the rows."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def xlsx_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Answer with an XLSX file: bold frozen header, dates as dates, filters on."""
    return xlsx_book(name, [Sheet("", header, rows)])


def xlsx_book(name: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """Answer with an XLSX file of several sheets, each like that of ``xlsx_response``."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    )
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "day": book.add_format({"num_format": "dd.mm.yyyy"}),
        "moment": book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
    }
    for sheet in sheets:
        _write_sheet(book.add_worksheet(_sheet_name(sheet.name)), sheet, formats)
    book.close()
    response = HttpResponse(
        buffer.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _sheet_name(name: str) -> str | None:
    """Return a name that Excel takes: at most 31 signs, none of ``[]:*?/\\``; nothing for the program's own name."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31].strip("' ") or None


def _write_sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    page.write_row(0, 0, sheet.header, formats["head"])
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                page.write_datetime(last, column, timezone.localtime(cell).replace(tzinfo=None), formats["moment"])
            elif isinstance(cell, date):
                page.write_datetime(last, column, datetime(cell.year, cell.month, cell.day), formats["day"])
            elif isinstance(cell, str):
                page.write_string(last, column, cell[:32_767])
            elif cell is not None:
                page.write_number(last, column, cell)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, max(len(sheet.header) - 1, 0))
    page.autofit(300)
