# SPDX-License-Identifier: EUPL-1.2
"""Values of indicators as people write them: ``12,5``, ``12.5``, ``1 234``, ``45 %``. Plain values in and out."""

import re
from decimal import Decimal

from talka.imports.values import number_of

MOST = Decimal(10) ** 14
"""Values are smaller than this; at most four decimal places are kept."""


class NoValue(ValueError):
    """What was written is no value; ``code`` says why: not_a_number, other_unit, two_ways, too_large, too_fine."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_value(written: str, unit: str = "") -> Decimal:
    """Read a value; its own unit may stand behind it. Raises ``NoValue``.

    A single mark before exactly three figures could be a comma of thousands or of decimals; nobody is to guess.

    >>> read_value("12,5"), read_value("12.5"), read_value("1 234"), read_value("-0,5"), read_value("0,125")
    (Decimal('12.5'), Decimal('12.5'), Decimal('1234'), Decimal('-0.5'), Decimal('0.125'))
    >>> read_value("45 %", "%"), read_value("4,2km", "km"), read_value("1 234,56"), read_value("1.234,5")
    (Decimal('45'), Decimal('4.2'), Decimal('1234.56'), Decimal('1234.5'))
    >>> for wrong, unit in (("45 %", "km"), ("daudz", ""), ("1.234", ""), ("1" + "0" * 14, ""), ("0,00001", "")):
    ...     try:
    ...         read_value(wrong, unit)
    ...     except NoValue as error:
    ...         print(error.code)
    other_unit
    not_a_number
    two_ways
    too_large
    too_fine
    """
    text = " ".join(written.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2212", "-").split())
    if unit and text.casefold().endswith(unit.casefold()):
        text = text[: -len(unit)].rstrip()
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", text, re.ASCII):
        raise NoValue("two_ways")
    value = number_of(text)
    if value is None:
        raise NoValue("other_unit" if re.match(r"[+-]?[\d\s.,]*\d\s*\D+$", text) else "not_a_number")
    if abs(value) >= MOST:
        raise NoValue("too_large")
    if value != value.quantize(Decimal("0.0001")):
        raise NoValue("too_fine")
    return value


def write_value(value: Decimal, language: str) -> str:
    """Write a value as it is typed: no marks between thousands, no zeros at the end; ``read_value`` gives it back.

    >>> write_value(Decimal("12.5000"), "lv"), write_value(Decimal("640000.0000"), "en"), write_value(Decimal("1.2340"), "lv")
    ('12,5', '640000', '1,2340')
    """
    text = f"{value.normalize():f}"
    if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text):
        text += "0"
    return text.replace(".", ",") if language == "lv" else text


def plain(value: Decimal) -> Decimal:
    """Return a value without zeros at its end, and never as a power of ten.

    >>> plain(Decimal("640000.0000")), plain(Decimal("-0.5000"))
    (Decimal('640000'), Decimal('-0.5'))
    """
    return Decimal(f"{value.normalize():f}")
