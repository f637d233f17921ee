# SPDX-License-Identifier: EUPL-1.2
"""What is done for the search: keys for what was written without them, how often words occur, and words that must go."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import F

from talka.core.words import VERSION
from talka.proposals.models import Proposal, WordCount
from talka.proposals.models.words import EVERYTHING

MOST_AT_ONCE = 500
FEW = 2
SAMPLED_ABOVE = 200_000
"""From more proposals than this, words are counted in a sample of about so many."""


@transaction.atomic
def keep_words(most: int = MOST_AT_ONCE) -> int:
    """Compute the words of proposals that have none, or older ones; return of how many. Says nothing in the log."""
    stale = Proposal.objects.exclude(keys_version=VERSION).select_for_update(skip_locked=True)
    proposals = list(stale.only("title", "text", "place_text").order_by("-pk")[:most])
    for proposal in proposals:
        proposal.save(update_fields=proposal.keep_words())
    return len(proposals)


@contextmanager
def uncounting_words(proposal: Proposal) -> Iterator[None]:
    """Count the words that a proposal loses meanwhile once less, so that no word stands there that few still hold.

    The counts hold no word that fewer than ``FEW`` proposals hold; a name that was covered is not kept until the next night.
    """
    before = _words_in(proposal)
    yield
    lost = WordCount.objects.filter(word__in=before - _words_in(proposal))
    if lost.update(number=F("number") - 1):
        lost.filter(number__lt=FEW).delete()
        caches["local"].delete("word_counts")


def _words_in(proposal: Proposal) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT left(word, 100) FROM proposals_proposal, unnest(tsvector_to_array(search)) AS word WHERE id = %s",
            [proposal.pk],
        )
        return {word for (word,) in cursor.fetchall()}


@transaction.atomic
def count_words() -> int:
    """Count in how many proposals each word occurs, and keep those in more than a few; return how many were kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'proposals_proposal'::regclass")
        about = int(cursor.fetchone()[0])
        share = min(1.0, SAMPLED_ABOVE / max(about, 1))
        sample = "" if share == 1 else f" TABLESAMPLE SYSTEM ({share * 100})"
        least = max(FEW, about // 2_000)
        cursor.execute("DELETE FROM proposals_wordcount")
        cursor.execute(
            "INSERT INTO proposals_wordcount (word, number) SELECT left(word, 100), (max(ndoc) / %s)::int"  # noqa: S608 — numbers of ours
            f" FROM ts_stat('SELECT search FROM proposals_proposal{sample}')"
            " WHERE ndoc / %s > %s AND word !~ '^#' GROUP BY 1",
            [share, share, least - 1],
        )
        cursor.execute(
            "INSERT INTO proposals_wordcount (word, number) SELECT %s, count(*) FROM proposals_proposal"
            " ON CONFLICT (word) DO UPDATE SET number = excluded.number",
            [EVERYTHING],
        )
    return WordCount.objects.count()
