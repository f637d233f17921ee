# SPDX-License-Identifier: EUPL-1.2
"""Keys of words: how fast running text is read, how much memory that takes, and how well forms are grouped.

The last needs a treebank in CoNLL-U, which is not part of this project: its path stands in ``TREEBANK``.
"""

import os
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from bench.figures import report

OPEN_CLASSES = {"NOUN", "VERB", "ADJ", "ADV"}
WORDS_READ = 200_000


def measure() -> None:
    """Print words per second, megabytes, and F1 over pairs of forms."""
    before = _megabytes()
    from bench.vocabulary import texts
    from talka.core.words import keys_of, words_of

    began = time.perf_counter()
    keys_of("skola")
    report("word list, first word", time.perf_counter() - began, "s", at_most=1)
    text = " ".join(f"{title} {body}" for title, body in texts(WORDS_READ // 20))
    keys_of.cache_clear()
    began = time.perf_counter()
    number = sum(1 for word in words_of(text) if keys_of(word.text) is not None)
    report("keys of running text", number / (time.perf_counter() - began), "words/s", at_least=20_000)
    report("memory for keys", _megabytes() - before, "MB", at_most=80)
    if "TREEBANK" in os.environ:
        _grouping(Path(os.environ["TREEBANK"]))


def _grouping(path: Path) -> None:
    from talka.core.words import keys_of

    seen: dict[str, Counter[str]] = defaultdict(Counter)
    with path.open(encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) > 3 and cells[0].isdigit() and cells[3] in OPEN_CLASSES and cells[1][:1].isalpha():
                seen[cells[1].lower()][cells[2].lower()] += 1
    together = _pairs((lemmas.most_common(1)[0][0], word) for word, lemmas in seen.items())
    found = _pairs((key, word) for word in seen for key in keys_of(word))
    precision, recall = len(together & found) / len(found), len(together & found) / len(together)
    report("forms grouped, precision", precision, "")
    report("forms grouped, recall", recall, "")
    report("forms grouped, F1", 2 * precision * recall / (precision + recall), "", at_least=0.85)


def _pairs(grouped: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for key, word in grouped:
        groups[key].add(word)
    return {pair for words in groups.values() for pair in combinations(sorted(words), 2)}


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
