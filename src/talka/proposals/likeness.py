# SPDX-License-Identifier: EUPL-1.2
"""How alike two proposals are: what they ask for counts, request words do not, and the place of one is not that of another.

Words are the same when they share a key, nearly the same when they mean the same in this field (``meanings``), come from one root
(*apgaismot*, *apgaismojums*) or differ by a slip of the finger. Rare words count more than frequent ones. The threshold is
chosen on pairs that were written for it (``bench/pairs.tsv``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from rapidfuzz.fuzz import ratio

from talka.core.text import fold
from talka.core.words import asked_keys, keys_of, words_of
from talka.proposals.meanings import MATTERS
from talka.proposals.searching import lexeme_of

ALIKE = 0.75
"""From here on two proposals are shown as similar."""
MOST_WORDS = 60
ROOT = 5
SLIP = 86
LEAST_COVERED = 0.35
OTHER_WORDS, MOST_MATTERS = 0.3, 2
OTHER_PLACE = 0.55
RARE = 0.35

_LIGHT = frozenset(
    word
    for line in (
        "un vai bet ka lai jo kad kur kas ko kā kam tas tā to šis šī es mēs jūs viņš viņa mans mūsu tavs savs ar bez no uz pie par pa pēc pirms pret",
        "starp zem virs caur līdz arī ir būt nav tikai vēl jau ļoti ne nevis pat jā tad te tur viss visi katrs kāds daudz vairāk pārāk tagad",
        "lūdzu lūgt vajadzēt vajag vajadzīgs nepieciešams ierosināt ierosinājums priekšlikums gribēt vēlēties varēt prasīt likt būtu jābūt",
        "ierīkot uzstādīt izveidot veidot uzbūvēt būvēt izbūvēt uzlikt nodrošināt ieviest pašvaldība novads pilsēta cilvēks iedzīvotājs jauns liels mazs labs",
        "the a of to in and for please need we i is are on at with",
        "и в на не по для у с из к что нужно прошу просим",
    )
    for word in line.split()
)
"""Words that nearly every proposal can hold, whatever it asks for."""


@dataclass(frozen=True, slots=True)
class Notion:
    """A word of a proposal that says something: its keys, the matters that it speaks of, its root, and whether it is a name."""

    keys: frozenset[str]
    matters: frozenset[int]
    root: str
    form: str
    is_name: bool
    is_number: bool = False


@lru_cache(maxsize=1)
def _matters() -> tuple[dict[str, frozenset[int]], list[frozenset[str]]]:
    """Return the matters of each key, and the keys of each matter."""
    keys = [frozenset(key for word in line.split() for key in keys_of(word)) for line in MATTERS.strip().splitlines()]
    found: dict[str, set[int]] = {}
    for matter, ones in enumerate(keys):
        for key in ones:
            found.setdefault(key, set()).add(matter)
    return {key: frozenset(matters) for key, matters in found.items()}, keys


@lru_cache(maxsize=1)
def _light_keys() -> frozenset[str]:
    return frozenset(key for word in _LIGHT for key in keys_of(word)) | _LIGHT


@lru_cache(maxsize=20_000)
def _notion(word: str, *, first: bool) -> Notion | None:
    small = word.lower()
    keys = asked_keys(small) if small.isascii() else keys_of(small)
    if len(small) < 3 or small in _LIGHT or not keys.isdisjoint(_light_keys()):
        number = Notion(frozenset({small}), frozenset(), "", small, is_name=True, is_number=True)
        return number if small[:1].isdigit() else None
    matters = frozenset(matter for key in keys for matter in _matters()[0].get(key, ()))
    form = fold(small)
    is_name = word[:1] != small[:1] and not first
    return Notion(keys, matters, form[:ROOT] if len(form) > ROOT else "", form, is_name)


def notions_of(*texts: str) -> list[Notion]:
    """Return what a proposal speaks of, each notion once, the first ``MOST_WORDS``."""
    found: dict[str, Notion] = {}
    for text in texts:
        first = True
        for word in words_of(text):
            notion = _notion(word.text, first=first)
            first = text[word.end : word.end + 1] in {".", "!", "?"}
            if notion is not None and not any(key in found for key in notion.keys):
                found.update(dict.fromkeys(notion.keys, notion))
    return list(dict.fromkeys(found.values()))[:MOST_WORDS]


def weigher(numbers: dict[str, int], total: int) -> Callable[[Notion], float]:
    """Return how much a notion counts, by how many of all proposals hold it: 1 for a rare one, less for frequent ones."""

    def weight(notion: Notion) -> float:
        most = max((numbers.get(lexeme_of(key), 0) for key in notion.keys), default=0)
        return RARE + (1 - RARE) * (1 - log(1 + most) / log(2 + max(total, 1)))

    return weight


def _match(one: Notion, other: Notion) -> float:
    if not one.keys.isdisjoint(other.keys):
        return 1.0
    if not one.matters.isdisjoint(other.matters):
        return 0.8
    if one.root and one.root == other.root:
        return 0.7
    if len(one.form) > ROOT and len(other.form) > ROOT and ratio(one.form, other.form) >= SLIP:
        return 0.7
    return 0.0


def likeness(one: Sequence[Notion], other: Sequence[Notion], weight: Callable[[Notion], float]) -> float:
    """Return how alike two proposals are, from 0 to 1: 1 for the same words.

    What one says and the other says too, on both sides; and more where they speak of the same matters in other words,
    as two people do, than where they share only the words for what their different wishes are about.
    """
    if not one or not other:
        return 0.0
    covered = (_covered(one, other, weight) + _covered(other, one, weight)) / 2
    if covered < LEAST_COVERED:
        return 0.0
    matters = sum(any(_same_matter(mine, theirs) for theirs in other) for mine in one)
    score = covered + OTHER_WORDS * min(matters, MOST_MATTERS)
    names, other_names = [n for n in one if n.is_name], [n for n in other if n.is_name]
    if names and other_names and not any(_match(mine, theirs) for mine in names for theirs in other_names):
        score *= OTHER_PLACE
    return min(score, 1.0)


def _same_matter(one: Notion, other: Notion) -> bool:
    return not one.matters.isdisjoint(other.matters) and one.keys.isdisjoint(other.keys)


def _covered(ones: Sequence[Notion], others: Sequence[Notion], weight: Callable[[Notion], float]) -> float:
    """Return which share of the weight of ``ones`` is met by ``others``."""
    weights = [weight(notion) for notion in ones]
    met = sum(
        share * max(_match(notion, other) for other in others) for notion, share in zip(ones, weights, strict=True)
    )
    return met / sum(weights)


def kin_of(notion: Notion) -> frozenset[str]:
    """Return the keys under which proposals are looked for that speak of the same: its own, and those of its matters."""
    return notion.keys.union(*(_matters()[1][matter] for matter in notion.matters))
