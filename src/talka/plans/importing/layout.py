# SPDX-License-Identifier: EUPL-1.2
"""How a table is laid out: a header of one to three rows, cells merged downwards, headings, totals, footnotes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from talka.core.text import clean_line, fold
from talka.imports.headers import LONGEST_NAME, find_header
from talka.imports.reading import Cell, Row, Sheet, Span
from talka.imports.values import number_of, text_of
from talka.plans.table_columns import COLUMNS

MOST_HEADER_ROWS = 3
MOST_FILLED = 500_000
"""So many cells at most are filled from a merged one above; a file that claims more means harm."""

LEVEL = next(column.name for column in COLUMNS if column.key == "level")

_TOTAL = re.compile(r"(?:pavisam |visa |kop)?(?:kopa|summa|total|grand total|pavisam)\b")
_GRAND = re.compile(r"pavisam|grand|kopa visi|visa kopa")
_NOTE = re.compile(r"(?P<mark>\*{1,3}|\d{1,2}\))|piezim|avots:|saisinajum")


@dataclass
class Line:
    """One row below the header: its cells, those merged downwards filled in, and what sort of row it is.

    ``above``: the columns whose value stands in a merged cell that begins further up.
    """

    number: int
    cells: list[Cell]
    above: frozenset[int] = frozenset()
    sort: str = "line"
    """``line``, ``heading``, ``total``, ``grand_total`` or ``note``."""
    text: str = ""
    """What a heading, a total or a note says."""

    def cell(self, column: int) -> Cell:
        """Return a cell, nothing where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else None

    def own(self, column: int) -> Cell:
        """Return a cell unless it only goes on from above."""
        return None if column in self.above else self.cell(column)


@dataclass(frozen=True)
class Layout:
    """The names of the columns, of all rows of the header together, and the lines."""

    names: list[str]
    lines: list[Line] = field(default_factory=list)


def find_header_rows(sheet: Sheet, known: Iterable[str] = ()) -> tuple[int, int]:
    """Guess in which rows the names of the columns stand: the number of the first, and how many they are."""
    first = find_header(sheet, known)
    numbers = {row.number: row for row in sheet.rows}
    if first - 1 in numbers and _goes_on(sheet, numbers[first - 1], numbers[first]):
        first -= 1
    count = 1
    while (
        count < MOST_HEADER_ROWS
        and first + count in numbers
        and _goes_on(sheet, numbers[first + count - 1], numbers[first + count], top=numbers[first])
    ):
        count += 1
    return first, count


def _goes_on(sheet: Sheet, upper: Row, lower: Row, top: Row | None = None) -> bool:
    """Say whether a row only divides columns of the row above: parts of a wide cell, nothing below the other names."""
    top = top or upper
    named = [column for column, cell in enumerate(top.cells) if cell is not None]
    parts = [column for column, cell in enumerate(lower.cells) if cell is not None]
    if len(named) < 2 or len(parts) < 2 or parts[0] == 0:
        return False
    if any(not _is_name(lower.cells[column]) for column in parts):
        return False
    wide = {
        column
        for span in sheet.spans
        if span.top == upper.number and span.right > span.left
        for column in range(span.left, min(span.right, sheet.width) + 1)
    }
    if not wide:
        filled = {column for column, cell in enumerate(upper.cells) if cell is not None}
        wide = {column for column in parts if column not in filled or column + 1 not in filled}
    return all(column in wide for column in parts)


def _is_name(cell: Cell) -> bool:
    """Say whether a cell can be a part of a header: a short text or a year."""
    if isinstance(cell, str):
        return len(cell) <= 100 and (number_of(cell) is None or bool(re.fullmatch(r"(?:19|20)\d{2}\.?", cell.strip())))
    return isinstance(cell, int | float) and not isinstance(cell, bool) and 1990 <= cell <= 2100


def lay_out(sheet: Sheet, first: int, count: int) -> Layout:
    """Return the names of the columns and the lines below; ``first`` and ``count``: the rows of the header."""
    last = first + count - 1
    rows = [row for row in sheet.rows if row.number > last]
    filled = _filled(sheet.spans, rows)
    wide = {(span.top, span.left): span.right - span.left + 1 for span in sheet.spans if span.right > span.left}
    lines = []
    width = sheet.width
    names = _names(sheet, first, count)
    level = names.index(LEVEL) if LEVEL in names else None
    for row in rows:
        cells = list(row.cells)
        above = filled.get(row.number, {})
        for column, cell in above.items():
            cells.extend([None] * (column + 1 - len(cells)))
            if cells[column] is None:
                cells[column] = cell
        line = Line(row.number, cells, frozenset(above))
        if (
            level is None or line.own(level) is None
        ):  # where the level is said, a row is a node, whatever its text is like
            _sort(line, wide, width, is_merged=bool(sheet.spans))
        if line.sort:
            lines.append(line)
    _drop_marks(lines)
    return Layout(names, lines)


def _filled(spans: Sequence[Span], rows: Sequence[Row]) -> dict[int, dict[int, Cell]]:
    """Return by row what cells merged downwards hold, in the rows that follow their first."""
    known = {row.number: row for row in rows}
    found: dict[int, dict[int, Cell]] = {}
    count = 0
    for span in spans:
        begin = known.get(span.top)
        value = begin.cell(span.left) if begin is not None else None
        if value is None or span.bottom == span.top or rows[-1].number < span.top:
            continue
        for number in range(span.top + 1, min(span.bottom, rows[-1].number) + 1):
            count += 1
            if count > MOST_FILLED:
                return found
            if number in known:
                found.setdefault(number, {})[span.left] = value
    return found


def _sort(line: Line, wide: dict[tuple[int, int], int], width: int, *, is_merged: bool) -> None:
    """Find out what sort of row this is; an empty sort for one that says nothing, such as numbers of columns."""
    own = [column for column, cell in enumerate(line.cells) if cell is not None and column not in line.above]
    if not own:
        line.sort = ""
        return
    values = [line.cells[column] for column in own]
    first = text_of(values[0])
    folded = fold(first)
    if len(own) > 2 and [text_of(value).rstrip(".") for value in values] == [str(one + 1) for one in range(len(own))]:
        line.sort = ""
    elif len(first) <= 80 and _TOTAL.match(folded) and any(number_of(value) is not None for value in values[1:]):
        line.sort, line.text = "grand_total" if _GRAND.search(folded) else "total", first
    elif len(own) <= 2 and _NOTE.match(folded) and not any(number_of(value) is not None for value in values[1:]):
        line.sort, line.text = "note", clean_line(" ".join(text_of(value) for value in values))
    elif len(own) == 1 and isinstance(values[0], str):
        across = wide.get((line.number, own[0]), 1)
        if across >= max(2, width / 2) or (not is_merged and own[0] < 3 and width > 2):
            line.sort, line.text = "heading", clean_line(first)


def _drop_marks(lines: Sequence[Line]) -> None:
    """Take the marks of footnotes that are explained below off the cells."""
    notes = (_NOTE.match(line.text) for line in lines if line.sort == "note")
    marks = sorted({note["mark"] for note in notes if note is not None and note["mark"]}, key=len, reverse=True)
    if not marks:
        return
    ending = re.compile(rf"\s*(?:{'|'.join(map(re.escape, marks))})$")
    for line in lines:
        if line.sort == "heading":
            line.text = ending.sub("", line.text)
        if line.sort == "line":
            line.cells = [
                ending.sub("", cell) or None if isinstance(cell, str) and not _is_bracketed(cell) else cell
                for cell in line.cells
            ]


def _is_bracketed(text: str) -> bool:
    return text.endswith(")") and text.count("(") >= text.count(")")


def _names(sheet: Sheet, first: int, count: int) -> list[str]:
    """Return the names of the columns: what stands above each in all rows of the header, a wide cell over all its parts."""
    rows = {row.number: row for row in sheet.rows}
    header = [rows.get(number, Row(number, [])) for number in range(first, first + count)]
    wide = {
        (span.top, column): span.left
        for span in sheet.spans
        if first <= span.top < first + count
        for column in range(span.left, min(span.right, sheet.width) + 1)
    }
    names = []
    for column in range(sheet.width):
        parts: list[str] = []
        for place, row in enumerate(header):
            cell = row.cell(wide.get((row.number, column), column))
            if cell is None and not sheet.spans and any(one.cell(column) is not None for one in header[place + 1 :]):
                cell = next((row.cell(left) for left in range(column, -1, -1) if row.cell(left) is not None), None)
            text = clean_line(text_of(cell))
            if text and text not in parts:
                parts.append(text)
        names.append(" ".join(parts)[:LONGEST_NAME])
    return names
