# SPDX-License-Identifier: EUPL-1.2
"""Two texts begun from one: what two people wrote at the same time put together, so that nothing is lost. Plain values."""

import re
from collections.abc import Iterable, Sequence

from merge3 import Merge3

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
OPEN, BETWEEN, CLOSE = "⟦", " ∥ ", "⟧"
"""Around words on which two writers disagree: what was saved first, what came later."""


def merged(base: str, stored: str, sent: str) -> str:
    """Return ``stored`` with what ``sent`` changed in ``base``.

    Lines first, then the words of lines that both have changed. What both wrote at the same place stands one after the
    other; where both changed the same words, both readings stand between marks, for a person to choose.

    >>> merged("Ietve ir slikta.", "Ietve ir ļoti slikta.", "Ietve ir slikta. Jālabo.")
    'Ietve ir ļoti slikta. Jālabo.'
    >>> merged("Tāme: 10", "Tāme: 12", "Tāme: 15")
    'Tāme: ⟦12 ∥ 15⟧'
    """
    if sent in (base, stored):
        return stored
    if stored == base:
        return sent
    parts = Merge3(_lines(base), _lines(stored), _lines(sent)).merge_groups()
    return "".join(
        _words(*("".join(side) for side in part[1:])) if part[0] == "conflict" else "".join(part[1]) for part in parts
    )


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _words(base: str, stored: str, sent: str) -> str:
    base_words, first, later = (_TOKEN.findall(text) for text in (base, stored, sent))
    parts = Merge3(base_words, first, later).merge_groups()
    return "".join(_chosen(part[0], part[1:]) for part in parts)


def _chosen(kind: str, sides: Sequence[Iterable[str]]) -> str:
    texts = ["".join(side) for side in sides]
    if kind != "conflict":
        return texts[0]
    base, first, later = texts
    if not base.strip():
        if later.startswith(first) or first.startswith(later):
            return max(first, later, key=len)  # the same writer, whose first sending came through without an answer
        space = "" if not first or first[-1].isspace() or later[:1].isspace() else " "
        return f"{first}{space}{later}"
    return f"{OPEN}{first}{BETWEEN}{later}{CLOSE}"


def disagreements(text: str) -> int:
    """Return how many places of a text wait for somebody to choose between two readings."""
    return text.count(OPEN)
