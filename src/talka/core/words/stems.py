# SPDX-License-Identifier: EUPL-1.2
"""The stem of a word that no dictionary knows: its endings off, its consonants as in the nominative.

Rules of Latvian declension (six declensions of nouns, adjectives), for names of places and people above all; a short list
of endings for Russian.
"""

import re

_ENDINGS = (
    "ajiem", "ajām", "ajās", "ajam", "ajai", "ajos", "ajā", "umiem", "ais", "iem", "ijs", "ām", "ās", "āk", "ēm", "ēs", "īm",
    "īs", "īt", "ij", "ai", "am", "as", "ei", "em", "es", "im", "is", "os", "um", "us", "a", "ā", "e", "ē", "i", "ī", "o", "s",
    "š", "u", "ū",
)  # fmt: skip
_SHIFTS = {
    "dž": "dz", "šņ": "sn", "žņ": "zn", "ļļ": "ll", "ņņ": "nn", "šļ": "sl", "žļ": "zl", "bj": "b", "pj": "p", "mj": "m", "vj": "v",
    "š": "s", "ž": "z", "č": "c", "ļ": "l", "ņ": "n", "t": "s", "d": "z",
}  # fmt: skip
"""Consonants at the end of a stem as they are in some cases, and one sign for both: *Lācis, Lāča*; *Uldis, Ulža*."""

_RUSSIAN = (
    "иями", "ями", "ами", "иях", "ого", "его", "ому", "ему", "ыми", "ими", "ией", "иям", "ах", "ях", "ам", "ям", "ов", "ев", "ей", "ий",
    "ый", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ых", "их", "ым", "им", "ую", "юю", "ом", "ем", "ия", "ию", "ии",
    "а", "я", "о", "е", "ы", "и", "у", "ю", "ь", "й",
)  # fmt: skip
_VOWEL = re.compile(r"[aeiouyāēīōūаеёиоуыэюя]")
_CYRILLIC = re.compile(r"[а-яё]")


def stem_of(word: str) -> str:
    """Return the stem of a word in small letters; the forms of a name have one.

    >>> stem_of("grīzupes"), stem_of("grīzupē"), stem_of("lāča"), stem_of("lācim"), stem_of("bērziņš"), stem_of("bērziņas")
    ('grīzup', 'grīzup', 'lāc', 'lāc', 'bērzin', 'bērzin')
    """
    russian = _CYRILLIC.search(word) is not None
    bare = _without_ending(word, _RUSSIAN if russian else _ENDINGS)
    if not russian:
        for shifted, plain in _SHIFTS.items():
            if bare.endswith(shifted):
                return bare.removesuffix(shifted) + plain
    return bare


def _without_ending(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        bare = word.removesuffix(ending)
        if bare != word and len(bare) >= 3 and _VOWEL.search(bare):
            return bare
    return word
