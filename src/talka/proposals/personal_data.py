# SPDX-License-Identifier: EUPL-1.2
"""Personal data in running text, found by rules; only suggested, for a person decides what is covered.

Plain values in and out. Rather a number too many than one overlooked, but years, dates, sums, numbers of registers,
of companies and of cadastre are not taken for telephones, nor postal codes for number plates.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

EMAIL, PHONE, CODE, ACCOUNT, ADDRESS, PLATE, NAME, OTHER = (
    "email", "phone", "code", "account", "address", "plate", "name", "other",
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Passage:
    """A part of a text, from ``start`` up to and without ``end`` (in characters), and the kind of data it is."""

    start: int
    end: int
    kind: str


UP, LOW = "A-ZĀČĒĢĪĶĻŅŌŖŠŪŽ", "a-zāčēģīķļņōŗšūž"
_WORD = rf"[{UP}][{LOW}]+(?:-[{UP}][{LOW}]+)?"

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(
    r"(?<![\w+.,/-])(?<!\d )(?:(?:\+|00)\s?371[\s-]?)?[26]\d(?:[ \u00a0-]?\d){6}(?![\d/])(?!-\d)(?![.,]\d)"
)
_ABROAD = re.compile(r"(?<![\w+])\+(?!371)[1-9]\d{0,2}[ (-]{0,2}\d(?:[ ()-]{0,2}\d){6,11}(?!\d)")
_CODE = re.compile(r"(?<![\w-])(\d{6})[ ]?([-–]?)[ ]?(\d{5})(?![\w-])")
_ACCOUNT = re.compile(r"(?<![A-Z0-9])([A-Z]{2})\d\d(?: ?[A-Z0-9]){10,30}")
_PLATE = re.compile(r"(?<![\w-])([A-Z]{2})([ -]?)(\d{1,4})(?![\w-])")
_VEHICLE = re.compile(
    r"auto|mašīn|transportlīdzek|a/m\b|valsts num|numurzīm|num\. ?zīm|vāģ|\bcar\b|vehicle|plate", re.IGNORECASE
)
_CALL = re.compile(
    r"(?:tālr|telefon|tel\b|zvan|mob\b|mobil|numur|whatsapp|phone|call|тел|звон)[^\n]{0,25}$", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\s?(?:EUR|eiro|euro|€|\$|Ls\b|lati|tūkst|milj|kv\.? ?m|m2|m²|m³|km|ha\b|kWh|MWh|gab|cilv|iedz|%)", re.IGNORECASE
)  # fmt: skip
_STREET = (
    r"(?:iel(?:a|as|ai|u|ā)|bulvār(?:is|a|im|i|ī)|prospekt(?:s|a|am|u|ā)|gatv(?:e|es|ei|i|ē)|šosej(?:a|as|ai|u|ā)|laukum(?:s|a|am|u|ā)|"
    r"alej(?:a|as|ai|u|ā)|dambi(?:s|m)|damb(?:ja|ī)|krastmal(?:a|as|ai|u|ā)|ceļ(?:š|a|am|u|ā)|šķērsl(?:is|ī))"
)
_FLAT = re.compile(
    rf"[{UP}][\w.]{{0,30}}(?: [{UP}][\w.]{{0,30}}){{0,3}} {_STREET} \d{{1,4}} ?[A-Za-z]?(?: ?k-?\d{{1,2}})?"
    r"(?: ?- ?\d{1,4}\b|,? ?(?:dz\.|dzīvok\w{1,4}) ?(?:Nr\. ?)?\d{1,4})"
)
_FARM = re.compile(rf"[„“\"«]{_WORD}(?: {_WORD})?[”“\"»],? (?:{_WORD} ){{1,2}}pag(?:\.|ast\w{{1,3}})")
_SAID = re.compile(
    rf"(?i:mani sauc|mans vārds ir|ar cieņu,?|ar sveicieniem,?|меня зовут|my name is|(?:yours )?sincerely,?|kind regards,?)\s{{1,3}}"
    rf"({_WORD}(?: {_WORD}){{0,2}})"
)
_ESMU = re.compile(rf"\b[Ee]s(?:mu)?,? ({_WORD} {_WORD})\b")

_LENGTHS = {
    "LV": 21, "LT": 20, "EE": 20, "PL": 28, "DE": 22, "FI": 18, "SE": 24, "NO": 15, "DK": 18, "GB": 22, "IE": 22, "NL": 18, "BE": 16,
    "FR": 27, "ES": 24, "IT": 27, "AT": 20, "CH": 21, "CZ": 24, "UA": 29,
}  # fmt: skip
"""How long an account number is, by country (ISO 13616)."""


def find(text: str, *, names: Sequence[str] = (), prefixes: Iterable[str] = ()) -> list[Passage]:
    """Return what looks like personal data, in the order of the text, nothing twice.

    ``names`` are those of people known to have to do with the text, found in every case; ``prefixes`` the
    letters of registers, whose numbers are no number plates.

    >>> text = "Zvaniet 29 123 456 vai rakstiet anna@example.lv. Anna Bērziņa, LP-31, 2021-2027."
    >>> [(text[p.start : p.end], p.kind) for p in find(text, names=["Anna Bērziņa"])]
    [('29 123 456', 'phone'), ('anna@example.lv', 'email'), ('Anna Bērziņa', 'name')]
    """
    taken: list[Passage] = []
    for rule in (_emails, _accounts, _codes, _phones, _addresses, _spoken_names):
        _take(taken, rule(text))
    _take(taken, _plates(text, frozenset(prefixes)))
    for name in names:
        _take(taken, _name(text, name))
    return sorted(taken)


def _take(taken: list[Passage], found: Iterable[Passage]) -> None:
    for one in found:
        if all(one.end <= other.start or one.start >= other.end for other in taken):
            taken.append(one)


def _emails(text: str) -> Iterator[Passage]:
    for hit in _EMAIL.finditer(text):
        yield Passage(hit.start(), hit.start() + len(hit.group().rstrip(".-")), EMAIL)


def _accounts(text: str) -> Iterator[Passage]:
    for hit in _ACCOUNT.finditer(text):
        end = _end_of_account(hit.group(), _LENGTHS.get(hit.group(1), 0))
        if end:
            yield Passage(hit.start(), hit.start() + end, ACCOUNT)


def _end_of_account(written: str, length: int) -> int:
    """Return where an account number of so many characters ends, if its sum (ISO 7064) is right; else 0."""
    seen = 0
    for place, letter in enumerate(written):
        seen += letter != " "
        if length and seen == length:
            plain = written[: place + 1].replace(" ", "")
            right = int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1
            return place + 1 if right else 0
    return 0


def _codes(text: str) -> Iterator[Passage]:
    for hit in _CODE.finditer(text):
        first, dash, last = hit.groups()
        if " " in hit.group() and not dash:
            continue
        if first.startswith("32") or (_is_birthday(first, last[0]) and (dash or _sum_is_right(first + last))):
            yield Passage(hit.start(), hit.end(), CODE)


def _is_birthday(digits: str, century: str) -> bool:
    """Say whether a code of before July 2017 begins with a day: ``DDMMYY-C``, with the century 18, 19 or 20."""
    try:
        date((1800, 1900, 2000)[int(century)] + int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except (ValueError, IndexError):
        return False
    return True


def _sum_is_right(digits: str) -> bool:
    """Check the last digit of a code of eleven digits.

    >>> _sum_is_right("16117519997"), _sum_is_right("16117519991")
    (True, False)
    """
    weights = (1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return (1101 - sum(w * int(d) for w, d in zip(weights, digits, strict=False))) % 11 % 10 == int(digits[-1])


def _phones(text: str) -> Iterator[Passage]:
    for hit in _ABROAD.finditer(text):
        yield Passage(hit.start(), hit.end(), PHONE)
    for hit in _PHONE.finditer(text):
        abroad = hit.group().startswith(("+", "00"))
        called = abroad or _CALL.search(text, max(0, hit.start() - 40), hit.start()) is not None
        if called or not (_is_count(text, hit) or _is_time(hit.group())):
            yield Passage(hit.start(), hit.end(), PHONE)


def _is_count(text: str, hit: "re.Match[str]") -> bool:
    """Say whether eight digits are a sum or go on as a longer number: ``25 000 000``, ``6401 007 0012``, ``26 500 300 EUR``."""
    groups = re.split(r"[ \u00a0]", hit.group())
    goes_on = len(groups) > 1 and re.match(r"[ \u00a0]\d", text[hit.end() : hit.end() + 2]) is not None
    round_sum = [len(one) for one in groups] == [2, 3, 3] and groups[-1] == "000"
    return goes_on or round_sum or _COUNTED.match(text, hit.end()) is not None


def _is_time(written: str) -> bool:
    """Say whether eight digits are two years or a day: ``2021-2027``, ``2026-11-24``."""
    groups = re.split(r"[ \u00a0-]", written)
    lengths = [len(one) for one in groups]
    if lengths == [4, 4]:
        return all(1900 <= int(one) < 2200 for one in groups)
    return lengths == [4, 2, 2] and int(groups[1]) <= 12 and int(groups[2]) <= 31


def _addresses(text: str) -> Iterator[Passage]:
    for rule in (_FLAT, _FARM):
        for hit in rule.finditer(text):
            yield Passage(hit.start(), hit.end(), ADDRESS)


def _spoken_names(text: str) -> Iterator[Passage]:
    for rule in (_SAID, _ESMU):
        for hit in rule.finditer(text):
            yield Passage(hit.start(1), hit.end(1), NAME)


def _plates(text: str, prefixes: frozenset[str]) -> Iterator[Passage]:
    for hit in _PLATE.finditer(text):
        letters, dash, digits = hit.groups()
        if letters == "LV" or letters in prefixes:
            continue
        spoken_of = _VEHICLE.search(text, max(0, hit.start() - 60), min(len(text), hit.end() + 30)) is not None
        if spoken_of or (dash == "-" and len(digits) == 4):
            yield Passage(hit.start(), hit.end(), PLATE)


# --- Names in every case --------------------------------------------------------------------------

_SOFT = (
    ("dz", "dž"), ("sn", "šņ"), ("zn", "žņ"), ("sl", "šļ"), ("zl", "žļ"), ("ln", "ļņ"), ("ll", "ļļ"), ("nn", "ņņ"), ("b", "bj"), ("p", "pj"),
    ("m", "mj"), ("v", "vj"), ("n", "ņ"), ("l", "ļ"), ("s", "š"), ("z", "ž"), ("t", "š"), ("d", "ž"), ("c", "č"), ("r", "r"),
)  # fmt: skip
_FEMININE = ("a", "as", "ai", "u", "ā", "e", "es", "ei", "i", "ē")
_MASCULINE = ("s", "š", "a", "am", "u", "ā", "o", "", "i", "us", "um", "ū")
_SECOND = ("is", "im", "i", "ī", "")


def name_forms(word: str) -> set[str]:
    """Return the forms that a name of one word takes in the singular.

    >>> "Jāņa" in name_forms("Jānis"), "Bērziņam" in name_forms("Bērziņš"), "Annai" in name_forms("Anna")
    (True, True, True)
    """
    if word.endswith("is"):
        stem = word[:-2]
        soft = next((stem[: -len(hard)] + mild for hard, mild in _SOFT if stem.endswith(hard)), stem)
        return {stem + end for end in _SECOND} | {one + end for one in (stem, soft) for end in ("a", "am", "u", "ā")}
    if word.endswith(("a", "e")):
        return {word[:-1] + end for end in _FEMININE} | {word}
    if word.endswith(("s", "š")):
        stem = word[:-2] if word.endswith("us") else word[:-1]
        return {stem + end for end in _MASCULINE if len(stem + end) > 2} | {word}
    return {word}


def _name(text: str, name: str) -> Iterator[Passage]:
    """Find a name: first and last in either order, or the last alone; a name of one word wherever it stands."""
    words = [word for word in re.split(r"[^\w-]+", name) if len(word) > 2 and word[0].isupper()]
    if not words:
        return
    forms = ["(?:" + "|".join(sorted(map(re.escape, name_forms(word)), key=len, reverse=True)) + ")" for word in words]
    either = [r"\s+".join(forms), r",?\s+".join([forms[-1], *forms[:-1]])] if len(words) > 1 else []
    for rule in (*either, forms[-1]):
        for hit in re.finditer(rf"(?<!\w){rule}(?!\w)", text):
            yield Passage(hit.start(), hit.end(), NAME)


def mentions(text: str, *, name: str = "", email: str = "", phone: str = "", address: str = "") -> list[Passage]:
    """Return where a text speaks of one person, whose name and contacts are known.

    >>> [p.kind for p in mentions("Annai zvanīju uz 26 000 000; raksta ANNA@example.lv", name="Anna", email="anna@example.lv", phone="26000000")]
    ['name', 'phone', 'email']
    """
    taken: list[Passage] = []
    digits = re.sub(r"\D", "", phone)[-8:]
    rules = [(re.escape(email), EMAIL), (re.escape(address), ADDRESS), (r"[ \u00a0-]?".join(digits), PHONE)]
    for rule, kind in rules:
        if len(rule) > 4:
            _take(taken, (Passage(hit.start(), hit.end(), kind) for hit in re.finditer(rule, text, re.IGNORECASE)))
    _take(taken, _name(text, name))
    return sorted(taken)


# --- Covering -------------------------------------------------------------------------------------


def cover(text: str, passages: Iterable[Passage], mark: Callable[[str], str]) -> str:
    """Put a mark in the place of each passage; they must not overlap.

    >>> cover("Zvaniet 29123456!", [Passage(8, 16, PHONE)], lambda kind: f"[{kind}]")
    'Zvaniet [phone]!'
    """
    parts, last = [], 0
    for one in sorted(passages):
        parts += [text[last : one.start], mark(one.kind)]
        last = one.end
    return "".join([*parts, text[last:]])


def uncovered_place(place: int, passages: Iterable[Passage], mark: Callable[[str], str], *, is_end: bool) -> int:
    """Return which place of the text before covering a place of the covered one is; inside a mark, the edge of its passage.

    >>> uncovered_place(16, [Passage(8, 16, PHONE)], lambda kind: f"[{kind}]", is_end=True)
    17
    """
    shift = 0
    for one in sorted(passages):
        start, end = one.start + shift, one.start + shift + len(mark(one.kind))
        if place <= start:
            break
        if place < end:
            return one.end if is_end else one.start
        shift = end - one.end
    return place - shift


def bracketed(covered: str, written: str) -> list[tuple[int, int]] | None:
    """Return the places of ``covered`` that somebody has put between ``[[`` and ``]]``; nothing else may have changed.

    >>> bracketed("Zvaniet Annai.", "Zvaniet [[Annai]]."), bracketed("Zvaniet.", "Zvani."), bracketed("a", "[[a")
    ([(8, 13)], None, None)
    """
    found: list[tuple[int, int]] = []
    place, at, opened = 0, 0, -1
    while at < len(written):
        if written.startswith("[[", at) and opened < 0 and not covered.startswith("[[", place):
            opened, at = place, at + 2
        elif written.startswith("]]", at) and opened >= 0 and not covered.startswith("]]", place):
            if place > opened:
                found.append((opened, place))
            opened, at = -1, at + 2
        elif place < len(covered) and covered[place] == written[at]:
            place, at = place + 1, at + 1
        else:
            return None
    return found if place == len(covered) and opened < 0 else None
