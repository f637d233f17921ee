# SPDX-License-Identifier: EUPL-1.2
"""Files as they come: every shape becomes the same table, and what means harm becomes a sentence."""

import io
import time
from datetime import date, datetime

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talka.imports import spreadsheets
from talka.imports.headers import find_header, lines_of, names_of
from talka.imports.problems import SENTENCES
from talka.imports.reading import MOST_ROWS, Row, Sheet, Span, Unreadable, packed, read_tables, unpacked
from talka.imports.values import canonical, moment_of, number_of, text_of, truth_of
from tests.imports import samples

LATVIAN = [
    ("Teksts", "Vārds, uzvārds"),
    ('Ķērpju šķūņa jumts čīkst; "jāmaina"', "Žanis Ģēģeris"),
    ("Sarkanā līnija", "Ūla"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1257", "iso8859-13"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_csv_is_the_same_table_whatever_it_was_saved_as(encoding: str, delimiter: str) -> None:
    (sheet,) = read_tables(samples.csv_of(LATVIAN, delimiter=delimiter, encoding=encoding))
    assert [tuple(row.cells) for row in sheet.rows] == LATVIAN


def test_russian_of_an_old_program_is_read() -> None:
    rows = [("Имя", "Предложение"), ("Анна", "Нужна новая дорога к школе и освещение улицы")]
    (sheet,) = read_tables(samples.csv_of(rows, delimiter=";", encoding="cp1251"))
    assert [tuple(row.cells) for row in sheet.rows] == rows


def test_what_a_csv_has_of_its_own_is_understood() -> None:
    (sheet,) = read_tables(b'sep=;\n\nTeksts;Nr.\n"divas\nrindas";\'=1+1\n;;\n\n')
    assert [(row.number, row.cells) for row in sheet.rows] == [(3, ["Teksts", "Nr."]), (4, ["divas\nrindas", "=1+1"])]


def test_cells_of_a_spreadsheet_keep_their_kinds_and_rows_their_numbers() -> None:
    rows = [("Datums", "Laiks", "Skaits", "Jā"), (date(2025, 3, 3), datetime(2025, 3, 3, 9, 5, 7), 12.5, True)]
    content = samples.xlsx_of(rows, titles=["Iesniegumu reģistrs", "2025. gads"], empty_after=40, other=True)
    about, sheet = read_tables(content)
    assert (about.name, sheet.name) == ("Par tabulu", "Lapa1")
    assert [row.number for row in sheet.rows] == [1, 2, 3, 4]
    assert sheet.rows[3].cells == [date(2025, 3, 3), datetime(2025, 3, 3, 9, 5, 7), 12.5, True]
    assert find_header(sheet) == 3
    assert names_of(sheet, 3) == ["Datums", "Laiks", "Skaits", "Jā", *[""] * (sheet.width - 4)]
    assert unpacked(packed([about, sheet])) == [about, sheet]


@pytest.mark.parametrize(
    "rows",
    [
        [samples.GOOGLE_HEADER, *samples.GOOGLE_LINES],
        [samples.GEOLATVIJA_HEADER, *samples.GEOLATVIJA_LINES],
        [samples.OTHER_HEADER, *samples.OTHER_LINES],
        samples.many_lines(40),
    ],
)
@pytest.mark.parametrize("titles", [[], ["Priekšlikumi"], ["Talkas novada dome", "Reģistrs", "Izdruka 01.02.2026."]])
def test_the_row_with_the_names_is_found_below_titles(rows: list[tuple[object, ...]], titles: list[str]) -> None:
    (sheet,) = read_tables(samples.xlsx_of(rows, titles=titles))
    header = find_header(sheet)
    assert header == len(titles) + 1
    assert names_of(sheet, header)[: len(rows[0])] == list(rows[0])
    assert len(lines_of(sheet, header)) == len(rows) - 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n ; ;\n", "empty"),
        (b"%PDF-1.7 x", "not_a_table"),
        (bytes(range(256)) * 40, "not_a_table"),
        (b"<html><table><tr><td>x</td></tr></table>", "web_page"),
        (b"PK\x03\x04 nothing more", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "broken"),
        (samples.xlsx_of([("a",)])[:-200], "broken"),
        (samples.with_macros(), "macros"),
        (samples.encrypted_zip(), "password"),
        (samples.encrypted_office(), "password"),
        (samples.far_cell(), "too_large"),
        (samples.repeated_cell(10_000, 1000), "too_large"),
        (samples.repeated_cell(1_000_000, 1_000_000), "broken"),
        (samples.zip_bomb(), "too_large"),
        (b";".join([b"x"] * 1_000_000), "too_large"),
        (b"x;y\n" * (MOST_ROWS + 1), "too_large"),
        (b'a;"' + b"x" * 200_000, "broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_or_means_harm_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        read_tables(content)
    assert refused.value.code == code
    assert str(SENTENCES[code])
    assert time.monotonic() - began < 20


def test_an_ods_is_read_too() -> None:
    (sheet,) = read_tables(samples.repeated_cell(3, 2))
    assert [row.cells for row in sheet.rows] == [["x"] * 3, ["x"] * 3]


def test_a_formula_gives_its_last_result_and_one_that_failed_gives_nothing() -> None:
    content = samples.xlsx_of([("Skaits", "Kļūda"), ("=1+1", "=1/0")])
    failed = samples.changed_part(
        content,
        "xl/worksheets/sheet1.xml",
        b'<c r="B2"><f>1/0</f><v>0</v>',
        b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v>',
    )
    assert read_tables(content)[0].rows[1].cells == [0.0, 0.0]
    assert read_tables(failed)[0].rows[1].cells == [0.0]


def test_the_reader_of_spreadsheets_loads_nothing_of_talka_and_is_limited() -> None:
    found = spreadsheets.read_apart(samples.far_cell(), most_rows=10, most_columns=10, most_text=100)
    assert found == {"problem": "too_large"}
    assert spreadsheets.read(samples.xlsx_of([("a", "b" * 200)]), most_rows=9, most_columns=9, most_text=100) == {
        "problem": "too_large"
    }


# --- Anything at all ------------------------------------------------------------------------------

calm = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def read_or_refuse(content: bytes) -> list[Sheet]:
    try:
        return read_tables(content)
    except Unreadable as unreadable:
        return [] if unreadable.code in SENTENCES else pytest.fail(f"no sentence for {unreadable.code}")


@calm
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_sentence(content: bytes) -> None:
    for sheet in read_or_refuse(content):
        assert sheet.rows
        assert find_header(sheet) in [row.number for row in sheet.rows]


@calm
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_any_text_is_a_table_or_a_sentence(text: str, encoding: str) -> None:
    for sheet in read_or_refuse(text.encode(encoding, errors="replace")):
        assert all(cell is None or "\x00" not in str(cell) for row in sheet.rows for cell in row.cells)


WHOLE = samples.xlsx_of([samples.OTHER_HEADER, *samples.OTHER_LINES])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_damaged_spreadsheet_is_a_table_or_a_sentence(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(content))


cells = st.one_of(
    st.none(), st.text(max_size=40), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(),
    st.dates(), st.datetimes(), st.times(),
)  # fmt: skip


@calm
@given(cells)
def test_any_cell_has_a_text_and_is_a_value_or_none(cell: object) -> None:
    text_of(cell), canonical(cell), moment_of(cell), number_of(cell), truth_of(cell)  # type: ignore[arg-type]


@calm
@given(st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=6))
def test_any_table_is_kept_as_it_is(rows: list[list[object]]) -> None:
    sheet = Sheet("L", [Row(number, row) for number, row in enumerate(rows, start=1)])  # type: ignore[arg-type]
    again = unpacked(packed([sheet]))[0]
    assert [len(row.cells) for row in again.rows] == [len(row) for row in rows]


# --- Documents and merged cells -------------------------------------------------------------------


def test_rows_are_counted_as_the_spreadsheet_does_when_it_begins_further_down() -> None:
    (sheet,) = read_tables(samples.xlsx_of([(), (), (None, "Teksts"), (None, "Soliņi")]))
    assert sheet.rows == [Row(3, [None, "Teksts"]), Row(4, [None, "Soliņi"])]


def test_merged_cells_and_failed_formulas_are_told() -> None:
    content = samples.xlsx_of([("Skaits", "Kļūda"), ("=1+1", "=1/0")], titles=["Virsraksts"])
    failed = samples.changed_part(
        content, "xl/worksheets/sheet1.xml", b'<c r="B3"><f>1/0</f><v>0</v>', b'<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v>'
    )  # fmt: skip
    (sheet,) = read_tables(failed)
    assert sheet.spans == (Span(1, 0, 1, 5),)
    assert sheet.failed == ((3, 1, "#DIV/0!"),)
    assert unpacked(packed([sheet])) == [sheet]


def test_the_tables_of_a_document_are_read_with_their_merged_cells() -> None:
    paper = docx.Document()
    paper.add_paragraph("1. tabula. Pasākumi")
    table = paper.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Virsraksts pār visu"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "VTP1"
    table.cell(1, 1).text = "viens"
    table.cell(2, 1).text = "divi"
    table.cell(3, 2).add_table(1, 1).cell(0, 0).text = "iekšā"
    table.cell(3, 0).text = "beigas"
    paper.add_table(1, 2).cell(0, 1).text = "otra"
    buffer = io.BytesIO()
    paper.save(buffer)
    first, second = read_tables(buffer.getvalue())
    assert (first.name, second.name) == ("1. tabula. Pasākumi", "2")
    assert first.rows[:3] == [Row(1, ["Virsraksts pār visu"]), Row(2, ["VTP1", "viens"]), Row(3, [None, "divi"])]
    assert first.spans == (Span(1, 0, 1, 2), Span(2, 0, 3, 0))
    assert first.rows[3].cells[0] == "beigas"
    assert second.rows == [Row(1, [None, "otra"])]


def test_a_document_that_means_harm_is_refused_with_a_sentence() -> None:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    empty = buffer.getvalue()
    with pytest.raises(Unreadable, match="empty"):
        read_tables(empty)
    bomb = samples.changed_part(empty, "word/document.xml", b"<w:body>", b'<w:body><!DOCTYPE x [<!ENTITY a "b">]>')
    with pytest.raises(Unreadable, match="broken"):
        read_tables(bomb)
