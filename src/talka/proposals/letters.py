# SPDX-License-Identifier: EUPL-1.2
"""Printed letters with answers: A4, folded in three for a DL envelope with a window. Plain values in, a PDF out.

The window of a DL envelope is 90 × 45 mm, 20 mm from its left edge and 15 mm from its lower one. The sheet can move by 10 mm sideways and
11 mm up and down in the envelope; what is seen in every position lies 20–100 mm from the left and 50–84 mm from the top
of the sheet. The addressee stands there, and nothing else does.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from talka.core.typesetting import pdf

MOST_LINES = 6
"""As many lines of the addressee as the window shows."""


@dataclass(frozen=True)
class Letter:
    """One letter, all in words as they are printed."""

    sender: Sequence[str]
    date: str
    number: str
    addressee: Sequence[str]
    salutation: str
    subject: str
    text: str
    signed_name: str
    signed_title: str
    notes: Sequence[str]
    language: str = "lv"


def address_lines(address: str) -> list[str]:
    """Break a postal address at its commas and line ends, as it is written on an envelope.

    >>> address_lines("„Purmaļi”, Meldrāju pagasts, Talkas novads, LV-4101")
    ['„Purmaļi”', 'Meldrāju pagasts', 'Talkas novads', 'LV-4101']
    >>> address_lines("Rīgas iela 3–12,Talka,\\nLV-4100,")
    ['Rīgas iela 3–12', 'Talka', 'LV-4100']
    """
    return [part for piece in re.split(r"[,\n]", address) if (part := piece.strip())]


def addressee_lines(names: Sequence[str], address: str) -> list[str]:
    """Put names above the address, in no more lines than the window shows.

    >>> addressee_lines(["Biedrībai „Spieķis”", "Andrim Krauklim"], "Upes iela 1, Talka, Talkas pilsēta, Talkas novads, LV-4101")
    ['Biedrībai „Spieķis”', 'Andrim Krauklim', 'Upes iela 1', 'Talka, Talkas pilsēta', 'Talkas novads', 'LV-4101']
    """
    above, below = [name for name in names if name], address_lines(address)
    while len(above) + len(below) > MOST_LINES and len(below) > 1:
        middle = range(1, len(below) - 2) or range(
            len(below) - 1
        )  # house and post code keep their lines where they can
        joined = min(middle, key=lambda line: len(below[line]) + len(below[line + 1]))
        below[joined : joined + 2] = [", ".join(below[joined : joined + 2])]
    return above + below


def typeset(letters: Sequence[Letter], *, title: str, made_at: datetime) -> bytes:
    """Return one PDF (PDF/UA-1) with all letters, each beginning on a page of its own with page numbers of its own."""
    facts = {"title": title, "language": letters[0].language, "letters": [asdict(letter) for letter in letters]}
    return pdf("proposals/letters.typ", facts, made_at=made_at)
