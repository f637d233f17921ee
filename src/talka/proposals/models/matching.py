# SPDX-License-Identifier: EUPL-1.2
"""Which rows a search finds, within a tenth of a second among a million.

Words that few proposals hold are found by the index, all of them. Where every word of the search is in thousands, a list
shows the newest of what is found and says "more than": so the newest stretches of rows are looked through, ever longer
ones, until there are more than a list counts.
"""

from typing import TYPE_CHECKING

from django.db.models import Max, Q

from talka.proposals.models.words import WordCounts, word_counts
from talka.proposals.searching import Part, Query, number_in, stretches

if TYPE_CHECKING:
    from talka.proposals.models.entries import ProposalQuerySet

MANY = 5_000
"""A word that more proposals hold is frequent."""
MOST_FOUND = 1_001
"""One more than the lists count."""


def matching(rows: "ProposalQuerySet", words: str, *, whole: bool) -> "ProposalQuerySet":
    """Keep of ``rows`` what the search finds; of very many the newest, unless they are wanted ``whole``."""
    query = Query.read(words)
    if not query.parts:
        return rows
    if not query.wanted:
        unwanted = Query(tuple(Part(part.words) for part in query.parts))
        return rows.exclude(search=unwanted.search_any())
    number = number_in(words)
    if number is not None:
        return rows.filter(Q(search=query.search()) | Q(number=number))
    if not whole and is_frequent(query, counts := word_counts()):
        newest = _newest(rows, query, counts)
        if newest is not None:
            return rows.filter(pk__in=newest)
    return rows.filter(search=query.search())


def is_frequent(query: Query, counts: WordCounts) -> bool:
    """Say whether every part of the search is in many proposals."""
    return bool(counts.total > MANY) and all(_at_most(part, counts) > MANY for part in query.wanted)


def _at_most(part: Part, counts: WordCounts) -> int:
    """Estimate in how many proposals a part of the search can be: for words in order, the rarest of them."""
    numbers = counts.numbers
    return min(
        sum(numbers.get(lexeme, 0) for lexeme in word.keys)
        + (
            sum(numbers[form] for form in counts.beginning_with(word.form))
            if word.begins
            else numbers.get(word.form, 0)
        )
        for word in part.words
    )


def _newest(rows: "ProposalQuerySet", query: Query, counts: WordCounts) -> list[int] | None:
    """Return the newest rows found, as many as are worth counting; nothing where there are fewer than that in all."""
    last: int | None = rows.model.objects.aggregate(last=Max("pk"))["last"]
    found: list[int] = []
    bare = rows.order_by()
    for stretch in stretches(last or 0):
        search = query.search(stretch, beginning=counts.beginning_with)
        found += sorted(bare.filter(search=search).values_list("pk", flat=True), reverse=True)
        if len(found) >= MOST_FOUND:
            return found[:MOST_FOUND]
    return None
