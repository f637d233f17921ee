# SPDX-License-Identifier: EUPL-1.2
"""Similar proposals, measured on 300 pairs that two people could have written, and 300 that only look alike.

``pairs.tsv`` has in each line what one person said, the same wish of another person in other words, and another wish
about the same thing or place. The threshold was chosen on the odd lines; the figures of the even ones tell more. Pairs
from different lines stand for what has nothing to do with each other.
"""

import csv
import random
from pathlib import Path

from bench.figures import report

FILE = Path(__file__).parent / "pairs.tsv"
UNRELATED = 5_000


def read() -> list[tuple[str, str, str]]:
    """Return the lines: said, the same, something else."""
    with FILE.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["said"], row["same"], row["other"]) for row in rows]


def measure() -> None:
    """Print precision and recall of both halves, and how often what is unrelated is called similar."""
    from talka.proposals.likeness import ALIKE, likeness, notions_of, weigher

    weight = weigher({}, 0)

    def alike(one: str, other: str) -> bool:
        return likeness(notions_of(one), notions_of(other), weight) >= ALIKE

    lines = read()
    for half, part in (("chosen on", lines[::2]), ("kept apart", lines[1::2])):
        found = sum(alike(said, same) for said, same, _other in part)
        wrong = sum(alike(said, other) for said, _same, other in part)
        report(f"similar, {half}, precision", found / max(found + wrong, 1), "")
        report(f"similar, {half}, recall", found / len(part), "")
    drawn = random.Random(5)
    pairs = [drawn.sample(lines, 2) for _number in range(UNRELATED)]
    called = sum(alike(one[0], other[1]) for one, other in pairs)
    report("similar, of unrelated pairs", called / UNRELATED, "", at_most=0.01)
