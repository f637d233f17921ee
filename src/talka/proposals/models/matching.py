# SPDX-License-Identifier: EUPL-1.2
"""Which rows a search finds, within a tenth of a second among a million.

What few proposals hold is found by the index, all of it. Where thousands are expected, by how often the words occur, a
list shows the newest and says "more than": so only the newest stretch of rows is looked through, and a longer one where
that holds less than a list counts.
"""

from math import prod
from typing import TYPE_CHECKING

from django.db.models import Max, Q

from talka.proposals.models.words import WordCounts, word_counts
from talka.proposals.searching import Asked, Part, Query, newest_stretches, number_in

if TYPE_CHECKING:
    from talka.proposals.models.entries import ProposalQuerySet

MOST_FOUND = 1_001
"""One more than the lists count."""
MANY = 3 * MOST_FOUND
"""From so many expected rows on, only the newest are looked for."""
ALL = 10**9


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
    if not whole:
        newest = _newest(rows, query, word_counts())
        if newest is not None:
            return rows.filter(pk__in=newest)
    # The limit keeps PostgreSQL from walking through all rows in the order of the list, in the hope of finding some soon.
    return rows.filter(pk__in=rows.model.objects.order_by().filter(search=query.search()).values("pk")[:ALL])


def _newest(rows: "ProposalQuerySet", query: Query, counts: WordCounts) -> list[int] | None:
    """Return the newest rows found, as many as are worth counting; nothing where there are hardly more than that."""
    expected = counts.total * prod(_share(part, counts) for part in query.wanted)
    if expected < MANY:
        return None
    last: int = rows.model.objects.aggregate(last=Max("pk"))["last"] or 0
    for stretch in newest_stretches(last, int(counts.total / expected * MOST_FOUND)):
        search = query.search(stretch)
        found = sorted(rows.order_by().filter(search=search).values_list("pk", flat=True), reverse=True)
        if len(found) >= MOST_FOUND:
            return found[:MOST_FOUND]
    return None


def _share(part: Part, counts: WordCounts) -> float:
    """Estimate which share of all proposals holds a part of the search: for words in order, the rarest of them."""
    return min(_number(word, counts) for word in part.words) / max(counts.total, 1)


def _number(word: Asked, counts: WordCounts) -> int:
    forms = counts.beginning_with(word.form) if word.begins else [word.form]
    return max(
        sum(counts.numbers.get(form, 0) for form in forms), *(counts.numbers.get(key, 0) for key in word.keys), 0
    )
