# SPDX-License-Identifier: EUPL-1.2
"""The tables of a DOCX file, read by a process of its own, like spreadsheets and for the same reasons.

This file is run as a program by ``spreadsheets.read_apart``: the document comes in on standard input, its tables go out as JSON
in the form that is described there. Nothing of Talka is imported here.
"""

import io
import json
import re
import resource
import sys
from typing import Any

MOST_BYTES = 900_000_000
"""Memory that the reader may ask for."""

MOST_SECONDS = 30
MOST_TABLES = 200

BROKEN, TOO_LARGE = "broken", "too_large"

_FOOTNOTE = re.compile(r"[\d*]{1,3}\)?")


def read(content: bytes, *, most_rows: int, most_columns: int, most_text: int) -> dict[str, Any]:
    """Read the tables of a document here."""
    from docx import Document
    from docx.oxml.ns import qn

    try:
        body = Document(io.BytesIO(content)).element.body
    except Exception:  # whatever such a file does to its reader, it is broken
        return {"problem": BROKEN}
    sheets: list[dict[str, Any]] = []
    caption, length = "", 0
    for element in body.iterchildren():
        if element.tag == qn("w:p"):
            caption = _text_of(element, qn) or caption
        elif element.tag == qn("w:tbl") and len(sheets) < MOST_TABLES:
            rows, spans, width = _table(element, qn)
            length += sum(len(cell) for row in rows for cell in row[1:] if cell is not None)
            if len(rows) > most_rows or width > most_columns or length > most_text:
                return {"problem": TOO_LARGE}
            sheets.append({"name": caption[:100] or str(len(sheets) + 1), "rows": rows, "spans": spans})
            caption = ""
    return {"sheets": sheets}


def _table(table: Any, qn: Any) -> tuple[list[list[Any]], list[list[int]], int]:
    """Return rows, merged cells and width of a table; rows count from 1, as empty ones do too."""
    rows: list[list[Any]] = []
    spans: list[list[int]] = []
    open_spans: dict[int, list[int]] = {}
    widest = 0
    for number, tr in enumerate(table.iter(qn("w:tr")), start=1):
        if tr.getparent() is not table and _table_of(tr, qn) is not table:
            continue  # of a table within a cell
        cells: list[Any] = [None] * tr.grid_before
        for tc in tr.tc_lst:
            left, width = len(cells), max(1, min(tc.grid_span, 1000))
            if tc.vMerge == "continue" and left in open_spans:
                open_spans[left][2] = number
            else:
                span = [number, left, number, left + width - 1]
                open_spans[left] = span
                if width > 1 or tc.vMerge == "restart":
                    spans.append(span)
                cells.append(_cell(tc, qn))
                width -= 1
            cells.extend([None] * width)
            widest = max(widest, len(cells))
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            rows.append([number, *cells])
    return rows, [span for span in spans if span[0] != span[2] or span[1] != span[3]], widest


def _table_of(element: Any, qn: Any) -> Any:
    return next(element.iterancestors(qn("w:tbl")), None)


def _cell(tc: Any, qn: Any) -> str | None:
    return "\n".join(filter(None, (_text_of(paragraph, qn) for paragraph in tc.p_lst))) or None


def _text_of(paragraph: Any, qn: Any) -> str:
    """Return the text of a paragraph without marks of footnotes, which stand above the line; m² stays."""
    text = ""
    for run in paragraph.iter(qn("w:r")):
        part = run.text
        raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
        if raised is not None and raised.get(qn("w:val")) == "superscript":
            if part in ("2", "3") and text.endswith("m"):
                part = {"2": "²", "3": "³"}[part]
            elif _FOOTNOTE.fullmatch(part.strip()):
                continue
        text += part
    return text.strip()


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
