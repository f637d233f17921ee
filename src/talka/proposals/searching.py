# SPDX-License-Identifier: EUPL-1.2
"""Words of a proposal as PostgreSQL keeps them, and what a person types into the search as a query for them.

Kept are, at the place of each word, its folded form (``skolam``) and its keys (``=skola``, see ``talka.core.words``); so the
beginning of a word finds while it is being typed, and any form finds any other. A trigger adds the stretches of rows in
which the row lies (``#0:12``), by which the newest of very many are found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery

from talka.core.text import fold
from talka.core.words import asked_keys, keys_of, words_of

MOST_WORDS = 12
SHORTEST_BEGINNING = 3
LAST_PLACE = 16_000
"""PostgreSQL counts the places of words to 16,383."""
STRETCHES = [4096 * 4**level for level in range(6)]
"""So many neighbouring rows, by their keys, share a mark of each level."""
MOST_STRETCHES = 4

_DIACRITICS = re.compile(r"[āčēģīķļņōŗšūž]", re.IGNORECASE)
_CHUNK = re.compile(r'(?P<minus>(?<!\S)[-\u2212\u2013])?(?:["„“”](?P<phrase>[^"„“”]*)["“”]?|(?P<word>[^\s"„“”]+))')


class Lexemes(SearchQuery):
    """A query in PostgreSQL's own language, taken as it is written: its lexemes are those that were kept."""

    template = "%(expressions)s::tsquery"

    def __init__(self, query: str) -> None:
        super().__init__(query, search_type="raw")


def quoted(lexeme: str) -> str:
    """Write a lexeme for PostgreSQL; words hold no signs."""
    return f"'{lexeme}'"


def any_of(written: list[str]) -> str:
    """Write that any of these is found."""
    return f"({' | '.join(written)})"


# --- What is kept ---------------------------------------------------------------------------------


def search_vector_of(title: str, text: str, place: str = "") -> str:
    """Return the words of a proposal as a ``tsvector``: those of the title weigh most. Of the author nothing is kept.

    >>> search_vector_of("Skolām", "Soliņus!")
    "'skolam':1A '=skola':1A '~skol':1A 'solinus':3B '=sols/':3B '~solin':3B"
    """
    parts: list[str] = []
    place_of_word = 0
    keys = keys_of if _DIACRITICS.search(f"{title} {text}") else asked_keys
    for part, weight in ((title, "A"), (text, "B"), (place, "B")):
        for word in words_of(part):
            place_of_word = min(place_of_word + 1, LAST_PLACE)
            mark = f":{place_of_word}{weight}"
            parts.append(f"'{fold(word.text)}'{mark}")
            parts += [f"'{lexeme}'{mark}" for lexeme in sorted(map(lexeme_of, keys(word.text)))]
        place_of_word += 1  # a phrase does not run from the title into the text
    return " ".join(parts) or "'.'"


def lexeme_of(key: str) -> str:
    """Return a key as it is kept, so that it is no form of a word: stems have their sign already."""
    return key if key.startswith("~") else f"={key}"


# --- What is asked --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A word that is looked for; ``begins``: the last one while it is typed, which finds what begins like it."""

    form: str
    keys: tuple[str, ...]
    begins: bool = False

    @classmethod
    def read(cls, word: str, *, begins: bool = False) -> "Asked":
        """Read a word as it was typed."""
        form = fold(word)
        return cls(form, tuple(sorted(map(lexeme_of, asked_keys(word)))), begins and len(form) >= SHORTEST_BEGINNING)

    def lexemes(self) -> str:
        """Write what finds the word."""
        form = f"'{self.form}':*" if self.begins else f"'{self.form}'"
        return any_of([form, *map(quoted, self.keys)])

    def finds(self, word: str) -> bool:
        """Say whether a word of a text is one that is looked for."""
        form = fold(word)
        if form == self.form or (self.begins and form.startswith(self.form)):
            return True
        return not {lexeme_of(key) for key in keys_of(word)}.isdisjoint(self.keys)


@dataclass(frozen=True)
class Part:
    """One word of the search, or several in quotes that stand in this order; ``wanted``: not with a minus before it."""

    words: tuple[Asked, ...]
    wanted: bool = True

    def lexemes(self) -> str:
        """Write what finds the part."""
        return f"({' <-> '.join(word.lexemes() for word in self.words)})"


@dataclass(frozen=True)
class Query:
    """What somebody looks for: all wanted parts, and none of the others."""

    parts: tuple[Part, ...]

    @classmethod
    def read(cls, typed: str) -> "Query":
        """Read a search: words, "words in this order", -without. Anything is a search; signs alone are an empty one.

        >>> query = Query.read('soliņš "Grīzupes iela" -tilts vel')
        >>> [(" ".join(word.form for word in part.words), part.wanted) for part in query.parts]
        [('solins', True), ('grizupes iela', True), ('tilts', False), ('vel', True)]
        >>> [word.begins for part in query.parts for word in part.words]
        [False, False, False, False, True]
        """
        parts: list[Part] = []
        left = MOST_WORDS
        for chunk in _CHUNK.finditer(typed):
            quoted = chunk["phrase"] is not None
            words = [word.text for word in words_of(chunk["phrase"] if quoted else chunk["word"])][:left]
            left -= len(words)
            wanted = chunk["minus"] is None
            is_last = chunk.end() == len(typed) and wanted and not quoted
            asked = tuple(
                Asked.read(word, begins=is_last and number == len(words) - 1) for number, word in enumerate(words)
            )
            if asked and (quoted or not wanted):
                parts.append(Part(asked, wanted))
            else:
                parts += [Part((word,)) for word in asked]
        return cls(tuple(parts))

    @property
    def wanted(self) -> tuple[Part, ...]:
        """Return the parts that must be there."""
        return tuple(part for part in self.parts if part.wanted)

    def search(self, *also: str) -> SearchQuery:
        """Return the query for PostgreSQL; ``also``: further conditions in its language."""
        written = [f"{'' if part.wanted else '!'}{part.lexemes()}" for part in self.parts]
        return Lexemes(" & ".join([*written, *also]))

    def search_any(self) -> SearchQuery:
        """Return the query for what holds any of the parts."""
        return Lexemes(" | ".join(part.lexemes() for part in self.parts))

    def finds(self, word: str) -> bool:
        """Say whether a word of a text is one of those that are wanted."""
        return any(asked.finds(word) for part in self.wanted for asked in part.words)


def number_in(words: str) -> int | None:
    """Return the number of a proposal where the search is nothing but its register number.

    >>> number_in(" lp-31 "), number_in("31"), number_in("31 soliņš")
    (31, 31, None)
    """
    found = re.fullmatch(r"\s*(?:[^\W\d]{1,8}-?)?(\d{1,9})\s*", words)
    return int(found[1]) if found else None


def stretch_marks(row: int) -> list[str]:
    """Return the marks of a row: the stretches in which it lies, ever longer ones.

    >>> stretch_marks(70_000)
    ['#0:17', '#1:4', '#2:1', '#3:0', '#4:0', '#5:0']
    """
    return [f"#{level}:{row // length}" for level, length in enumerate(STRETCHES)]


def newest_stretches(last_row: int, least: int) -> Iterator[str]:
    """Yield conditions for the newest rows, at least so many and then ever more, as the trigger marks them; never all.

    >>> list(newest_stretches(70_000, 5_000)), list(newest_stretches(70_000, 500_000))
    (["('#0:17' | '#0:16' | '#0:15')", "('#1:4' | '#1:3')"], [])
    """
    for level, length in enumerate(STRETCHES):
        newest, number = last_row // length, -(-least // length)
        if number <= MOST_STRETCHES and newest > number:
            yield any_of([quoted(f"#{level}:{newest - back}") for back in range(number + 1)])


KEEP_WORDS_SQL = """
    IF coalesce(length(NEW.search), 0) = 0 OR (TG_OP = 'UPDATE' AND NEW.search = OLD.search
        AND (NEW.title, NEW.text, NEW.place_text) IS DISTINCT FROM (OLD.title, OLD.text, OLD.place_text))
    THEN
        NEW.search := {vector};
        NEW.keys_version := 0;
    END IF;
    NEW.search := NEW.search || array_to_tsvector(ARRAY[{marks}]);
    RETURN NEW;
""".replace(
    "{vector}",
    " || ".join(
        f"setweight(to_tsvector('simple', translate(lower(NEW.{field}), 'āčēģīķļņōŗšūž', 'acegiklnorsuz')), '{weight}')"
        for field, weight in (("title", "A"), ("text", "B"), ("place_text", "B"))
    ),
).replace("{marks}", ", ".join(f"'#{level}:' || (NEW.id / {length})::text" for level, length in enumerate(STRETCHES)))
"""The trigger that keeps a text from being unfindable: written without its words, it has its folded forms until a job adds keys."""
