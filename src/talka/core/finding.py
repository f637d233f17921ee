# SPDX-License-Identifier: EUPL-1.2
"""Words found in the texts of a few thousand rows, whatever their endings and diacritics; more rows need an index."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from talka.core.text import fold
from talka.core.words import words_of
from talka.core.words.stems import stem_of

MOST_WORDS = 12
Rows = TypeVar("Rows", bound="QuerySet[Any]")


class Folded(models.Func):
    """A text in small letters without Latvian diacritics; immutable, so that PostgreSQL can keep it."""

    template = "translate(lower(%(expressions)s), 'āčēģīķļņōŗšūž', 'acegiklnorsuz')"
    output_field = models.TextField()


def holding_words(rows: Rows, words: str, *fields: str, or_else: Q | None = None) -> Rows:
    """Keep rows that hold every word, or one that begins like it or like its stem, in some of the text fields.

    ``or_else`` is another condition that is enough. Diacritics do not matter; fields may be NULL.
    """
    spaced = [part for field in fields for part in (Value(" "), models.F(field))]
    rows = rows.annotate(searched=Folded(Concat(*spaced, output_field=models.TextField())))
    found = Q()
    for word in [word.text for word in words_of(words)][:MOST_WORDS]:
        stem = fold(stem_of(word.lower()))
        found &= Q(searched__regex=rf"\m({fold(word)}|{stem})" if len(stem) > 3 else rf"\m{fold(word)}")
    return rows.filter(found if or_else is None else found | or_else)
