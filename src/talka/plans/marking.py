# SPDX-License-Identifier: EUPL-1.2
"""What changed in a text, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

_MOST_WORDS = 3_000
"""Texts of more words than this, both together, are not compared; the old one goes as a whole, the new one comes."""


class Part(NamedTuple):
    """A stretch of text: ``same``, ``old`` (taken out) or ``new`` (put in)."""

    kind: str
    text: str


def mark(before: str, after: str) -> list[Part]:
    """Return the stretches of two texts that are the same, taken out and put in, in reading order.

    >>> [tuple(part) for part in mark("Apsekot ielas pilsētā", "Apsekot visas ielas")]
    [('same', 'Apsekot '), ('new', 'visas '), ('same', 'ielas'), ('old', ' pilsētā')]
    >>> [tuple(part) for part in mark("līdz 2027. gadam", "līdz 2028. gada jūnijam")]
    [('same', 'līdz '), ('old', '2027. gadam'), ('new', '2028. gada jūnijam')]
    >>> mark("", "Jauns")
    [Part(kind='new', text='Jauns')]
    """
    old, new = _words(before), _words(after)
    if len(old) + len(new) > _MOST_WORDS:
        return [Part(kind, text) for kind, text in (("old", before), ("new", after)) if text]
    return list(_stretches(old, new))


def _words(text: str) -> list[str]:
    """Split a text into words and what stands between them; nothing is lost."""
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def _stretches(old: list[str], new: list[str]) -> Iterator[Part]:
    """Yield the stretches; a space or a full stop between two changes belongs to both, so that phrases stay whole."""
    out, put = "", ""
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new).get_opcodes():
        before, after = "".join(old[i1:i2]), "".join(new[j1:j2])
        between = (out or put) and i2 < len(old) and j2 < len(new) and not any(sign.isalnum() for sign in before)
        if tag != "equal" or between:
            out, put = out + before, put + after
            continue
        yield from _changed(out, put)
        out, put = "", ""
        yield Part("same", before)
    yield from _changed(out, put)


def _changed(out: str, put: str) -> Iterator[Part]:
    if out:
        yield Part("old", out)
    if put:
        yield Part("new", put)
