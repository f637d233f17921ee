# SPDX-License-Identifier: EUPL-1.2
"""Tables of plans in the shapes in which municipalities have them, made here by code; content invented."""

import io
from collections.abc import Sequence
from typing import Any

import docx
import xlsxwriter
from docx.enum.section import WD_ORIENT

from tests.imports.samples import csv_of

MERGED_HEADER = ("Nr.", "Pasākums", "Atbildīgais", "Sadarbības partneri", "Izpildes termiņš", "Rezultatīvie rādītāji", "Finansējuma avots", "Indikatīvā summa (EUR)")  # fmt: skip


def _book() -> tuple[io.BytesIO, Any]:
    buffer = io.BytesIO()
    return buffer, xlsxwriter.Workbook(buffer, {"strings_to_urls": False})


def merged_rows() -> bytes:
    """An action plan: priorities, directions and tasks as rows merged over the table, a cell with several lines of money."""
    buffer, book = _book()
    book.add_worksheet("Saturs").write(0, 0, "Talkas novada attīstības programma 2021.–2027. gadam")
    sheet = book.add_worksheet("Rīcības plāns")
    sheet.merge_range(0, 0, 0, 7, "Rīcības plāns 2021.–2027. gadam")
    sheet.write_row(2, 0, MERGED_HEADER)
    sheet.write_row(3, 0, list(range(1, 9)))
    sheet.merge_range(4, 0, 4, 7, "Vidēja termiņa prioritāte VTP1: Pieejama vide")
    sheet.merge_range(5, 0, 5, 7, "RV1.1. Droša kustība")
    sheet.merge_range(6, 0, 6, 7, "Uzdevums U1.1.1. Veidot veloceliņu tīklu")
    sheet.write_row(7, 0, ("R1.1.1.1.", "Apsekot ielas un ceļus*", "Attīstības nodaļa", "Biedrība „Ritenis”, skolas", "2021.–2023.", "Apsekotas 20 ielas", "Pašvaldības budžets", "12 500,00"))  # fmt: skip
    sheet.merge_range(8, 0, 9, 0, "R1.1.1.2.")
    sheet.merge_range(8, 1, 9, 1, "Izbūvēt veloceliņu Grīzupes ielā")
    sheet.merge_range(8, 2, 9, 2, "Attīstības nodaļa")
    sheet.merge_range(8, 4, 9, 4, "2022. gada II cet. – 2024.")
    sheet.write_row(8, 6, ("ES fondi (ERAF)", 850000))
    sheet.write_row(9, 6, ("Pašvaldības budžets", "150 000"))
    sheet.write_row(10, 0, ("", "Kopā", "", "", "", "", "", "1 012 500,00"))
    sheet.merge_range(11, 0, 11, 7, "U1.1.2. Mierīga satiksme pie skolām")
    sheet.write_row(12, 0, ("R1.1.2.1.", "Apmācīt skolēnus", "Izglītības, kultūras un sporta pārvalde", "", "pastāvīgi", "Apmācīti visi 5. klašu skolēni", "Pašvaldības budžets", 7000))  # fmt: skip
    sheet.write_row(13, 1, ("Pavisam kopā", "", "", "", "", "", 1019500))
    sheet.write(15, 0, "* Pašvaldības un valsts ceļi apdzīvotās vietās.")
    book.close()
    return buffer.getvalue()


def percentages() -> bytes:
    """An investment plan with a total and shares in per cent, the header in two rows."""
    buffer, book = _book()
    sheet = book.add_worksheet("Investīciju plāns")
    for column, name in enumerate(
        ("Nr. p. k.", "Projekta nosaukums", "Saskaņa ar VTP, RV, U", "Indikatīvā summa (EUR)")
    ):
        sheet.merge_range(0, column, 1, column, name)
    sheet.merge_range(0, 4, 0, 7, "Finanšu instruments")
    sheet.write_row(
        1, 4, ("Pašvaldības budžets, %", "ES fondu finansējums, %", "Privātais sektors, %", "Citi finansējuma avoti, %")
    )
    sheet.merge_range(0, 8, 0, 9, "Plānotais laika posms")
    sheet.write_row(1, 8, ("sākums", "beigas"))
    sheet.merge_range(0, 10, 1, 10, "Atbildīgais par projekta īstenošanu (sadarbības partneri)")
    percent = book.add_format({"num_format": "0%"})
    sheet.write_row(2, 0, ("I1", "Bibliotēkas pārbūve", "VTP1, RV1.1, U1.1.1", "640 000,00", "15", "85", "–", "–", 2022, 2023, "Attīstības nodaļa (Talkas bibliotēka)"))  # fmt: skip
    sheet.write_row(3, 0, ("I2", "Saules paneļi skolai", "U1.1.1", 100000))
    sheet.write_number(3, 4, 0.333, percent)
    sheet.write_number(3, 5, 0.667, percent)
    sheet.write_row(3, 8, ("2024. gada I cet.", "2024. gada IV cet.", "Attīstības nodaļa"))
    sheet.write_row(
        4, 0, ("I3", "Stāvlaukums", "U1.1.1", "50 000", "60 %", "", "30 %", "", 2025, 2025, "Attīstības nodaļa")
    )
    book.close()
    return buffer.getvalue()


def years_as_columns() -> bytes:
    """Investments with what they stand below in columns, money by source and year in a header of three rows, in thousands."""
    buffer, book = _book()
    sheet = book.add_worksheet("IP 2024–2026")
    for column, name in enumerate(("Uzdevums", "Kods", "Investīciju projekts", "Atbildīgais")):
        sheet.merge_range(0, column, 2, column, name)
    sheet.merge_range(0, 4, 0, 9, "Finansējums, tūkst. EUR")
    sheet.merge_range(1, 4, 1, 6, "Pašvaldības budžets")
    sheet.merge_range(1, 7, 1, 9, "ES fondi")
    sheet.write_row(2, 4, (2024, 2025, 2026, 2024, 2025, 2026))
    sheet.merge_range(0, 10, 2, 10, "Kopā")
    sheet.merge_range(3, 0, 4, 0, "U1.1.1 Veidot veloceliņu tīklu")
    sheet.write_row(
        3, 1, ("I1.1.1.1", "Veloceliņš Grīzupes ielā", "Attīstības nodaļa", 10, 20.5, None, 100, 200, None, 330.5)
    )
    sheet.write_row(4, 1, ("I1.1.1.2", "Veloceliņš uz Dzirnupi", "Attīstības nodaļa", None, 5, 5, None, None, 90, 110))
    sheet.write(5, 0, "U1.1.2 Mierīga satiksme")
    sheet.write_row(5, 1, ("I1.1.2.1", "Ātrumvaļņi", "Attīstības nodaļa", 3, None, None, None, None, None, 3))
    sheet.write(6, 2, "Kopā:")
    sheet.write_row(6, 4, (13, 25.5, 5, 100, 200, 90))
    book.close()
    return buffer.getvalue()


def old_csv() -> bytes:
    """A list as an old program saves it: cp1257, semicolons, numbers with commas, codes without words."""
    rows: list[Sequence[str]] = [
        ("Nr.", "Pasākuma nosaukums", "Atbildīgais", "Termiņš", "Statuss", "Plānotās izmaksas"),
        ("1.", "Pieejama vide", "", "", "", ""),
        ("1.1.", "Droša kustība", "", "", "", ""),
        ("1.1.1.", "Apsekot ielas", "Attīstības nodaļa", "2021-2023", "Izpildīts", "12 500,00"),
        ("1.1.2.", "Šķērsot ceļu droši", "Attīstības nodaļa", "līdz 2027", "tiek īstenots", "7 300,50"),
        ("1.2.", "Ēkas", "", "", "", ""),
        ("1.2.1.", "Nojaukt graustus", "Attīstības nodaļa", "2025.g.", "nav uzsākts", "–"),
    ]
    return csv_of(rows, delimiter=";", encoding="cp1257")


def document() -> bytes:
    """A landscape DOCX with the action plan as a table: headings over all columns, marks of footnotes, notes below."""
    paper = docx.Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    paper.add_heading("Rīcības plāns", 1)
    paper.add_paragraph("3. tabula. Rīcības plāns 2021.–2027. gadam")
    table = paper.add_table(7, 5)
    for column, name in enumerate(
        ("Nr.", "Rīcība", "Atbildīgie izpildītāji", "Īstenošanas laiks", "Rezultatīvais rādītājs")
    ):
        table.cell(0, column).text = name
    table.cell(1, 0).merge(table.cell(1, 4)).text = "VTP1 Pieejama vide"
    table.cell(2, 0).merge(table.cell(2, 4)).text = "RV1.1 Droša kustība"
    table.cell(3, 0).merge(table.cell(3, 4)).text = "U1.1.1 Veidot veloceliņu tīklu"
    for row, cells in enumerate(
        (
            (
                "R1.1.1.1",
                "Apsekot ielas",
                "Attīstības nodaļa; Izglītības, kultūras un sporta pārvalde",
                "2021.–2023.",
                "20 ielas",
            ),
            (
                "R1.1.1.2",
                "Atjaunot laukumu 500 m",
                "Attīstības nodaļa",
                "2024. gada III ceturksnis",
                "Atjaunots laukums",
            ),
        ),
        start=4,
    ):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    mark = table.cell(4, 1).paragraphs[0].add_run("1")
    mark.font.superscript = True
    square = table.cell(5, 1).paragraphs[0].add_run("2")
    square.font.superscript = True
    table.cell(6, 0).merge(table.cell(6, 4)).text = "1) Tikai pašvaldības ielas."
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()
