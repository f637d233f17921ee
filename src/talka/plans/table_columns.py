# SPDX-License-Identifier: EUPL-1.2
"""The one table in which a plan is given out and taken in again: its columns, and what stands in their cells.

The names are Latvian whatever the language of the reader, so that a file is the same file for everybody. Plain values in
and out, no database.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from talka.core.text import fold


@dataclass(frozen=True)
class Column:
    """A column that every such table has: its key in Talka, and its name in the header."""

    key: str
    name: str


COLUMNS = (
    Column("code", "Kods"),
    Column("level", "Līmenis"),
    Column("parent", "Augstākā punkta kods"),
    Column("title", "Nosaukums"),
    Column("description", "Apraksts"),
    Column("result", "Sagaidāmais rezultāts"),
    Column("organization", "Atbildīgā iestāde"),
    Column("partners", "Sadarbības partneri"),
    Column("partners_note", "Citi partneri"),
    Column("starts", "Sākums"),
    Column("ends", "Beigas"),
    Column("areas", "Teritorijas"),
    Column("topics", "Temati"),
    Column("serves", "Īsteno (kodi)"),
    Column("goals", "Mērķi"),
    Column("state", "Statuss"),
    Column("percent", "Paveikts %"),
)
"""In the order in which they stand; the columns of money follow, see ``Money``."""

MONEY_BY_ROW = (
    Column("source", "Finansējuma avots"),
    Column("fund", "Fonds"),
    Column("year", "Gads"),
    Column("money", "Plānotais finansējums (EUR)"),
)
"""Where money stands in rows and not in columns: each sum in a row, the first beside the node, the others below it."""

SOURCES = {
    "municipal": "pašvaldības budžets",
    "eu": "ES fonds",
    "state": "valsts budžets",
    "private": "privātais finansējums",
    "loan": "aizņēmums",
    "other": "cits avots",
    "open": "avots vēl jāatrod",
}
STATES = {"not_started": "nav sākts", "under_way": "tiek īstenots", "done": "izpildīts", "dropped": "atcelts"}

WHOLE_TERM = "viss termiņš"
_MONEY = "Finansējums"
_SOURCE_OF = {fold(name): key for key, name in SOURCES.items()}


@dataclass(frozen=True)
class Money:
    """A column of planned money, EUR: from one source in one year; without a year for the whole term."""

    source: str
    fund: str = ""
    year: int | None = None

    @property
    def name(self) -> str:
        """Return how the column is called.

        >>> Money("eu", "ERAF", 2025).name, Money("loan").name
        ('Finansējums: ES fonds: ERAF 2025', 'Finansējums: aizņēmums viss termiņš')
        """
        source = f"{SOURCES[self.source]}: {self.fund}" if self.fund else SOURCES[self.source]
        return f"{_MONEY}: {source} {self.year or WHOLE_TERM}"


def money_of(name: str) -> Money | None:
    """Return which money a column of this name holds; nothing for any other column.

    >>> money_of("Finansējums: ES fonds: ERAF 2025"), money_of("Finansējums: aizņēmums viss termiņš")
    (Money(source='eu', fund='ERAF', year=2025), Money(source='loan', fund='', year=None))
    >>> money_of("Finansējums 2025"), money_of("Kods")
    (None, None)
    """
    found = re.fullmatch(rf"{_MONEY}: (.+) (\d{{4}}|{WHOLE_TERM})", name.strip())
    if found is None:
        return None
    label, _colon, fund = found[1].partition(": ")
    source = _SOURCE_OF.get(fold(label))
    if source is None:
        return None
    return Money(source, fund.strip(), None if found[2] == WHOLE_TERM else int(found[2]))


def joined(names: Iterable[str]) -> str:
    r"""Write several names into one cell, with semicolons between; one within a name gets a backslash in front.

    >>> joined(["Būvvalde", "SIA “A; B”"])
    'Būvvalde; SIA “A\\; B”'
    """
    return "; ".join(name.replace("\\", "\\\\").replace(";", "\\;") for name in names)


def parted(cell: str) -> list[str]:
    r"""Return the names that a cell holds; the opposite of ``joined``.

    >>> parted(joined(["Būvvalde", "SIA “A; B”", "C\\D"])), parted(" ; ")
    (['Būvvalde', 'SIA “A; B”', 'C\\D'], [])
    """
    names, name, escaped = [], "", False
    for letter in cell:
        if escaped:
            name += letter if letter in "\\;" else f"\\{letter}"
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == ";":
            names.append(name)
            name = ""
        else:
            name += letter
    names.append(name + "\\" * escaped)
    return [part for part in (" ".join(name.split()) for name in names) if part]


def path_of(name: str, above: str, *, is_code: bool) -> str:
    """Write what something stands below: a code alone; a title after what the titled one stands below itself, up to a code.

    ``name``: code or title of the nearest; ``above``: what this function wrote for the one that it stands below.

    >>> path_of("RV1.1", "VTP1", is_code=True), path_of("Vide", "", is_code=False), path_of("Ūdens; zeme", "VTP1", is_code=False)
    ('RV1.1', 'Vide', 'VTP1; Ūdens\\\\; zeme')
    """
    own = joined([name])
    return own if is_code or not above else f"{above}; {own}"


def when(year: int | None, quarter: int | None) -> str | int:
    """Write a year, or a quarter of it; an empty text for none.

    >>> when(2025, 2), when(2025, None), when(None, None)
    ('2025. gada II ceturksnis', 2025, '')
    """
    if year is None:
        return ""
    return f"{year}. gada {('I', 'II', 'III', 'IV')[quarter - 1]} ceturksnis" if quarter else year


def pointed(place: str, code: str) -> str:
    """Write what a node points at: a code of another plan (its address part), a goal of a list (its short name).

    >>> pointed("strategija-2030", "SM1"), pointed("sdg", "11")
    ('strategija-2030: SM1', 'sdg: 11')
    """
    return f"{place}: {code}"


def pointing(name: str) -> tuple[str, str]:
    """Return place and code of what ``pointed`` wrote; an empty place where only a code stands.

    >>> pointing("sdg: 11"), pointing("SM1")
    (('sdg', '11'), ('', 'SM1'))
    """
    place, colon, code = name.partition(": ")
    return (place.strip(), code.strip()) if colon else ("", name.strip())
