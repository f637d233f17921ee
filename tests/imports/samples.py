# SPDX-License-Identifier: EUPL-1.2
"""Tables as they are found: made here by code, in the shapes in which people send them, and some that mean harm."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

GOOGLE_HEADER = (
    "Laika zīmogs", "E-pasta adrese", "Ko Jūs ierosināt uzlabot savā pagastā?", "Kāpēc tas ir vajadzīgs?", "Jūsu vārds, uzvārds", "Pagasts",
)  # fmt: skip
GOOGLE_LINES = (
    ("24.11.2025 14:05:33", "anna@example.lv", "Vajag veloceliņu no skolas līdz Dzirnupei.", "Bērni brauc pa šosejas malu.", "Anna Kļaviņa", ""),
    ("24.11.2025 18:40:01", "", "Atjaunojiet rotaļu laukumu pie bibliotēkas, šūpoles ir salūzušas.", "", "", ""),
    ("25.11.2025 07:12:59", "janis@example.lv", "Lūdzu soliņus kapsētas ceļā; vecākiem cilvēkiem nav kur atpūsties.", "Ceļš ir divus kilometrus garš.", "Jānis Šķēle", ""),
)  # fmt: skip

GEOLATVIJA_HEADER = (
    "Priekšlikuma ID", "Plānošanas dokuments", "Iesniegšanas datums un laiks", "Iesniedzējs", "Iesniedzēja e-pasts", "Priekšlikuma teksts", "X koordināta", "Y koordināta",
)  # fmt: skip
GEOLATVIJA_LINES = (
    (8101, "Attīstības programma", datetime(2025, 10, 2, 9, 30), "Ilze Bērziņa", "ilze@example.lv", "Saglabāt mežu pie ezera.", 506891.7, 311981.7),
    (8102, "Attīstības programma", datetime(2025, 10, 3, 21, 5), "SIA „Priede”", "", "Paredzēt pievedceļu ražotnei.", None, None),
)  # fmt: skip

OTHER_HEADER = ("Reģ. Nr.", "Datums", "Saņemšanas veids", "Iesniedzējs", "Adrese", "Tālrunis", "Saturs")
OTHER_LINES = (
    ("1-11/204", "3. martā 2025", "Vēstule", "Velta Ozola", "Lauku iela 1, Talka, LV-4101", 29123456, "Vajag apgaismojumu Lauku ielā."),
    ("1-11/205", "05.03.2025.", "pa tālruni", "Pēteris Liepa", "", "+371 20 000 001", "Bedres ceļā uz kapiem."),
    ("1-11/206", date(2025, 3, 6), "klātienē", "", "", "", "Slēgts tualetes kioska logs tirgū."),
)  # fmt: skip


def csv_of(rows: Iterable[Sequence[Any]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Write a CSV by hand, as programs do that know little of it."""

    def quoted(value: Any) -> str:
        text = "" if value is None else str(value)
        return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(c in text for c in f'{delimiter}"\n') else text

    return "\r\n".join(delimiter.join(quoted(value) for value in row) for row in rows).encode(encoding)


def xlsx_of(
    rows: Iterable[Sequence[Any]],
    *,
    titles: Sequence[str] = (),
    name: str = "Lapa1",
    empty_after: int = 0,
    other: bool = False,
) -> bytes:
    """Write an XLSX: merged titles above, empty formatted rows below, and another sheet beside where wanted."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_urls": False})
    day, moment = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "dd.mm.yyyy hh:mm:ss"})
    if other:
        book.add_worksheet("Par tabulu").write(0, 0, "Sagatavoja Lietvedības nodaļa")
    sheet = book.add_worksheet(name)
    for above, title in enumerate(titles):
        sheet.merge_range(above, 0, above, 5, title)
    line = len(titles)
    for line, row in enumerate(rows, start=len(titles)):
        for column, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(line, column, value, moment)
            elif isinstance(value, date):
                sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)
            elif value is not None:
                sheet.write(line, column, value)
    for extra in range(empty_after):
        sheet.write_blank(line + 1 + extra, 0, None, day)
    book.close()
    return buffer.getvalue()


def google_csv() -> bytes:
    """What Google Forms gives in Latvian."""
    return csv_of([GOOGLE_HEADER, *GOOGLE_LINES])


def many_lines(number: int) -> list[tuple[Any, ...]]:
    """A long list: a header and so many lines, all different."""
    header = ("Datums", "Kanāls", "Vārds, uzvārds", "E-pasts", "Priekšlikums")
    return [
        header,
        *(
            ("12.05.2025", "e-pasts", f"Iedzīvotājs {n}", f"iedzivotajs{n}@example.lv", f"Lūdzu salabot ceļu pie mājas numur {n}, tur ir bedres.")
            for n in range(number)
        ),
    ]  # fmt: skip


# --- Harm -----------------------------------------------------------------------------------------


def changed_part(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return an archive in which something stands otherwise in one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
        for info in archive.infolist():
            data = archive.read(info)
            if info.filename == part:
                assert old in data
                data = data.replace(old, new)
            changed.writestr(info.filename, data)
    return out.getvalue()


def far_cell() -> bytes:
    """A file of a few kilobytes whose last cell lies in the last row of the last column."""
    return changed_part(xlsx_of([("a", "b"), ("c", "d")]), "xl/worksheets/sheet1.xml", b'r="B2"', b'r="XFD1048576"')


def zip_bomb() -> bytes:
    """A file that unpacks to a gigabyte."""
    out = io.BytesIO(xlsx_of([("a", "b")]))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/image1.png", "w", force_zip64=True) as part,
    ):
        for _ in range(500):
            part.write(bytes(1_000_000))
    return out.getvalue()


def with_macros() -> bytes:
    """A workbook that holds a program."""
    out = io.BytesIO(xlsx_of([("Teksts",), ("Vajag soliņus.",)]))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return out.getvalue()


def repeated_cell(columns: int, rows: int) -> bytes:
    """An ODS in which one cell stands for many columns, and its row for many rows."""
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="L">'
        f'<table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def encrypted_zip() -> bytes:
    """An archive whose parts say that they are encrypted."""
    content = bytearray(xlsx_of([("a", "b")]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def encrypted_office() -> bytes:
    """The beginning of an XLSX that was saved with a password: an OLE container with an encrypted package."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
