# SPDX-License-Identifier: EUPL-1.2
"""What the Latvian dictionary says of a form: of which words it is one. Read when first asked for; about 40 MB."""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

FILE = Path(__file__).parent / "latvian.json.gz"

_PLAIN = str.maketrans("āčēģīķļņōŗšūž", "acegiklnorsuz")

# What the flags of the dictionary mean.
_NOT_BY_ITSELF = "{"
_REFLEXIVE = frozenset("bdfheicg(&*@!)+$a<>")
_DIMINUTIVE = frozenset("PpRrTt")
_ACTION, _REFLEXIVE_ACTION, _FEMININE, _COMPARATIVE = "J", "j", "x", frozenset("XY")


@dataclass(frozen=True, slots=True)
class Rule:
    """An ending: a stem that takes ``flag`` and meets ``condition`` loses ``strip`` and gets ``add``; ``further`` come after."""

    flag: str
    strip: str
    add: str
    condition: re.Pattern[str] | None
    further: str

    def fits(self, stem: str) -> bool:
        """Say whether a stem meets the condition."""
        return self.condition is None or self.condition.search(stem) is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a form: the stem, and the rules from it to the form with what each was put on, the first one first."""

    stem: str
    steps: tuple[tuple[str, str], ...]

    @property
    def is_verb(self) -> bool:
        """Say whether the stem is an infinitive."""
        return self.stem.endswith(("t", "ties"))


class Lexicon:
    """Stems and rules, with and without diacritics."""

    def __init__(self, stems: dict[str, str], rules: list[list[str]]) -> None:
        self._flags: dict[str, str] = {}
        self._folded: dict[str, tuple[str, ...]] = {}
        for flags, words in stems.items():
            for word in words.split():
                # Two words written alike: a form of either is a form of "the" word.
                self._flags[word] = self._flags[word] + flags if word in self._flags else flags
        for word in self._flags:
            plain = word.translate(_PLAIN)
            if plain != word:
                self._folded[plain] = (*self._folded.get(plain, ()), word)
        conditions = {text: re.compile(f"(?:{text})$") for *_rule, text, _further in rules if text}
        self._endings: dict[str, list[Rule]] = defaultdict(list)
        self._folded_endings: dict[str, list[Rule]] = defaultdict(list)
        for flag, strip, add, condition, further in rules:
            rule = Rule(flag, strip, add, conditions.get(condition), further)
            self._endings[add].append(rule)
            self._folded_endings[add.translate(_PLAIN)].append(rule)
        self._longest = max(map(len, self._endings))
        self._secondary = frozenset(flag for *_rule, further in rules for flag in further)

    def known(self) -> list[str]:
        """Return all dictionary forms, in the order of letters."""
        return sorted(self._flags)

    def readings(self, form: str, *, folded: bool = False) -> list[Reading]:
        """Return the readings of a form in small letters; ``folded``: of all forms that it is without diacritics."""
        found = [Reading(stem, ()) for stem in self._like(form, folded) if _NOT_BY_ITSELF not in self._flags[stem]]
        self._read(form, folded, "", found)
        return found

    def _read(self, form: str, folded: bool, further: str, found: list[Reading]) -> None:
        """Add the readings of a form that ends in some rule; with ``further``, only of those that this may come after."""
        endings = self._folded_endings if folded else self._endings
        for length in range(min(self._longest, len(form)) + 1):
            rules = endings.get(form[len(form) - length :])
            if not rules:
                continue
            head = form[: len(form) - length]
            for rule in rules:
                if further and further not in rule.further:
                    continue
                put_on = head + rule.strip
                found.extend(
                    Reading(stem, ((rule.flag, stem),))
                    for stem in self._like(put_on, folded)
                    if rule.flag in self._flags[stem] and rule.fits(stem)
                )
                if not further and rule.flag in self._secondary and len(put_on) > 3 and rule.fits(put_on):
                    self._read_before(put_on, folded, rule.flag, found)

    def _read_before(self, put_on: str, folded: bool, flag: str, found: list[Reading]) -> None:
        earlier: list[Reading] = []
        self._read(put_on, folded, flag, earlier)
        found.extend(Reading(reading.stem, (*reading.steps, (flag, put_on))) for reading in earlier)

    def _like(self, word: str, folded: bool) -> tuple[str, ...]:
        if not folded:
            return (word,) if word in self._flags else ()
        plain = word.translate(_PLAIN)
        found = self._folded.get(plain, ())
        return (*found, plain) if plain in self._flags else found

    def words(self, form: str, *, folded: bool = False) -> frozenset[str]:
        """Return the dictionary forms of the words of which this is a form; empty for an unknown one.

        A noun of action, a diminutive and a reflexive verb are words of their own; a participle and a degree of
        comparison belong to their verb and adjective.
        """
        found = {_word(reading, form) for reading in self.readings(form, folded=folded)}
        for prefix in ("ne", "jā", "vis"):
            if form.startswith(prefix) and len(form) > len(prefix) + 2:
                rest = form.removeprefix(prefix)
                found |= {
                    word
                    for reading in self.readings(rest, folded=folded)
                    for word in _prefixed(prefix, reading, rest, known=bool(found))
                }
        return frozenset(found)


def _prefixed(prefix: str, reading: Reading, rest: str, *, known: bool) -> Iterator[str]:
    """Yield the word of a form with *ne-* (not), *jā-* (must) or *vis-* (most) before it."""
    word = _word(reading, rest)
    if prefix == "ne" and reading.is_verb and not word.endswith("šana"):
        yield word
    elif prefix == "ne" and not known:
        yield f"ne{word}"
    elif (prefix == "jā" and reading.is_verb and reading.steps) or (
        prefix == "vis" and reading.steps and reading.steps[-1][0] in _COMPARATIVE
    ):
        yield word


def _word(reading: Reading, form: str) -> str:
    if not reading.steps:
        return reading.stem
    flag = reading.steps[0][0]
    made = reading.steps[1][1] if len(reading.steps) > 1 else form
    if flag == _REFLEXIVE_ACTION:
        return re.sub("[āa]n[āao]s$", "anās", form)
    if flag == _ACTION or (flag == _FEMININE and len(reading.steps) > 1):
        return made
    if flag in _DIMINUTIVE:
        return f"{reading.stem}/"
    if flag in _REFLEXIVE and not reading.stem.endswith("ies"):
        return f"{reading.stem}ies"
    if flag in _COMPARATIVE and form.endswith("āk") and len(reading.steps) == 1:
        return f"{reading.stem[:-1]}i"
    return reading.stem


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    if not FILE.exists():
        raise ImproperlyConfigured("The list of Latvian words has not been made. Run: make run (or tools/lexicon.py)")
    content = json.loads(gzip.decompress(FILE.read_bytes()))
    return Lexicon(content["stems"], content["rules"])
