# SPDX-License-Identifier: EUPL-1.2
"""Bytes from outside made into tables. Plain values in and out; nothing of a file's name is believed."""

import csv
import io
import math
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from talka.core.exports import unguarded
from talka.imports import documents, spreadsheets

MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_TEXT = 60_000_000
"""Characters of all cells together."""

LONGEST_CELL = 32_767
"""Characters; no cell of a spreadsheet is longer, so a longer one of a CSV file is a quotation mark that was forgotten."""

MOST_UNPACKED = 400_000_000
"""Bytes that the parts of a spreadsheet may hold together when unpacked."""

MOST_PARTS = 5_000

Cell = str | int | float | bool | datetime | date | time | None


class Unreadable(ValueError):
    """The bytes are no table that can be taken; ``code`` says why, see ``problems.SENTENCES``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Row:
    """One row with something in it: its number as a spreadsheet counts, and its cells."""

    number: int
    cells: list[Cell]

    def cell(self, column: int) -> Cell:
        """Return a cell, nothing where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True)
class Span:
    """A merged cell: from which row and column to which; rows as a spreadsheet counts, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A table: its name (empty for CSV) and its rows, empty ones left out.

    ``spans`` are the merged cells, of kinds of files that tell of them; the text stands in the first cell of each.
    ``failed``: row, column and what they show, of cells whose formula failed; such a cell is empty.
    """

    name: str
    rows: list[Row]
    spans: tuple[Span, ...] = ()
    failed: tuple[tuple[int, int, str], ...] = ()

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return max((len(row.cells) for row in self.rows), default=0)


def read_tables(content: bytes) -> list[Sheet]:
    """Read all tables of a file, whatever kind it is; raise ``Unreadable`` for anything else."""
    if content.startswith(b"PK\x03\x04"):
        names = _check_archive(content)
        sheets = _read_apart(content, _DOCUMENTS if "word/document.xml" in names else _SPREADSHEETS)
    elif content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("password")
        if "WordDocument".encode("utf-16-le") in content:
            raise Unreadable("old_word")
        sheets = _read_apart(content, _SPREADSHEETS)
    else:
        sheets = [Sheet("", _read_text(content))]
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets:
        raise Unreadable("empty")
    return sheets


# --- Spreadsheets and documents -------------------------------------------------------------------

_SPREADSHEETS, _DOCUMENTS = Path(spreadsheets.__file__), Path(documents.__file__)


def _check_archive(content: bytes) -> list[str]:
    """Unpack an archive once, so that the reader meets no surprise; refuse macros and passwords. Returns the names of its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Unreadable("too_large")
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable("password")
            names = [part.filename.lower() for part in parts]
            if any("vbaproject" in name or name.startswith(("basic/", "scripts/")) for name in names):
                raise Unreadable("macros")
            for part in parts:
                _unpack(archive, part)
            if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
                "META-INF/manifest.xml"
            ):
                raise Unreadable("password")
            return archive.namelist()
    except Unreadable:
        raise
    except Exception as error:  # whatever the archive does to its reader, it is broken
        raise Unreadable("broken") from error


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as packed:
        while packed.read(1_000_000):
            pass


def _read_apart(content: bytes, program: Path) -> list[Sheet]:
    found = spreadsheets.read_apart(
        content, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS, most_text=MOST_TEXT, program=program
    )
    if "problem" in found:
        raise Unreadable(found["problem"])
    return unpacked(found["sheets"])


def unpacked(sheets: Sequence[dict[str, Any]]) -> list[Sheet]:
    """Return the sheets that were kept as plain values; the opposite of ``packed``."""
    return [
        Sheet(
            one["name"],
            [Row(row[0], [_cell(cell) for cell in row[1:]]) for row in one["rows"]],
            tuple(Span(*span) for span in one.get("spans", ())),
            tuple((row, column, text) for row, column, text in one.get("failed", ())),
        )
        for one in sheets
    ]


def packed(sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    """Return sheets as plain values that JSON can hold."""
    return [
        {
            "name": sheet.name,
            "rows": [[row.number, *[_plain(cell) for cell in row.cells]] for row in sheet.rows],
            "spans": [[span.top, span.left, span.bottom, span.right] for span in sheet.spans],
            "failed": [list(one) for one in sheet.failed],
        }
        for sheet in sheets
    ]


def _plain(cell: Cell) -> Any:
    return {"t": cell.isoformat()} if isinstance(cell, datetime | date | time) else cell


def _cell(cell: Any) -> Cell:
    if isinstance(cell, str):
        return _clean(cell)
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    if not isinstance(cell, dict):
        return cell
    text = cell["t"]
    if text[2] == ":":
        return time.fromisoformat(text)
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _clean(text: str) -> str | None:
    """Drop what no text of a person holds; an empty cell is nothing."""
    return _CONTROL.sub("", text)[: LONGEST_CELL + 1].strip() or None


# --- Text -----------------------------------------------------------------------------------------

DELIMITERS = ";,\t|"
_NOT_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


def _read_text(content: bytes) -> list[Row]:
    if content.startswith(_NOT_TABLES):
        raise Unreadable("not_a_table")
    text = decode(content)
    start = text[:2000].lstrip().lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<table")):
        raise Unreadable("web_page")
    if len(_CONTROL.findall(text[:100_000])) > 20 + len(text[:100_000]) // 100:
        raise Unreadable("not_a_table")
    if len(text) > MOST_TEXT:
        raise Unreadable("too_large")
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    named = re.match(r"sep=(.)\n", text)
    delimiter = named[1] if named else delimiter_of(text)
    rows = []
    csv.field_size_limit(LONGEST_CELL * 4)
    reader = csv.reader(io.StringIO(text[named.end() :] if named else text, newline=""), delimiter=delimiter)
    try:
        for number, values in enumerate(reader, start=2 if named else 1):
            cells: list[Cell] = [_clean(unguarded(value)) for value in values]
            while cells and cells[-1] is None:
                cells.pop()
            if len(cells) > MOST_COLUMNS or (cells and number > MOST_ROWS):
                raise Unreadable("too_large")
            if cells:
                rows.append(Row(number, cells))
    except csv.Error as error:
        raise Unreadable("broken") from error
    return rows


def delimiter_of(text: str) -> str:
    """Return what stands between the columns: whichever cuts the most rows into equally many parts.

    >>> delimiter_of('Teksts;Vārds, uzvārds\\n"Soli; ar atzveltni";Anna\\nTilts;Jānis')
    ';'
    """

    def score(delimiter: str) -> float:
        try:
            sample = list(
                zip(range(50), csv.reader(io.StringIO(text[:50_000], newline=""), delimiter=delimiter), strict=False)
            )
        except csv.Error:
            return 0
        widths = Counter(len(row) for _number, row in sample if row)
        width, rows = max(widths.items(), key=lambda pair: (pair[1] if pair[0] > 1 else 0, pair[0]), default=(1, 0))
        return rows / max(1, widths.total()) * math.log(width) if width > 1 else 0

    return max(DELIMITERS, key=score)


_ENCODINGS = ["cp1257", "cp1251", "cp1252", "cp775"]
_LATVIAN = set("āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ„“”–")


def decode(content: bytes) -> str:
    """Return the text of a CSV file in whichever encoding it was written: UTF-8, UTF-16, or an old one of Windows.

    >>> decode("Ķēniņu iela".encode("cp1257")), decode("Ķēniņu iela".encode("utf-16"))
    ('Ķēniņu iela', 'Ķēniņu iela')
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    sample = content[:4000]
    if sample and sample.count(0) * 3 > len(sample):
        return content.decode("utf-16-be" if sample[0] == 0 else "utf-16-le", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(_old_encoding(content), errors="replace")


def _old_encoding(content: bytes) -> str:
    """Choose among the encodings of old programs: the Latvian one where its letters are Latvian, else the likeliest."""
    foreign = bytes(byte for byte in content[:200_000] if byte > 127)[:20_000]
    letters = foreign.decode("cp1257", errors="replace")
    if letters and sum(letter in _LATVIAN for letter in letters) >= 0.7 * len(letters):
        return "cp1257"
    best = from_bytes(content[:200_000], cp_isolation=_ENCODINGS).best()
    return best.encoding if best is not None else "cp1257"
