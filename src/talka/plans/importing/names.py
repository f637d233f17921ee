# SPDX-License-Identifier: EUPL-1.2
"""What a table names, found: institutions, territories, topics, goals, nodes of other plans. Plain values, no database."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from talka.core.text import clean_line, fold
from talka.imports.headers import name_key
from talka.plans.importing.lines import Item
from talka.plans.importing.problems import Trouble
from talka.plans.table_columns import joined, parted, pointing

NEW, NOTE = "new", "note"
"""What can be chosen for a name that the directory does not know: enter it, or keep it as text among the other partners."""

ALIKE = 72
SUGGESTED = 5
LONGEST_NAME = 300
LONGEST_NOTE = 500
_NOTHING = {"", "-", "–", "—", "nav"}


@dataclass
class Known:
    """What can be named, by the key of its name: several things may be called the same."""

    organizations: dict[str, list[int]]
    labels: dict[int, str]
    """Names of organizations by their keys."""
    preferred: frozenset[int] = frozenset()
    """The municipality and its institutions, which are meant before others of the same name."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What was chosen for a name, by its key: an organization's key, ``NEW`` or ``NOTE``."""
    areas: dict[str, list[int]] = field(default_factory=dict)
    topics: dict[str, list[int]] = field(default_factory=dict)
    goals: dict[str, list[int]] = field(default_factory=dict)
    """By code, and by short name of the list with the code."""
    nodes: dict[str, list[int]] = field(default_factory=dict)
    """Nodes of the plans above, by code, and by address part of the plan with the code."""


@dataclass
class Unknown:
    """A name of an institution that the directory does not know: where it stands first, how often, what it may be."""

    key: str
    name: str
    row: int
    is_responsible: bool
    times: int = 1
    like: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class NewOrganization:
    """An institution that is to be entered into the directory."""

    name: str

    @property
    def key(self) -> str:
        """Return what makes two of them the same."""
        return name_key(self.name)


class Finder:
    """Finds what the items of one file name."""

    def __init__(self, known: Known, names: Sequence[str]) -> None:
        self.known, self.names = known, names
        self.troubles: list[Trouble] = []
        self.unknown: dict[str, Unknown] = {}

    def find(self, item: Item, now: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of an item that name something, as keys; ``now``: what the draft says, which settles doubts."""
        found: dict[str, Any] = {}
        self._institutions(item, now, found)
        for key, index in (("areas", self.known.areas), ("topics", self.known.topics)):
            if key in item.named:
                text, column = item.named[key]
                found[key] = self._several(item.row, column, text, index, now.get(key, ()))
        for key, index in (("goals", self.known.goals), ("serves", self.known.nodes)):
            if key in item.named:
                text, column = item.named[key]
                found[key] = self._pointed(item.row, column, text, index, now.get(key, ()))
        return found

    # --- Institutions -----------------------------------------------------------------------------

    def _institutions(self, item: Item, now: Mapping[str, Any], found: dict[str, Any]) -> None:
        """Find who is responsible and who takes part: of several in one cell the first is responsible."""
        text, column = item.named.get("organization", ("", -1))
        mains, partners = self._split(text, column)
        notes: list[str] = []
        others: list[int | NewOrganization] = []
        if "organization" in item.named:
            found["organization"] = None
            for place, name in enumerate(mains):
                one = self._institution(item.row, column, name, now, is_responsible=place == 0, notes=notes)
                if place == 0:
                    found["organization"] = one
                elif one is not None:
                    others.append(one)
        if "partners" in item.named:
            text, column = item.named["partners"]
            first, second = self._split(text, column)
            partners = [*partners, *first, *second]
        for name in partners:
            one = self._institution(item.row, column, name, now, is_responsible=False, notes=notes)
            if one is not None:
                others.append(one)
        if others or "partners" in item.named:
            mine = found.get("organization")
            found["partners"] = list(dict.fromkeys(one for one in others if one != mine))
        if notes:
            given = item.fields.get("partners_note", "")
            note = (
                joined([*([given] if given else []), *dict.fromkeys(notes)])
                if given
                else "; ".join(dict.fromkeys(notes))
            )
            if len(note) > LONGEST_NOTE:
                self.troubles.append(Trouble(item.row, column, "too_long", {"length": len(note), "most": LONGEST_NOTE}))
                note = note[:LONGEST_NOTE]
            found["partners_note"] = note

    def _split(self, text: str, column: int) -> tuple[list[str], list[str]]:
        """Return the institutions of a cell, and those in brackets where the name of the column says that they are partners."""
        if fold(text.strip()) in _NOTHING:
            return [], []
        if self._knows(text):
            return [clean_line(text)], []
        partners: list[str] = []
        if 0 <= column < len(self.names) and re.search(r"\(.*partner", fold(self.names[column])):
            for inside in re.findall(r"\(([^()]*)\)", text):
                partners += self._parts(inside)
            text = re.sub(r"\([^()]*\)", " ", text)
        return self._parts(text), partners

    def _parts(self, text: str) -> list[str]:
        parts: list[str] = []
        for chunk in parted(text.replace("\n", ";")):
            parts += [chunk] if self._knows(chunk) else self._at_commas(chunk)
        return [part for part in parts if fold(part) not in _NOTHING]

    def _at_commas(self, chunk: str) -> list[str]:
        """Cut at commas, but not within a name that is known, such as “Izglītības, kultūras un sporta pārvalde”."""
        pieces: list[str] = []
        for piece in (piece.strip() for piece in chunk.split(",")):
            if (
                pieces
                and piece[:1].islower()
                and re.fullmatch(r"[^\W\d]+s", pieces[-1])
                and not self._knows(pieces[-1])
            ):
                pieces[-1] += f", {piece}"  # “Izglītības, kultūras un sporta pārvalde” is one name, known or not
            elif piece:
                pieces.append(piece)
        parts, at = [], 0
        while at < len(pieces):
            end = next(
                (end for end in range(len(pieces), at + 1, -1) if self._knows(", ".join(pieces[at:end]))), at + 1
            )
            parts.append(", ".join(pieces[at:end]))
            at = end
        return parts

    def _knows(self, name: str) -> bool:
        key = name_key(name)
        return key in self.known.organizations or key in self.known.chosen

    def _institution(
        self, row: int, column: int, name: str, now: Mapping[str, Any], *, is_responsible: bool, notes: list[str]
    ) -> int | NewOrganization | None:
        key = name_key(name)
        there = {now.get("organization"), *now.get("partners", ())}
        pk = _best(self.known.organizations.get(key, ()), there, self.known.preferred)
        if pk is not None:
            return pk
        chosen = self.known.chosen.get(key, "")
        self._remember(key, name, row, is_responsible=is_responsible)
        if chosen == NEW:
            return NewOrganization(name[:LONGEST_NAME])
        if chosen.isdigit() and int(chosen) in self.known.labels:
            return int(chosen)
        if is_responsible and chosen != NOTE:
            self.troubles.append(Trouble(row, column, "unknown_organization", {"value": name[:100]}))
            return None
        notes.append(name)
        return None

    def _remember(self, key: str, name: str, row: int, *, is_responsible: bool) -> None:
        if key in self.unknown:
            self.unknown[key].times += 1
            self.unknown[key].is_responsible |= is_responsible
        else:
            self.unknown[key] = Unknown(key, name[:LONGEST_NAME], row, is_responsible, like=self.like(name))

    def like(self, name: str) -> list[tuple[int, str]]:
        """Return the organizations whose names a name is most like, the likest first."""
        found = process.extract(fold(name), self._folded, scorer=fuzz.WRatio, score_cutoff=ALIKE, limit=SUGGESTED)
        return [(pk, self.known.labels[pk]) for _text, _score, pk in found]

    @property
    def _folded(self) -> dict[int, str]:
        if not hasattr(self, "_folded_names"):
            self._folded_names = {pk: fold(label) for pk, label in self.known.labels.items()}
        return self._folded_names

    # --- Other things -----------------------------------------------------------------------------

    def _several(
        self, row: int, column: int, text: str, index: Mapping[str, list[int]], now: Iterable[int]
    ) -> list[int]:
        names: list[str] = []
        for chunk in parted(text.replace("\n", ";")):
            names += [chunk] if name_key(chunk) in index else [part.strip() for part in chunk.split(",")]
        wanted = [name for name in names if fold(name) not in _NOTHING]
        return self._each(row, column, wanted, lambda name: index.get(name_key(name), []), now)

    def _pointed(
        self, row: int, column: int, text: str, index: Mapping[str, list[int]], now: Iterable[int]
    ) -> list[int]:
        names = parted(text.replace("\n", ";"))
        if all(": " not in name for name in names):
            names = [part.strip() for name in names for part in name.split(",") if part.strip()]
        return self._each(row, column, names, lambda name: index.get(pointed_key(*pointing(name)), []), now)

    def _each(
        self, row: int, column: int, names: Iterable[str], find: Callable[[str], Sequence[int]], now: Iterable[int]
    ) -> list[int]:
        there, found = set(now), []
        for name in names:
            candidates = find(name)
            pk = _best(candidates, there, frozenset())
            if pk is None:
                code = "many_known" if candidates else "not_known"
                self.troubles.append(Trouble(row, column, code, {"value": name[:100]}, heavy=False))
            else:
                found.append(pk)
        return list(dict.fromkeys(found))


def pointed_key(place: str, code: str) -> str:
    """Return the key of what is pointed at by a code, with or without where it belongs."""
    return f"{place.casefold()}:{code.casefold()}"


def _best(candidates: Sequence[int], there: Collection[Any], preferred: Collection[int]) -> int | None:
    """Return the one that is meant: the one that stands there, the only one, the only preferred one; else nothing."""
    for some in (
        [one for one in candidates if one in there],
        candidates,
        [one for one in candidates if one in preferred],
    ):
        if len(some) == 1 or (some and some is not candidates and some[0] in there):
            return some[0]
    return None
