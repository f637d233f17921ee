# SPDX-License-Identifier: EUPL-1.2
"""How often words occur among all proposals; kept by a job."""

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from django.core.cache import caches
from django.db import models

KEEP_SECONDS = 300
EVERYTHING = "."


class WordCount(models.Model):
    """In how many proposals a word or key occurs, where that is more than a few; ``.`` stands for all proposals."""

    word = models.CharField(max_length=100, primary_key=True)
    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.word}: {self.number}"


@dataclass(frozen=True)
class WordCounts:
    """The counts in memory: a few thousand words."""

    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Return how many proposals were counted."""
        return self.numbers.get(EVERYTHING, 0)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.numbers)

    def beginning_with(self, form: str) -> list[str]:
        """Return the counted words that begin so."""
        first, last = bisect_left(self._sorted, form), bisect_left(self._sorted, f"{form}\U0010ffff")
        return self._sorted[first:last]


def word_counts() -> WordCounts:
    """Return how often words occur, as of at most five minutes ago."""
    kept: WordCounts | None = caches["local"].get("word_counts")
    if kept is None:
        kept = WordCounts(dict(WordCount.objects.values_list("word", "number")))
        caches["local"].set("word_counts", kept, KEEP_SECONDS)
    return kept
