# SPDX-License-Identifier: EUPL-1.2
"""What the columns of a plan's table mean: by memory, by the names of our own table, by what such columns are usually called."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from talka.core.text import fold
from talka.imports.headers import name_key
from talka.imports.problems import Wrong
from talka.imports.suggesting import LIKE, likeness
from talka.imports.values import text_of
from talka.plans import table_columns
from talka.plans.importing.fields import BY_KEY, FIELDS, MANY, MONEY
from talka.plans.importing.layout import Layout
from talka.plans.importing.values import money_in, share_in
from talka.plans.models import FIRST_YEAR, LAST_YEAR

SAMPLE = 60

_MONEY_WORDS = re.compile(r"finans|izmaks|summa|\beur\b|euro|budzet|naud|lidzek|money|cost|\bavot")
_THOUSANDS = re.compile(r"tukst|thousand")
_SOURCE_WORDS = (
    ("open", r"jaatrod|nav zinams|nav noteikts|nav nodrosinats"),
    (
        "eu",
        r"\bes\b|eiropas|\beraf\b|\besf\b|kohez|\belfla\b|\bejzf\b|\bejzaf\b|\banm\b|\btpf\b|interreg|\blad\b|taisnig",
    ),
    ("municipal", r"pasvald|novada budz|domes budz|municip"),
    ("private", r"privat"),
    ("loan", r"aiznem|aizdev|kredit|loan"),
    ("state", r"valst|state"),
    ("other", r"\bcit[isu]\b.{0,20}(?:avot|finans|budz|lidzek)|\bcits\b|\bciti\b|other"),
)
_FUND = re.compile(r"\b(ERAF|ESF\+?|KF|ELFLA|EJZF|EJZAF|ANM|TPF|LIFE|Interreg|LEADER)\b")


@dataclass(frozen=True)
class Meaning:
    """What a column means: a field, and for money from which source, which fund, in which year.

    Without ``source`` it is said in another column. ``exact``: a column of our own table, which holds this and nothing else.
    """

    key: str
    source: str = ""
    fund: str = ""
    year: int | None = None
    exact: bool = False

    def packed(self) -> str:
        """Return it as text; the opposite of ``unpacked``."""
        if self.key not in MONEY:
            return self.key
        return ":".join((self.key, self.source, str(self.year or ""), "exact" if self.exact else "", self.fund))


def unpacked(text: str) -> Meaning | None:
    """Return the meaning that was kept as text; nothing for an empty one or one of another version.

    >>> unpacked(Meaning("money", "eu", "ERAF: 2", 2025).packed())
    Meaning(key='money', source='eu', fund='ERAF: 2', year=2025, exact=False)
    """
    key, _colon, rest = text.partition(":")
    if key not in BY_KEY:
        return None
    if key not in MONEY:
        return Meaning(key)
    source, year, exact, fund = (*rest.split(":", 3), "", "", "", "")[:4]
    return Meaning(
        key,
        source if source in table_columns.SOURCES else "",
        fund,
        int(year) if year.isdigit() else None,
        exact == "exact",
    )


def source_in(text: str) -> tuple[str, str]:
    """Return which source of money words mean, and the name of the fund, as far as they say it.

    >>> source_in("ES fondu finansējums (ERAF)"), source_in("Pašvaldības budžets"), source_in("skola")
    (('eu', 'ERAF'), ('municipal', ''), ('', ''))
    """
    folded = fold(text)
    for key, name in table_columns.SOURCES.items():
        label, _colon, fund = text.partition(": ")
        if fold(label.strip()) == fold(name):
            return key, fund.strip()
    known = _FUND.search(text)
    for key, words in _SOURCE_WORDS:
        if re.search(words, folded):
            return key, known[1] if known is not None and key == "eu" else ""
    return ("eu", known[1]) if known is not None else ("", "")


def year_in(text: str) -> int | None:
    """Return the one year that a name says.

    >>> year_in("Finansējums 2025. gads"), year_in("2021–2027")
    (2025, None)
    """
    years = {int(one) for one in re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", text)}
    year = next(iter(years)) if len(years) == 1 else None
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def says_thousands(names: Sequence[str]) -> bool:
    """Say whether the header speaks of thousands."""
    return any(_THOUSANDS.search(fold(name)) and _MONEY_WORDS.search(fold(name)) for name in names)


def suggest(layout: Layout, memory: Mapping[str, str] | None = None) -> dict[int, Meaning]:
    """Return what the columns probably mean; ``memory``: what was chosen the last time, by key of the name."""
    found: dict[int, Meaning] = {}
    claims: dict[str, tuple[float, int]] = {}
    for column, name in enumerate(layout.names):
        key = name_key(name)
        if memory is not None and key in memory:
            own = _exact(name)  # two funds may differ by a mark alone, which the key of a name leaves out
            kept = unpacked(memory[key])
            meaning = own if own is not None and kept is not None and own.exact and kept.exact else kept
            if meaning is not None:
                found[column] = meaning
            continue
        if not key:
            continue
        meaning = _exact(name) or _money(layout, column)
        if meaning is not None:
            found[column] = meaning
            continue
        field, score = max(((one, likeness(one, key)) for one in FIELDS if one.names), key=lambda pair: pair[1])
        if score < LIKE:
            continue
        if field.key in MANY:
            found[column] = Meaning(field.key)
        elif score > claims.get(field.key, (0.0, 0))[0]:
            claims[field.key] = (score, column)
    taken = {meaning.key for meaning in found.values() if meaning.key not in MANY}
    found |= {column: Meaning(key) for key, (_score, column) in claims.items() if key not in taken}
    _settle(found, layout)
    return dict(sorted(found.items()))


def _exact(name: str) -> Meaning | None:
    money = table_columns.money_of(name)
    if money is not None:
        return Meaning("money", money.source, money.fund, money.year, exact=True)
    every = (*table_columns.COLUMNS, *table_columns.MONEY_BY_ROW)
    key = next((one.key for one in every if one.name == name), None)
    return Meaning(key) if key is not None else None


def _money(layout: Layout, column: int) -> Meaning | None:
    """Return which money a column holds, by its name and by what stands in it; nothing for any other column."""
    name = layout.names[column]
    folded = fold(name)
    cells = [line.cell(column) for line in layout.lines if line.sort == "line" and line.cell(column) is not None][
        :SAMPLE
    ]
    is_share = bool(re.search(r"%|procent", folded))
    source, fund = source_in(name)
    year = year_in(name)
    if not source and year is None:
        return None
    numbers = sum(_is_number(cell, share=is_share) for cell in cells)
    if cells and numbers * 2 < len(cells):
        return None
    is_bare_year = year is not None and re.fullmatch(r"\D{0,3}\d{4}\D{0,6}", name) is not None
    if not (_MONEY_WORDS.search(folded) or is_share or (is_bare_year and cells)):
        return None
    if re.search(r"\bkopa\b", folded):
        return None
    return Meaning("share" if is_share else "money", source, fund, year)


def _is_number(cell: object, *, share: bool) -> bool:
    """Say whether a cell is a sum or share, or was meant to be one: “1,2 milj.”, “#REF!”."""
    if isinstance(cell, str) and len(cell) <= 30 and (cell.startswith("#") or any(letter.isdigit() for letter in cell)):
        return True
    try:
        (share_in if share else money_in)(cell)  # type: ignore[arg-type]
    except Wrong:
        return False
    return True


def _settle(found: dict[int, Meaning], layout: Layout) -> None:
    """Make sense of what the columns mean together."""
    keys = {meaning.key: column for column, meaning in found.items()}
    groups = [column for column, meaning in found.items() if meaning.key == "group"]
    if "title" not in keys and groups:
        found[groups[-1]] = Meaning("title")
    sums = [column for column, meaning in found.items() if meaning.key == "money"]
    if "share" in keys and "total" not in keys and len(sums) == 1 and not found[sums[0]].source:
        found[sums[0]] = Meaning("total")
    elif "total" in keys and not sums and "share" not in keys:
        found[keys["total"]] = Meaning("money", "" if "source" in keys else "other")
    elif len(sums) > 1 or "total" in keys:
        for column in sums:  # “Finansējums” beside sums by source is their total
            meaning = found[column]
            if not meaning.source and meaning.year is None and "total" not in keys and "source" not in keys:
                found[column] = Meaning("total")
                break
    if "source" not in {meaning.key for meaning in found.values()}:
        for column, meaning in found.items():
            if meaning.key == "money" and not meaning.source:
                found[column] = Meaning("money", "other", meaning.fund, meaning.year)


def describe(layout: Layout, column: int) -> list[str]:
    """Return the first values that stand in a column, all different."""
    samples: list[str] = []
    for line in layout.lines[:200]:
        text = " ".join(text_of(line.cell(column)).split())[:60] if line.sort == "line" else ""
        if text and text not in samples:
            samples.append(text)
        if len(samples) == 3:
            break
    return samples
