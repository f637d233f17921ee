# SPDX-License-Identifier: EUPL-1.2
"""The keys of a word, and the words of a text."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from talka.core.text import fold
from talka.core.words.lexicon import lexicon
from talka.core.words.stems import stem_of

VERSION = 1
"""Goes up whenever keys come out otherwise than before; what was kept with an older one is then computed anew."""

LONGEST = 60
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f][^\W_]*)*")
_LATVIAN = re.compile(r"[a-zāčēģīķļņōŗšūž]{2,}")


class Word(NamedTuple):
    """A word of a text: as it stands there, from where to where."""

    text: str
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text, numbers among them, in their order.

    >>> [word.text for word in words_of("Grīzupes ielā 39i – lūdzu!")]
    ['Grīzupes', 'ielā', '39i', 'lūdzu']
    """
    for found in _WORD.finditer(text):
        yield Word(found.group()[:LONGEST], found.start(), found.end())


@lru_cache(maxsize=50_000)
def keys_of(word: str) -> frozenset[str]:
    """Return the keys under which a word is kept, as it stands in the text.

    A dictionary word has its dictionary forms; one that is unknown, or begins with a capital letter and may be a name, its stem.

    >>> sorted(keys_of("skolām")), sorted(keys_of("Grīzupē")), sorted(keys_of("Skolas")), sorted(keys_of("2027"))
    (['skola'], ['~grizup'], ['skola', '~skol'], [])
    """
    small = word.lower()[:LONGEST]
    known = _dictionary_forms(small)
    if not known or word[:1] != small[:1]:
        return known | _stem(small)
    return known


@lru_cache(maxsize=10_000)
def asked_keys(word: str) -> frozenset[str]:
    """Return the keys by which a word that somebody looks for is found: its dictionary forms, and its stem as of a name.

    A word that is none as it is written may have been typed without diacritics.

    >>> sorted(asked_keys("berniem"))
    ['bērns', '~bern']
    """
    small = word.lower()[:LONGEST]
    return (_dictionary_forms(small) or _dictionary_forms(small, folded=True)) | _stem(small)


def _dictionary_forms(small: str, *, folded: bool = False) -> frozenset[str]:
    return lexicon().words(small, folded=folded) if _LATVIAN.fullmatch(small) else frozenset()


def _stem(small: str) -> frozenset[str]:
    return frozenset({f"~{fold(stem_of(small))}"}) if len(small) > 2 and small.isalpha() else frozenset()
