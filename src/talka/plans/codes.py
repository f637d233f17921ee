# SPDX-License-Identifier: EUPL-1.2
"""Codes of a plan's nodes, made by the pattern of their level.

A pattern is text with places: ``{n}`` is the number of the node among those of its level that stand below the same node,
``{p}`` the numbers of the node above that stands on the level with the letter ``p``. So with ``VTP{n}``, ``RV{p}.{n}`` and
``R{v}.{n}`` the second direction of the first priority is ``RV1.2`` and its third action ``R1.2.3``.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

_PLACE = re.compile(r"\{([a-zāčēģīķļņšūž])\}")


def letters_of(pattern: str) -> list[str]:
    """Return the letters that a pattern uses.

    >>> letters_of("RV{p}.{n}")
    ['p', 'n']
    """
    return _PLACE.findall(pattern)


def make_code(pattern: str, number: int, above: Mapping[str, str]) -> str:
    """Return the code of a node; ``above``: numbers of the nodes above by the letter of their level.

    Places of levels that are not above are left out, with the dot after them. A level without a pattern has no codes.

    >>> make_code("VTP{n}", 1, {}), make_code("RV{p}.{n}", 2, {"p": "1"}), make_code("R{v}.{n}", 3, {"p": "1", "v": "1.2"})
    ('VTP1', 'RV1.2', 'R1.2.3')
    >>> make_code("U{v}.{n}", 4, {"p": "1"})
    'U4'
    """
    values = {**above, "n": str(number)}
    return re.sub(
        r"\{([a-zāčēģīķļņšūž])\}(\.?)", lambda place: values[place[1]] + place[2] if place[1] in values else "", pattern
    )


def numbers_of(pattern: str, code: str) -> str:
    """Return the numbers of a code, as the codes below it repeat them: what is left without the words of its pattern.

    >>> numbers_of("RV{p}.{n}", "RV1.2"), numbers_of("VTP{n}", "VTP3"), numbers_of("{p}.{n}.", "1.4.")
    ('1.2', '3', '1.4')
    >>> numbers_of("RV{p}.{n}", "Cits 7")
    '7'
    """
    before, _brace, _rest = pattern.partition("{")
    rest = code.removeprefix(before)
    found = re.search(r"\d+(?:\.\d+)*", rest)
    return found[0] if found else ""


@lru_cache(maxsize=20_000)
def natural_order(code: str | None) -> tuple[tuple[int, str], ...]:
    """Return a key by which codes are ordered as people read them, numbers as numbers; what has no code comes last.

    >>> sorted(["R1.10", "R1.2", None, "I1.1"], key=natural_order)
    ['I1.1', 'R1.2', 'R1.10', None]
    """
    if not code:
        return ((1, ""),)
    parts = re.findall(r"\d+|\D+", code)
    return ((0, ""), *((int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in parts))
