# SPDX-License-Identifier: EUPL-1.2
"""Where the lines of a table go: what an app above declares so that its things can be imported."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from talka.audit.models import key_of
from talka.core.text import fold
from talka.imports.headers import name_key
from talka.imports.problems import Wrong
from talka.imports.reading import Cell
from talka.imports.values import text_of

ALIKE = 72
"""From this likeness on (of 100) a word is offered for one that is not known."""


@dataclass(frozen=True)
class Field:
    """One thing that a line says: what a cell becomes (``parse``), and how its column is usually called.

    ``joins``: further columns can be added to it, each under its name. ``fixed``: it can be given once for the whole file;
    ``day`` says that a day is asked for. ``may_drop``: what is not known may be left out instead of stopping the line.
    """

    key: str
    label: str | Promise
    parse: Callable[[Cell], Any] = text_of
    names: tuple[str, ...] = ()
    required: bool = False
    joins: bool = False
    fixed: bool = False
    day: bool = False
    may_drop: bool = False
    hint: str | Promise = ""

    @cached_property
    def keys(self) -> frozenset[str]:
        """Return the names of columns that mean this field."""
        return frozenset(name_key(name) for name in self.names)

    def read(self, cell: Cell, _words: Mapping[str, str]) -> Any:
        """Return the value of a cell; raise ``Wrong`` where it is none."""
        return self.parse(cell)


@dataclass(frozen=True)
class ChoiceField(Field):
    """A field whose cell is one of some words: ``options`` are pairs of value and label, ``synonyms`` further words for them."""

    options: tuple[tuple[str, str], ...] = ()
    synonyms: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def known(self) -> dict[str, str]:
        """Return the value for each word that is known, folded."""
        return (
            {fold(word): value for word, value in self.synonyms.items()}
            | {value: value for value, _label in self.options}
            | {fold(label): value for value, label in self.options}
        )

    def read(self, cell: Cell, words: Mapping[str, str]) -> Any:
        """Return the value for a word, first as it was chosen for this file."""
        written = text_of(cell)
        word = " ".join(fold(written).split())
        value = words.get(word) or self.known.get(word)
        if value is not None:
            return value
        like = self.like(written)
        if like is not None:
            raise Wrong("unknown_word_like", value=written[:100], like=like[1])
        raise Wrong("unknown_word", value=written[:100])

    def like(self, word: str) -> tuple[str, str] | None:
        """Return value and label of the option that a word is most like, to be offered; nothing where it is like none."""
        labels = [fold(label) for _value, label in self.options]
        found = process.extractOne(fold(word), labels, scorer=fuzz.WRatio, score_cutoff=ALIKE)
        return self.options[found[2]] if found is not None else None


@dataclass(frozen=True)
class Preset:
    """A kind of table that is known: how it is recognized by the names of its columns, and what they mean."""

    key: str
    label: str | Promise
    recognizes: Callable[[Sequence[str]], bool]
    """Asked with the keys of the names (``name_key``)."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Key of a name: key of a field."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = False
    """All columns of such a table are named; nothing is guessed of others."""


@dataclass(frozen=True)
class Option:
    """Something that can be chosen for a whole run with a tick."""

    key: str
    label: str | Promise
    hint: str | Promise = ""


@dataclass(frozen=True)
class Kept:
    """A thing that stays when its import is undone, and why."""

    key: str
    name: str
    why: str | Promise


class Target(ABC):
    """One place into which lines can be taken: a register of one process, a plan, a survey."""

    name: ClassVar[str]
    """``<app>.<what>``; stands in the database."""
    fields: Sequence[Field]
    presets: Sequence[Preset] = ()
    options: Sequence[Option] = ()
    about: str | Promise = _(
        "From Google Forms, geolatvija.lv, a document system, another register or your own Excel list. Before anything is entered you see what becomes of each line."
    )
    """What such tables are, on the page that takes the file."""
    undo_note: str | Promise = ""
    """What becomes of what was made when an import is undone; empty where entries of a register are marked."""

    def __init__(self, scope: Model) -> None:
        self.scope = scope

    @property
    def place(self) -> str:
        """Return the key of this place: within it, no line is taken twice."""
        return f"{self.name}/{key_of(self.scope)}"

    @property
    @abstractmethod
    def owner(self) -> str:
        """Return whose choice of columns is remembered together, as a key."""

    @abstractmethod
    def allows(self, user: Any) -> bool:
        """Say whether this person may import here, and take an import back."""

    @abstractmethod
    def address(self, name: str, *parts: Any) -> str:
        """Return the path of one of the pages about imports into this place."""

    @abstractmethod
    def identity(self, values: Mapping[str, Any]) -> Sequence[str]:
        """Return what makes a line the same as another, from what its own columns say."""

    def already_there(self, lines: Sequence[Mapping[str, Any]]) -> set[int]:
        """Return the places in ``lines`` of those that stand here already, though no import brought them."""
        return set()

    def check(self, values: Mapping[str, Any]) -> Iterable[tuple[str, Wrong]]:
        """Return what is wrong between the fields of one line, each with the field that it is said of."""
        return ()

    def conflicts(self, lines: Sequence[Mapping[str, Any]]) -> Iterable[tuple[int, str, Wrong]]:
        """Return what is wrong between lines that are right by themselves: the place of one, a field, and what."""
        return ()

    @abstractmethod
    def take(self, lines: Sequence[Mapping[str, Any]], *, by: Any, options: Mapping[str, bool]) -> list[str]:
        """Make what the lines say, all in this transaction; return the key of what was made, in their order."""

    @abstractmethod
    def stays(self, keys: Sequence[str], *, lock: bool = False) -> list[Kept]:
        """Return what can no longer be taken back, as somebody has worked on it; ``lock`` keeps it so in this transaction."""

    @abstractmethod
    def undo(self, keys: Sequence[str], *, by: Any, reason: str) -> None:
        """Take back what was made, all in this transaction."""

    @abstractmethod
    def found(self, keys: Sequence[str]) -> dict[str, tuple[str, str, str]]:
        """Return name, title and address of things that were made."""

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """Return the fields by their keys."""
        return {one.key: one for one in self.fields}

    @property
    def names(self) -> list[str]:
        """Return all names of columns that mean a field."""
        return [name for one in self.fields for name in one.names]


_finders: dict[str, Callable[[str], Target | None]] = {}


def register(name: str, find: Callable[[str], Target | None]) -> None:
    """Declare, when the site starts, how the target ``name`` is found again by the key of its scope."""
    _finders[name] = find


def find_target(place: str) -> Target | None:
    """Return the target of a place, or nothing where what it belonged to is gone."""
    name, _slash, scope = place.partition("/")
    return _finders[name](scope) if name in _finders else None
