# SPDX-License-Identifier: EUPL-1.2
"""Cells made into values, as people here write them: dates, numbers, yes and no. Plain values in and out, no clock, no database."""

import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from django.utils.timezone import localtime

from talka.core.dates import ENGLISH_MONTHS, LATVIAN_MONTHS
from talka.core.text import fold
from talka.imports.reading import Cell

_SERIAL_ZERO = datetime(1899, 12, 30)
_YES = {
    "ja",
    "yes",
    "true",
    "да",
    "y",
    "j",
    "x",
    "1",
    "v",
    "+",
    "✓",
    "✔",
    "piekritu",
    "atlauju",
    "i agree",
    "согласен",
    "согласна",
}
_NO = {"ne", "no", "false", "нет", "n", "0", "-", "–", "nepiekritu", "neatlauju", "не согласен"}


def text_of(cell: Cell) -> str:
    """Write a cell as the text that its reader sees.

    >>> text_of(29123456.0), text_of(4.5), text_of(True), text_of(date(2026, 11, 24)), text_of(None)
    ('29123456', '4,5', 'jā', '24.11.2026.', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "jā" if cell else "nē"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.10g}".replace(".", ",")
    if isinstance(cell, datetime):
        return f"{cell:%d.%m.%Y. %H:%M:%S}" if cell.second else f"{cell:%d.%m.%Y. %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y.}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return str(cell)


def canonical(cell: Cell) -> str:
    """Write a cell so that the same thing is the same text in an XLSX and a CSV export: small letters, moments to the minute.

    >>> canonical(datetime(2026, 11, 24, 14, 5, 33)) == canonical("24.11.2026 14:05:33")
    True
    """
    if isinstance(cell, str):
        short = cell if len(cell) < 60 else ""
        cell = (moment_of(short) if short and short[:1].isdigit() else None) or cell
    if isinstance(cell, datetime | date):
        moment = cell if isinstance(cell, datetime) else datetime.combine(cell, time())
        if moment.tzinfo is not None:
            moment = localtime(moment)
        return f"{moment:%Y-%m-%dT%H:%M}"
    return " ".join(normalize("NFC", text_of(cell)).casefold().split())


# --- Moments --------------------------------------------------------------------------------------

_MONTHS = {fold(form): number for number, forms in enumerate(LATVIAN_MONTHS, start=1) for form in forms}
_MONTHS |= {name.lower(): number for number, name in enumerate(ENGLISH_MONTHS, start=1)}
_MONTHS |= {name[:3].lower(): number for number, name in enumerate(ENGLISH_MONTHS, start=1)}
_CLOCK = r"(?:[ T,]+(?:plkst\.? ?)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?)?"
_HALF = r"(?: ?(?P<half>am|pm|prieksp\w*|pecp\w*))?(?: ?(?P<zone>z|(?:utc|gmt)?(?:[+-]\d{1,2}(?::?\d{2})?)?|eest|eet))?"
_SHAPES = tuple(
    re.compile(rf"{day}{_CLOCK}{_HALF}", re.ASCII)
    for day in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\.?",
        r"(?P<first>\d{1,2})[./-] ?(?P<other>\d{1,2})[./-] ?(?P<year>\d{4})\.?(?: ?g\.)?",
        r"(?P<year>\d{4})\. ?g(?:ada|\.)? ?(?P<day>\d{1,2})\. ?(?P<name>[a-z]+)",
        r"(?P<day>\d{1,2})\.? ?(?P<name>[a-z]+)\.? (?P<year>\d{4})\.?(?: ?g(?:ada|\.)?)?",
    )
)


def moment_of(cell: Cell, *, month_first: bool = False) -> datetime | date | None:
    """Read a day or moment: of local time unless a zone stands beside it; nothing where it is none.

    Takes what spreadsheets, registers and Google Forms write; ``month_first`` for the American order with strokes.

    >>> moment_of("24.11.2026 14:05:33"), moment_of("24.11.2026. plkst. 9.05")
    (datetime.datetime(2026, 11, 24, 14, 5, 33), datetime.datetime(2026, 11, 24, 9, 5))
    >>> moment_of("11/24/2026 14:05:33", month_first=True), moment_of("2026/11/24 2:05:33 PM GMT+2").isoformat()
    (datetime.datetime(2026, 11, 24, 14, 5, 33), '2026-11-24T14:05:33+02:00')
    >>> moment_of("2026. gada 24. novembrī"), moment_of("3. martā 2026"), moment_of(46350.0), moment_of("31.02.2026")
    (datetime.date(2026, 11, 24), datetime.date(2026, 3, 3), datetime.date(2026, 11, 24), None)
    """
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or cell is None or isinstance(cell, time):
        return None
    if isinstance(cell, int | float):
        return _from_serial(cell)
    written = " ".join(fold(cell).split())
    for shape in _SHAPES:
        found = shape.fullmatch(written)
        if found:
            return _put_together(found.groupdict(), month_first=month_first)
    return None


def _from_serial(number: float) -> datetime | date | None:
    """Read the number by which spreadsheets count days, where it can be one: from 1954 to 2119."""
    if not 20_000 <= number < 80_000:
        return None
    moment = _SERIAL_ZERO + timedelta(seconds=round(number * 86_400))
    return moment.date() if moment.time() == time() else moment


def _put_together(parts: dict[str, str | None], *, month_first: bool) -> datetime | date | None:
    if parts.get("name"):
        month = _MONTHS.get(str(parts["name"]), 0)
        day = int(str(parts["day"]))
    elif parts.get("first"):
        day, month = int(str(parts["first"])), int(str(parts["other"]))
        if month_first:
            day, month = month, day
    else:
        day, month = int(str(parts["day"])), int(str(parts["month"]))
    try:
        whole = date(int(str(parts["year"])), month, day)
        if parts["hour"] is None:
            return whole
        hour = int(parts["hour"])
        half = parts.get("half") or ""
        if half:
            hour = hour % 12 + (12 if half.startswith(("pm", "pec")) else 0)
        zone = _zone_of(parts.get("zone") or "")
        return datetime.combine(whole, time(hour, int(str(parts["minute"])), int(parts["second"] or 0)), tzinfo=zone)
    except ValueError:
        return None


def _zone_of(written: str) -> timezone | None:
    """Return the zone that stands beside a moment; nothing where none does."""
    if not written:
        return None
    hours = {"z": 0, "utc": 0, "gmt": 0, "eet": 2, "eest": 3}.get(written)
    if hours is None:
        sign, digits = re.findall(r"[+-]|\d+", written)[0], re.sub(r"\D", "", written)
        whole, minutes = (digits, "0") if len(digits) < 3 else (digits[:-2], digits[-2:])
        return timezone((1 if sign == "+" else -1) * timedelta(hours=int(whole), minutes=int(minutes)))
    return timezone(timedelta(hours=hours))


def is_month_first(cells: list[Cell]) -> bool:
    """Say whether the dates of a column stand in the American order, which only days after the twelfth give away.

    >>> is_month_first(["02/03/2026", "11/24/2026"]), is_month_first(["02/03/2026", "24/11/2026"]), is_month_first(["02/03/2026"])
    (True, False, False)
    """
    pairs = [re.match(r"(\d{1,2})/(\d{1,2})/\d{4}", cell) for cell in cells if isinstance(cell, str)]
    found = [(int(pair[1]), int(pair[2])) for pair in pairs if pair]
    return any(other > 12 for _first, other in found) and all(first <= 12 for first, _other in found)


# --- Numbers, yes and no --------------------------------------------------------------------------


def number_of(cell: Cell) -> Decimal | None:
    """Read a number with a comma or a full stop, with spaces between thousands; nothing where it is none.

    >>> number_of("1 234,50"), number_of("56.9496"), number_of(4.5), number_of("1.234,5"), number_of("trīs")
    (Decimal('1234.50'), Decimal('56.9496'), Decimal('4.5'), Decimal('1234.5'), None)
    """
    if isinstance(cell, bool) or cell is None or isinstance(cell, date | time):
        return None
    if isinstance(cell, int | float):
        return Decimal(str(cell))
    written = re.sub(r"[\s\u00a0\u202f']", "", cell)
    if "," in written and "." in written:
        thousands = "." if written.rfind(",") > written.rfind(".") else ","
        written = written.replace(thousands, "")
    written = written.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{0,15})?", written, re.ASCII):
        return None
    try:
        return Decimal(written)
    except InvalidOperation:
        return None


def truth_of(cell: Cell) -> bool | None:
    """Read yes or no in Latvian, English and Russian; nothing where it is neither.

    >>> truth_of("Jā"), truth_of("nē"), truth_of("x"), truth_of(0.0), truth_of("varbūt"), truth_of("Jā, piekrītu")
    (True, False, True, False, None, True)
    """
    if isinstance(cell, bool):
        return cell
    word = fold(text_of(cell)).strip(" .!")
    if word in _YES or re.split(r"[,.; ]", word)[0] in {"ja", "yes", "да"}:
        return True
    return False if word in _NO or re.split(r"[,.; ]", word)[0] in {"ne", "no", "нет"} else None
