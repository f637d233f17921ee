# SPDX-License-Identifier: EUPL-1.2
"""Found words marked in a text as it was written, with its diacritics and in its own forms."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from talka.core.text import clean_line
from talka.core.words import words_of
from talka.proposals.searching import Query

AROUND = 60
"""So many characters of a text are shown before the first found word."""


def marked(text: str, query: Query | None) -> SafeString:
    """Return a text as HTML, with ``mark`` around the words that the search finds.

    >>> marked("Soliņi <pie> skolām", Query.read("skola"))
    'Soliņi &lt;pie&gt; <mark>skolām</mark>'
    """
    if query is None:
        return escape(text)
    parts, until = [], 0
    for word in words_of(text):
        if query.finds(word.text):
            parts += [escape(text[until : word.start]), f"<mark>{escape(text[word.start : word.end])}</mark>"]
            until = word.end
    return mark_safe("".join([*parts, escape(text[until:])]))  # noqa: S308 — every piece is escaped


def snippet(text: str, query: Query | None, limit: int = 200) -> SafeString:
    """Return the part of a text around the first found word, with found words marked; its beginning where none is found.

    >>> snippet("Pirms tam bija gara runa par visu ko citu, un tad par skolām.", Query.read("skola"), 30)
    '… tad par <mark>skolām</mark>.'
    """
    text = clean_line(text)
    first = next((word.start for word in words_of(text) if query is not None and query.finds(word.text)), 0)
    around = min(AROUND, limit // 3)
    start = 0 if first <= around else text.find(" ", first - around) + 1 or first
    end = len(text) if len(text) <= start + limit else max(text.rfind(" ", start, start + limit), start)
    shown = marked(text[start : end if end > start else start + limit], query)
    return mark_safe(f"{'… ' if start else ''}{shown}{' …' if end < len(text) else ''}")  # noqa: S308 — escaped by marked
