# SPDX-License-Identifier: EUPL-1.2
"""Files of the demonstration, made here: a table of streets, and a resident's sketch of a crossing."""

import io

import xlsxwriter
from PIL import Image, ImageDraw

from talka.files.forms import Upload
from talka.files.inspection import inspect

STREETS = (
    ("Skolas iela", 820, "asfalts", 2009, "bedres pie skolas vārtiem; ietve tikai vienā pusē"),
    ("Stacijas iela", 1140, "asfalts", 2014, "laba"),
    ("Upes iela", 640, "grants", None, "putekļi vasarā, izskalojumi pavasarī"),
    ("Kalna iela", 510, "grants", None, "stāvs posms; ziemā slidens"),
    ("Vecā iela", 390, "bruģis", 1936, "aizsargājams bruģis; iesēdumi pie Nr. 7–11"),
    ("Dārza iela", 720, "asfalts", 2003, "plaisas visā garumā"),
    ("Ozolu iela", 450, "asfalts", 2019, "laba"),
)
"""Street, length in metres, surface, year it was last renewed, condition."""


def street_survey() -> Upload:
    """Return the survey of the town's streets as a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Ielas")
        bold = workbook.add_format({"bold": True})
        for column, (title, width) in enumerate(
            (("Iela", 18), ("Garums, m", 11), ("Segums", 11), ("Atjaunots", 11), ("Stāvoklis", 48))
        ):
            sheet.set_column(column, column, width)
            sheet.write(0, column, title, bold)
        for row, street in enumerate(STREETS, start=1):
            for column, value in enumerate(street):
                sheet.write(row, column, value)
        sheet.write(len(STREETS) + 1, 0, "Kopā", bold)
        sheet.write_formula(
            len(STREETS) + 1, 1, f"=SUM(B2:B{len(STREETS) + 1})", bold, sum(street[1] for street in STREETS)
        )
    return Upload("Talkas ielu apsekojums.xlsx", inspect(out.getvalue()))


def crossing_sketch() -> Upload:
    """Return a sketch of a street with a crossing where a resident would like one."""
    picture = Image.new("RGB", (900, 560), "#f4f1e8")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 220, 900, 340), fill="#8a8f91")
    draw.rectangle((0, 195, 900, 220), fill="#cfc9b8")
    draw.rectangle((0, 340, 900, 365), fill="#cfc9b8")
    for stripe in range(5):
        draw.rectangle((405, 226 + stripe * 23, 495, 238 + stripe * 23), fill="#ffffff")
    for dash in range(0, 900, 60):
        if not 380 < dash < 500:
            draw.rectangle((dash, 278, dash + 30, 282), fill="#ffffff")
    draw.rectangle((340, 40, 560, 180), fill="#d9b38c", outline="#5b4632", width=4)
    draw.text((405, 100), "SKOLA", fill="#2b2118", font_size=28)
    draw.rectangle((620, 400, 780, 500), outline="#14564a", width=4)
    draw.text((640, 435), "autobuss", fill="#14564a", font_size=24)
    draw.line((450, 180, 450, 400), fill="#b3261e", width=6)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return Upload("pareja-pie-skolas.png", inspect(out.getvalue()))


def inquiry() -> bytes:
    """Return the letter of an association, one page as a PDF."""
    out = io.BytesIO()
    sheet = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(sheet)
    for row, width in enumerate((700, 920, 860, 940, 600, 0, 880, 930, 420)):
        draw.line((150, 300 + row * 60, 150 + width, 300 + row * 60), fill="#444444", width=10)
    sheet.save(out, format="PDF", resolution=150)
    return out.getvalue()
