# SPDX-License-Identifier: EUPL-1.2
"""What a reply to the letter about updates says: per code the state, the per cent and the text. Plain values in and out.

Read by rules (decision 27): a state is taken from one sentence that names exactly one; whatever leaves a doubt is
marked with it, and a person decides. Words are compared without diacritics, since people type them so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from talka.core.text import clean_text, fold

NOT_STARTED, UNDER_WAY, DONE, DROPPED = "not_started", "under_way", "done", "dropped"
NO_STATE, TWO_STATES, NO_CODE, UNKNOWN_CODE, TWICE, WRONG_PERCENT, SEVERAL_CODES = (
    "no_state", "two_states", "no_code", "unknown_code", "twice", "wrong_percent", "several_codes",
)  # fmt: skip

LONGEST = 20_000
"""Characters of a reply that are read; what somebody says of their actions is shorter."""
_MOST_LINES = 1_000
_SHORT = 8
"""A first sentence of at most so many words says how it is going; what follows it is prose."""

_ENDINGS = r"(?:s|a|i|as|us|u|ie|ais|aja|o)"
_FINISHED = (
    rf"(?:izpildit|izdarit|pabeigt|istenot|realizet|paveikt|nodot){_ENDINGS}|gatavs|gatava|"
    r"izpildijam|izdarijam|izdarija|izpildija|pabeidzam|pabeidza|istenojam|paveicam|realizejam|"
    r"done|completed?|finished|implemented"
)
_BEGUN = rf"(?:uzsakt|iesakt|sakt){_ENDINGS}|uzsakam|sakam|started|begun"
_PASSIVE = rf"(?:istenot|realizet|veikt|izpildit|ieviest){_ENDINGS}"

_NOT = r"(?:nav|netika|netiek|netiks|nebija)"
_NOT_YET = (
    rf"{_NOT}(?: \w+){{0,2}} (?:{_FINISHED}|{_PASSIVE})|ne(?:izpildit|izdarit|pabeigt|istenot|realizet){_ENDINGS}|"
    r"not (?:yet )?(?:done|completed?|finished|implemented)"
)
_TO_COME = (
    rf"(?:planots?|planota|paredzets|paredzeta|tiks|jabut|lidz) (?:\w+ ){{0,2}}(?:{_FINISHED}|{_BEGUN}|{_PASSIVE})|"
    r"(?:will|to) be (?:done|completed?|finished|started|implemented)"
)
_ENDED_EARLY = rf"(?:atcelt|svitrot|partraukt|izbeigt){_ENDINGS}|atteicamies|atsakamies|dropped|cancell?ed|abandoned"
_GOES_ON = (
    rf"{_BEGUN}|process?a|istenosana|izpilde|norit|notiek|turpinas|turpinam|kavejas|aizkavejas|iekavets|"
    r"in progress|under ?way|on the way|ongoing|continues|delayed|late"
)
_RULES: tuple[tuple[str, str], ...] = (
    # What comes first takes its words away from the rules below it; an empty state names none.
    (DROPPED, rf"netiks (?:\w+ )?{_PASSIVE}|nav vairs aktual\w+|(?:will )?not be (?:done|implemented)"),
    (NOT_STARTED, rf"{_NOT}(?: \w+)? (?:{_BEGUN})|ne(?:uzsakt|iesakt|sakt){_ENDINGS}|not (?:yet )?(?:started|begun)"),
    ("", _NOT_YET),
    (UNDER_WAY, rf"tiek (?:\w+ )?{_PASSIVE}|(?:daleji|dalej[as]|partly|partially) (?:{_FINISHED}|{_PASSIVE})"),
    ("", _TO_COME),
    (DROPPED, _ENDED_EARLY),
    (DONE, _FINISHED),
    (UNDER_WAY, _GOES_ON),
)
_PATTERNS = tuple((state, re.compile(rf"\b(?:{pattern})\b")) for state, pattern in _RULES)
_A_PART = re.compile(
    r"\b(?:iepirkum|ligum|projektesan|buvprojekt|tehnisk|posm|etap|pieteikum|izpet|procurement|contract|design|phase|stage|application)|"
    r"\bkarta\b|\bdala\b"
)
"""Words of a step on the way: that a procurement is finished does not say that the action is."""
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,4})(?:[.,]\d+)? ?(?:%|procent\w*|per ?cent)")
_PARTLY_DONE = re.compile(
    rf"\b(?:{_FINISHED})(?: par| apmeram| aptuveni| about|,| -| –|:)* ?\d{{1,3}} ?%|\d{{1,3}} ?% (?:apmera )?(?:{_FINISHED})\b"
)
_ONLY_PERCENT = re.compile(r"^\W*(?:apmeram |aptuveni |ap |about )?\d{1,3} ?(?:%|procent\w*|per ?cent)\W*$")
_SENTENCE = re.compile(r"(?<=[^\d\W])[.;!?](?=\s|$)|(?<=[%)\]”\"])[.;!?](?=\s|$)|\n|(?<=\d)\.(?=\s+[A-ZĀČĒĢĪĶĻŅŠŪŽ])")
_LEAD = re.compile(r"^[\s>*•·–—\-\"„“”()\[\]]*(?:(?:nr|no)\.? ?)?(?:\d{1,3}\) ?)?", re.IGNORECASE)
_LIKE_A_CODE = re.compile(
    r"[A-ZĀČĒĢĪĶĻŅŠŪŽ]{1,6}[-. ]?\d+(?:\.\d+)+\.?(?![\w%])|[A-ZĀČĒĢĪĶĻŅŠŪŽ]{1,6}-?\d+\.?(?=\s*[:–—-])"
)


@dataclass(frozen=True)
class Said:
    """What a reply says of one action: its code as known (empty: of the only one), and a doubt, empty where all is clear."""

    code: str
    state: str = ""
    percent: int | None = None
    text: str = ""
    doubt: str = ""


def state_in(sentence: str) -> tuple[set[str], bool]:
    """Return the states that a sentence names, and whether it speaks of states at all (“not finished yet” names none).

    >>> state_in("Tiek īstenots"), state_in("vēl nav uzsākta"), state_in("nav pabeigts, darbi turpinās")
    (({'under_way'}, True), ({'not_started'}, True), ({'under_way'}, True))
    >>> state_in("Plānots pabeigt 2026. gadā"), state_in("Nav pabeigts"), state_in("Iepirkums pabeigts")
    ((set(), False), (set(), True), (set(), True))
    """
    rest, found, spoken = fold(sentence), set(), False
    for state, pattern in _PATTERNS:
        rest, times = pattern.subn(" · ", rest)
        spoken = spoken or times > 0
        if times and state:
            found.add(state)
    return found - ({DONE} if _A_PART.search(fold(sentence)) else set()), spoken


def _read_one(code: str, text: str) -> Said:
    """Read what stands behind one code."""
    sentences = [part.strip() for part in _SENTENCE.split(text) if part and part.strip(" \t-–—:,.")]
    first = sentences[0] if sentences else ""
    head = first.strip(" -–—:,.")
    states, _spoken = state_in(head)
    said_in = head
    if len(states) != 1 or len(head.split()) > _SHORT:
        said_in = text
        states = set().union(*(state_in(sentence)[0] for sentence in sentences)) if sentences else set()
    percents = {int(number) for number in _PERCENT.findall(fold(said_in))}
    percent = next(iter(percents)) if len(percents) == 1 else None
    if not states and percent is not None and _ONLY_PERCENT.match(fold(head)):
        states = {DONE if percent == 100 else UNDER_WAY if percent else NOT_STARTED}
    if len(states) > 1:
        return Said(code, text=text, doubt=TWO_STATES)
    if not states:
        return Said(code, text=text, doubt=NO_STATE)
    state = next(iter(states))
    if percent is not None and percent > 100:
        return Said(code, state, text=text, doubt=WRONG_PERCENT)
    if state == DONE and percent is not None and percent < 100:
        if not _PARTLY_DONE.search(fold(said_in)):
            return Said(code, state, text=text, doubt=WRONG_PERCENT)
        state = UNDER_WAY
    prose = text
    if said_in == head and _says_no_more(head):
        prose = text[text.find(first) + len(first) :].lstrip(" \t\n.;!?,:–—-")
    return Said(code, state, 100 if state == DONE else percent, prose)


def _says_no_more(head: str) -> bool:
    """Say whether a first sentence holds nothing but the state and the per cent, so that the text need not repeat it."""
    rest = fold(head)
    for _state, pattern in _PATTERNS:
        rest = pattern.sub(" ", rest)
    return not re.search(
        r"[^\W\d]{2,}", re.sub(r"procent\w*|per ?cent|\bpar\b|\btiek\b|\bun\b|\bir\b|\bjau\b|\bvel\b|%", " ", rest)
    )


def _code_at(line: str, codes: dict[str, str]) -> tuple[str, str, str] | None:
    """Return the code with which a line begins (as known, or empty where nobody knows it), as written, and the rest."""
    lead = _LEAD.match(line)
    start = lead.end() if lead else 0
    rest = line[start:]
    small = fold(rest)
    for folded in sorted(codes, key=len, reverse=True):
        bare = folded.rstrip(".")
        if small.startswith(bare) and not re.match(r"\.?[\w]", small[len(bare) :]):
            return codes[folded], rest[: len(bare)], rest[len(bare) :].lstrip(' .\t:–—-)”"')
    unknown = _LIKE_A_CODE.match(rest)
    if unknown:
        return "", unknown[0].rstrip("."), rest[unknown.end() :].lstrip(" .\t:–—-)")
    return None


def read_reply(text: str, codes: Sequence[str]) -> list[Said]:
    r"""Return what a reply says of each action, in its order; ``codes`` are those that its sender was asked about.

    An action without a code stands in ``codes`` as an empty text. A reply about one action needs no code.

    >>> [(said.code, said.state, said.percent, said.text) for said in read_reply("R1.1 izpildīts\nR1.2 – procesā, 60 %. Notiek iepirkums.", ["R1.1", "R1.2"])]
    [('R1.1', 'done', 100, ''), ('R1.2', 'under_way', 60, 'Notiek iepirkums.')]
    >>> read_reply("Labdien! Viss paveikts.", ["R1.1"])[0].state
    'done'
    >>> [said.doubt for said in read_reply("Viss paveikts.", ["R1.1", "R1.2"])], [said.doubt for said in read_reply("R9.9: paveikts", ["R1.1"])]
    (['no_code'], ['unknown_code'])
    """
    known = {fold(code): code for code in codes if code}
    lines = clean_text(text[:LONGEST]).split("\n")[:_MOST_LINES]
    parts: list[tuple[str, str, list[str]]] = []
    preface: list[str] = []
    for line in lines:
        begins = _code_at(line, known)
        if begins is not None:
            parts.append((begins[0], begins[1], [begins[2]]))
        elif parts:
            parts[-1][2].append(line)
        else:
            preface.append(line)
    if not parts:
        whole = "\n".join(preface).strip()
        if len(codes) != 1:
            return [Said("", text=whole, doubt=NO_CODE)]
        return [_read_one(codes[0], _without_greeting(whole))]
    found = [_read_part(code, written, "\n".join(said).strip(), known) for code, written, said in parts]
    told = [one.code for one in found if one.code]
    found = [
        Said(one.code, text=one.text, doubt=TWICE) if one.code and told.count(one.code) > 1 else one for one in found
    ]
    before = _without_greeting("\n".join(preface).strip())
    if state_in(before)[1] or _PERCENT.search(fold(before)):
        found.insert(0, Said("", text=before, doubt=NO_CODE))
    return found


def _read_part(code: str, written: str, text: str, known: dict[str, str]) -> Said:
    if not code:
        return Said("", text=f"{written} {text}".strip(), doubt=UNKNOWN_CODE)
    other = re.match(r"(?:,|/|&|un\b|and\b|līdz\b)\s*", text)
    if other and _code_at(text[other.end() :], known):
        return Said(code, text=text, doubt=SEVERAL_CODES)
    return _read_one(code, text)


_GREETING = re.compile(
    r"^(?:labdien|labrīt|labvakar|sveik[ias]?|cienījam\w*|hello|dear|good (?:day|morning|afternoon))\b[^\n.!,]{0,60}[.!,]?\s*",
    re.IGNORECASE,
)


def _without_greeting(text: str) -> str:
    return _GREETING.sub("", text, count=1)
