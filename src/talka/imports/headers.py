# SPDX-License-Identifier: EUPL-1.2
"""Where the names of the columns stand, and what they are called. Plain values in and out."""

import hashlib
import re
from collections.abc import Iterable, Sequence

from talka.core.text import clean_line, fold
from talka.imports.reading import Row, Sheet
from talka.imports.values import text_of

LOOKED_AT = 30
"""Above the names of the columns stand at most so many rows of titles."""

LONGEST_NAME = 300


def name_key(name: str) -> str:
    """Return what makes two names of columns the same: letters and figures, folded.

    >>> name_key("E-pasta  adrese:"), name_key("Laika zīmogs")
    ('e pasta adrese', 'laika zimogs')
    """
    return " ".join(re.findall(r"\w+", fold(name)))


def names_of(sheet: Sheet, header: int) -> list[str]:
    """Return the names of all columns of a sheet, empty where a column has none; ``header`` is the number of their row."""
    row = next((row for row in sheet.rows if row.number == header), Row(header, []))
    names = [clean_line(text_of(cell))[:LONGEST_NAME] for cell in row.cells]
    return names + [""] * (sheet.width - len(names))


def lines_of(sheet: Sheet, header: int) -> list[Row]:
    """Return the rows below the names of the columns."""
    return [row for row in sheet.rows if row.number > header]


def find_header(sheet: Sheet, known: Iterable[str] = ()) -> int:
    """Guess the number of the row with the names of the columns: many short texts, all different, as wide as what follows.

    ``known`` are names that a column of such a table often has.
    """
    words = {key for key in map(name_key, known) if len(key) > 2}  # an x may be a name, and just as well a tick
    best, found = -1.0, sheet.rows[0].number
    widths = sorted(sum(cell is not None for cell in row.cells) for row in sheet.rows[:200])
    usual = widths[len(widths) // 2]
    for place, row in enumerate(sheet.rows[:LOOKED_AT]):
        texts = [cell for cell in row.cells if isinstance(cell, str) and len(cell) <= LONGEST_NAME]
        filled = sum(cell is not None for cell in row.cells)
        keys = {name_key(text) for text in texts}
        score = len(keys) * len(texts) / max(filled, 1) + 3 * len(keys & words) - 0.25 * place
        if filled < usual / 2:
            score -= 2
        if score > best:
            best, found = score, row.number
    return found


def signature_of(names: Sequence[str]) -> str:
    """Return what two tables with the same columns have in common, in whatever order they stand."""
    keys = sorted(key for key in map(name_key, names) if key)
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def letter_of(column: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0.

    >>> letter_of(0), letter_of(25), letter_of(26), letter_of(701), letter_of(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
