# SPDX-License-Identifier: EUPL-1.2
"""Texts of real Latvian words, in the frequencies that words have (Zipf)."""

import random
from collections.abc import Iterator
from itertools import accumulate

from talka.core.words.lexicon import lexicon

WORDS = 30_000
IN_TITLE, IN_TEXT = 4, 16
OFTEN = (
    "lūdzu iela vajag skola bērns ierīkot salabot ceļš laukums pilsēta pagasts autobuss pietura pieeja apgaismojums tilts",
    "parks bibliotēka veloceliņš soliņš māja darbs ziema vasara sniegs koks zāle upe ezers brīvs laiks jauns vecs liels mazs",
    "droši ātri vairāk diena vakars",
)


def vocabulary() -> list[str]:
    """Return the words, the most frequent first: those of proposals, then words of the dictionary in a random order."""
    rest = [word for word in lexicon().known() if word.isalpha() and 4 <= len(word) <= 14]
    random.Random(7).shuffle(rest)
    return [*" ".join(OFTEN).split(), *rest[:WORDS]]


def texts(count: int) -> Iterator[tuple[str, str]]:
    """Yield titles and texts."""
    words = vocabulary()
    weights = list(accumulate(1 / (rank + 5) for rank in range(len(words))))
    chosen = random.Random(11)
    for _number in range(count):
        drawn = chosen.choices(words, cum_weights=weights, k=IN_TITLE + IN_TEXT)
        yield " ".join(drawn[:IN_TITLE]), " ".join(drawn[IN_TITLE:])
