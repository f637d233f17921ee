# SPDX-License-Identifier: EUPL-1.2
"""What a person types into the search, as a query that PostgreSQL understands."""

import re

from django.contrib.postgres.search import SearchQuery

from talka.core.text import fold


def word_beginnings(words: str) -> list[str]:
    """Return the folded words of a search, without signs.

    >>> word_beginnings("Veloceliņš, Grīzupes & iela!")
    ['velocelins', 'grizupes', 'iela']
    """
    return re.findall(r"\w+", fold(words))[:12]


def number_in(words: str) -> int | None:
    """Return the number of a proposal where the search is nothing but its register number.

    >>> number_in(" lp-31 "), number_in("31"), number_in("31 soliņš")
    (31, 31, None)
    """
    found = re.fullmatch(r"\s*(?:[^\W\d]{1,8}-?)?(\d{1,9})\s*", words)
    return int(found[1]) if found else None


def prefix_query(words: str) -> SearchQuery | None:
    """Return the query for rows that hold a word beginning like each of ``words``, or nothing for an empty search."""
    found = word_beginnings(words)
    if not found:
        return None
    return SearchQuery(" & ".join(f"'{word}':*" for word in found), search_type="raw", config="simple")
