# SPDX-License-Identifier: EUPL-1.2
"""Cells of plans made into values, as people here write them: terms, sums of money, shares, states, codes."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from talka.core.text import clean_line, clean_text, fold
from talka.imports.problems import Wrong
from talka.imports.reading import Cell
from talka.imports.values import number_of, text_of
from talka.plans.models import FIRST_YEAR, LAST_YEAR, State

CENT = Decimal("0.01")
MOST_MONEY = Decimal(10) ** 12


@dataclass(frozen=True)
class Term:
    """From when to when, by year and quarter; what is not known is nothing."""

    starts_year: int | None = None
    starts_quarter: int | None = None
    ends_year: int | None = None
    ends_quarter: int | None = None


def line_of(cell: Cell, most: int) -> str:
    """Return the text of a cell as one line of at most so many characters."""
    return _limited(clean_line(text_of(cell)), most)


def text_in(cell: Cell, most: int = 20_000) -> str:
    """Return the text of a cell, its lines kept."""
    return _limited(clean_text(text_of(cell)), most)


def _limited(text: str, most: int) -> str:
    if len(text) > most:
        raise Wrong("too_long", length=len(text), most=most)
    return text


# --- Codes ----------------------------------------------------------------------------------------

_CODE = re.compile(r"(?P<prefix>[^\W\d_]{1,6})?[ .-]?(?P<numbers>\d{1,3}(?:\.\d{1,3})*[a-z]?)\.?")
_LEADING = re.compile(
    r"(?P<code>[^\W\d_]{1,6}[.-]? ?\d{1,3}(?:\.\d{1,3})*[a-z]?|\d{1,3}(?:\.\d{1,3})+[a-z]?|\d{1,3}(?=\.))\.?(?=[\s:–—-]|$)[\s:.–—-]*"
)


def code_of(cell: Cell) -> str:
    """Read a code; one of which a spreadsheet has made a day is said to be wrong.

    >>> code_of("U1.1.2."), code_of(1.2), code_of(3.0), code_of(" VTP 1 "), code_of(None)
    ('U1.1.2', '1.2', '3', 'VTP 1', '')
    """
    if isinstance(cell, datetime | date):
        raise Wrong("code_is_day", value=text_of(cell))
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return text_of(float(cell)).replace(",", ".")
    return line_of(cell, 40).rstrip(".")


def code_key(code: str) -> str:
    """Return what makes two codes the same.

    >>> code_key("VTP 1.") == code_key("vtp1"), code_key("R1.10") == code_key("R1.1")
    (True, False)
    """
    return re.sub(r"[\s]+", "", code.casefold()).rstrip(".")


def shape_of(code: str) -> tuple[str, int] | None:
    """Return the letters of a code and how many numbers it has; nothing for what is no code.

    >>> shape_of("RV1.2"), shape_of("1.1.3."), shape_of("Pasākums")
    (('RV', 2), ('', 3), None)
    """
    found = _CODE.fullmatch(code.strip())
    return ((found["prefix"] or "").upper(), found["numbers"].count(".") + 1) if found is not None else None


def leading_code(text: str, words: tuple[str, ...] = ()) -> tuple[str, str, str]:
    """Cut a heading into the word of its level, its code and its title; what is not there is empty.

    >>> leading_code("VTP1 Pieejama vide"), leading_code("Uzdevums U1.1.2: Veloceliņi", ("uzdevums",))
    (('', 'VTP1', 'Pieejama vide'), ('uzdevums', 'U1.1.2', 'Veloceliņi'))
    >>> leading_code("1.2. Droša kustība"), leading_code("25 skolas"), leading_code("Prioritāte: Vide", ("prioritāte",))
    (('', '1.2', 'Droša kustība'), ('', '', '25 skolas'), ('prioritāte', '', 'Vide'))
    """
    text = clean_line(text)
    word = next((one for one in words if fold(text).startswith(fold(one))), "")
    if word:
        text = text[len(word) :].lstrip(" :.–—-")
    found = _LEADING.match(text)
    if found is None:
        return word, "", text
    return word, found["code"], text[found.end() :].strip()


# --- Money ----------------------------------------------------------------------------------------

_NOTHING = {"", "-", "–", "—", "x", "nav", "n/a", "0"}
_UNCLEAR = re.compile(r"milj|tukst|mlrd|\bap\b|~|aptuveni|lidz")


def money_in(cell: Cell, *, thousands: bool = False) -> Decimal | None:
    """Read a sum in EUR, to the cent; nothing for an empty cell or a dash. Unclear ones (“1,2 milj.”) are wrong.

    >>> money_in("640 000,00 EUR"), money_in("–"), money_in(12.5, thousands=True), money_in("0")
    (Decimal('640000.00'), None, Decimal('12500.00'), Decimal('0.00'))
    """
    written = text_of(cell).strip()
    if fold(written) in _NOTHING - {"0"}:
        return None
    bare = re.sub(r"(?i)^(?:€|eur)\s*|\s*(?:€|eur|euro|eiro)$", "", written)
    number = number_of(bare) if isinstance(cell, str) else number_of(cell)
    if number is None:
        raise Wrong("unclear_money" if _UNCLEAR.search(fold(written)) else "no_money", value=written[:100])
    if thousands:
        number *= 1000
    if number < 0:
        raise Wrong("negative_money", value=written[:100])
    if number >= MOST_MONEY:
        raise Wrong("too_much_money", value=written[:100])
    return number.quantize(CENT, ROUND_HALF_UP)


def share_in(cell: Cell) -> Decimal | None:
    """Read a share in per cent; a spreadsheet holds 85 % as 0,85, people write it as 85.

    >>> share_in("85 %"), share_in(85.0), share_in("–")
    (Decimal('85'), Decimal('85.0'), None)
    """
    written = text_of(cell).strip()
    if fold(written) in _NOTHING - {"0"}:
        return None
    number = number_of(written.rstrip("% ")) if isinstance(cell, str) else number_of(cell)
    if number is None or not 0 <= number <= 100:
        raise Wrong("no_share", value=written[:100])
    return number


def percent_in(cell: Cell) -> int | None:
    """Read how much is done, in whole per cent."""
    share = share_in(cell)
    return None if share is None else int(share.quantize(Decimal(1), ROUND_HALF_UP))


# --- When -----------------------------------------------------------------------------------------

_ALWAYS = (
    "pastavig",
    "regular",
    "nepartraukt",
    "visu period",
    "visa period",
    "katru gadu",
    "ik gad",
    "viss period",
    "continu",
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DAY = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.((?:19|20)\d{2})\b")
_QUARTER = re.compile(
    r"\b(?:(iv|i{1,3}|[1-4])\.? ?(?:cet\w*\.?|ceturks\w*)|q([1-4])|(?:cet\w*\.?|ceturks\w*) ?(iv|i{1,3}|[1-4])\b)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_DASH = re.compile(r"\s*[–—-]\s*|\blidz\b|\bto\b|\buntil\b")
_FILLER = re.compile(r"\b(?:gad\w*|g|no|sakot|ar|un|year|from|cet\w*|ceturks\w*)\b|[.,;:()/\s]+")


def term_in(cell: Cell, years: range) -> Term:
    """Read from when to when; “pastāvīgi” is the whole period of the plan (``years``). Unclear ones are wrong.

    >>> period = range(2021, 2028)
    >>> [t.starts_year for t in (term_in("2021.–2023.", period), term_in("pastāvīgi", period), term_in("līdz 2027", period))]
    [2021, 2021, None]
    >>> term_in("2022. gada II cet.", period)
    Term(starts_year=2022, starts_quarter=2, ends_year=2022, ends_quarter=2)
    >>> term_in("2022. gada II cet. – 2023.g.", period), term_in("I–III cet. 2024", period)
    (Term(starts_year=2022, starts_quarter=2, ends_year=2023, ends_quarter=None), Term(starts_year=2024, starts_quarter=1, ends_year=2024, ends_quarter=3))
    """
    if isinstance(cell, datetime | date):
        quarter = (cell.month - 1) // 3 + 1
        return Term(cell.year, quarter, cell.year, quarter)
    written = " ".join(fold(text_of(cell)).split())
    shown = clean_line(text_of(cell))[:100]
    if written in _NOTHING:
        return Term()
    if any(word in written for word in _ALWAYS) and not _YEAR.search(written):
        return Term(years[0], None, years[-1], None)
    text = _DAY.sub(
        lambda day: f"{(int(day[2]) - 1) // 3 + 1} cet {day[3]}" if 1 <= int(day[2]) <= 12 else day[0], written
    )
    text = re.sub(r"\b(iv|i{1,3}|[1-4])\.? ?[–—-] ?(iv|i{1,3}|[1-4])\.? ?(?=cet|ceturks)", r"\1 cet – \2 ", text)
    until = bool(re.match(r"(?:lidz|until|to)\b", text))
    points = [_point(part) for part in _DASH.split(text) if part.strip(" .,;")]
    if not points or None in points or (len(points) > 2 and not all(one and one[2] for one in points)):
        raise Wrong("unclear_term", value=shown)
    first, last = points[0], points[-1]
    assert first is not None and last is not None  # noqa: PT018, S101 - looked at above
    starts, ends = first[0] or last[0], last[1] or first[1]
    if starts is None or ends is None:
        raise Wrong("unclear_term", value=shown)
    if until:
        return _checked(Term(None, None, ends, last[3]), shown)
    if re.match(r"(?:no|sakot|from)\b", text) and len(points) == 1:
        return _checked(Term(starts, first[2] or None, None, None), shown)
    return _checked(Term(starts, first[2] or None, ends, last[3]), shown)


def _point(part: str) -> tuple[int | None, int | None, int | None, int | None] | None:
    """Return the first and the last year and quarter of a part of a term; nothing where it says something else too."""
    quarters = [_ROMAN[one[0] or one[1] or one[2]] for one in _QUARTER.findall(part)]
    years = [int(one) for one in _YEAR.findall(part)]
    rest = _FILLER.sub("", _YEAR.sub("", _QUARTER.sub("", part)))
    if rest or not (years or quarters) or any(not FIRST_YEAR <= year <= LAST_YEAR for year in years):
        return None
    return (
        min(years, default=None), max(years, default=None), quarters[0] if quarters else None, quarters[-1] if quarters else None,
    )  # fmt: skip


def _checked(term: Term, shown: str) -> Term:
    starts = (term.starts_year or FIRST_YEAR, term.starts_quarter or 1)
    ends = (term.ends_year or LAST_YEAR, term.ends_quarter or 4)
    if starts > ends:
        raise Wrong("term_backwards", value=shown)
    return term


# --- How it is going ------------------------------------------------------------------------------

_STATES = (
    (State.DROPPED, ("atcelt", "partraukt", "netiek", "netiks", "svitrot", "nav aktual", "dropped", "cancel")),
    (State.NOT_STARTED, ("nav sak", "nav uzsak", "nav iesak", "nav ieviest", "neuzsak", "planot", "not started", "planned")),
    (State.UNDER_WAY, ("tiek", "proces", "uzsakt", "iesakt", "daleji", "istenosana", "ieviesana", "turpin", "on the way", "under way", "in progress")),
    (State.DONE, ("izpildit", "pabeigt", "istenot", "realizet", "paveikt", "ieviest", "done", "completed")),
)  # fmt: skip


def state_in(cell: Cell) -> str | None:
    """Read how something is going, from the words that tables use; nothing for an empty cell.

    >>> state_in("Izpildīts"), state_in("tiek īstenots"), state_in("Nav uzsākts"), state_in("daļēji izpildīts"), state_in("")
    ('done', 'under_way', 'not_started', 'under_way', None)
    """
    written = " ".join(fold(text_of(cell)).split())
    if written in _NOTHING:
        return None
    for state, words in _STATES:
        if any(written.startswith(word) for word in words):
            return state.value
    raise Wrong("unknown_state", value=text_of(cell)[:100])
