# SPDX-License-Identifier: EUPL-1.2
"""What a table would change in a draft: what is new, what becomes otherwise, what stays, what is not in the file."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from talka.core.text import fold
from talka.plans.importing.columns import Meaning
from talka.plans.importing.lines import Item, Understood
from talka.plans.importing.names import Finder, NewOrganization, Unknown
from talka.plans.importing.problems import Trouble
from talka.plans.importing.schemes import Rung
from talka.plans.importing.values import code_key, shape_of
from talka.plans.table_columns import parted

FundKey = tuple[str, str, int | None]

SINGLE = (
    "code", "title", "description", "result", "organization", "partners_note", "starts_year", "starts_quarter", "ends_year",
    "ends_quarter",
)  # fmt: skip
SEVERAL = ("partners", "areas", "topics", "serves", "goals")


@dataclass
class Stored:
    """What the draft says of a node, as plain values."""

    node: int
    kind: str
    level: str
    """The letter of its level."""
    parent: int | None
    values: dict[str, Any]
    funding: dict[FundKey, Decimal]
    state: str = ""
    percent: int | None = None
    stood: bool = False
    """It stands in an edition before this draft."""


@dataclass
class Change:
    """What becomes of one node: without ``stored`` it is new. ``fields``: old and new value of each that changes."""

    item: Item
    stored: Stored | None
    rung: Rung
    parent: "Change | int | None" = None
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    funding: dict[FundKey, Decimal] | None = None
    moves: bool = False
    told: tuple[str, int | None] | None = None
    """How it is going, where the file says it otherwise than the latest update: state and per cent."""

    @property
    def is_new(self) -> bool:
        """Say whether the draft does not hold it yet."""
        return self.stored is None

    @property
    def is_changed(self) -> bool:
        """Say whether the draft holds it and will hold it otherwise."""
        return self.stored is not None and bool(self.fields or self.funding is not None or self.moves)


@dataclass
class Difference:
    """What a file would change in a draft."""

    changes: list[Change]
    troubles: list[Trouble]
    unknown: list[Unknown]
    left_out: list[tuple[int, str, str]]
    missing: list[Stored]
    drafted: list[Stored]
    """All that the draft holds."""
    rungs: list[Rung]
    """Levels that are to be made."""
    organizations: Mapping[int, str] = field(default_factory=dict)
    """Names of institutions by their keys."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What was chosen for names that the directory does not know."""
    lines: int = 0

    @property
    def new(self) -> list[Change]:
        """Return what is to be added."""
        return [one for one in self.changes if one.is_new]

    @property
    def changed(self) -> list[Change]:
        """Return what becomes otherwise."""
        return [one for one in self.changes if one.is_changed]

    @property
    def unchanged(self) -> int:
        """Return how many stay as they are."""
        return sum(not one.is_new and not one.is_changed for one in self.changes)

    @property
    def told(self) -> list[Change]:
        """Return those of which the file says otherwise how they are going."""
        return [one for one in self.changes if one.told is not None]

    @property
    def heavy(self) -> list[Trouble]:
        """Return what must be mended before anything is taken."""
        return [one for one in self.troubles if one.heavy]

    @property
    def light(self) -> list[Trouble]:
        """Return what may be taken as it is."""
        return [one for one in self.troubles if not one.heavy]

    def digest(self) -> str:
        """Return the sum of all that would change, so that what is taken is what somebody has looked at."""
        parts = [
            [
                one.item.row, one.stored.node if one.stored else None, one.rung.letter, one.moves, sorted(one.fields.items()),
                sorted(map(str, (one.funding or {}).items())), one.told,
            ]
            for one in self.changes
        ]  # fmt: skip
        parts.append([[one.node for one in self.missing], [one.letter for one in self.rungs]])  # type: ignore[list-item]
        return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()


class Comparer:
    """Compares what a file says with a draft."""

    def __init__(
        self, understood: Understood, finder: Finder, draft: Sequence[Stored], rungs: Sequence[Rung],
        columns: Mapping[int, Meaning],
    ) -> None:  # fmt: skip
        self.understood, self.finder, self.rungs, self.columns = understood, finder, rungs, columns
        self.draft = {stored.node: stored for stored in draft}
        self.by_code = {code_key(stored.values["code"]): stored for stored in draft if stored.values["code"]}
        self.by_title: dict[tuple[str, int | None, str], list[Stored]] = {}
        for stored in draft:
            self.by_title.setdefault((stored.level, stored.parent, fold(stored.values["title"])), []).append(stored)
        self.has_codes = any(meaning.key == "code" for meaning in columns.values())
        self.is_own_table = any(meaning.key == "level" for meaning in columns.values())
        self.changes: list[Change] = []
        self.of_item: dict[int, Change] = {}
        self.seen: dict[Any, int] = {}
        self.troubles: list[Trouble] = []

    def compare(self) -> Difference:
        """Return what would change."""
        waiting: list[Change] = []
        for item in self.understood.items:
            change = self._change(item)
            if change is not None:
                self.changes.append(change)
                self.of_item[id(item)] = change
                if isinstance(item.parent, Item) and id(item.parent) not in self.of_item:
                    waiting.append(change)
        for change in waiting:  # what stands below a row further down
            self._place(change)
        met = {change.stored.node for change in self.changes if change.stored is not None}
        levels = {change.rung.letter for change in self.changes if not change.item.is_heading}
        missing = [one for one in self.draft.values() if one.node not in met and one.level in levels]
        troubles = [*self.understood.troubles, *self.finder.troubles, *self.troubles]
        return Difference(
            self.changes, sorted(troubles, key=lambda one: (one.row, one.column or 0)),
            sorted(self.finder.unknown.values(), key=lambda one: (not one.is_responsible, -one.times, one.name)),
            self.understood.left_out, missing, list(self.draft.values()), [one for one in self.understood.rungs if one.pk is None],
            self.finder.known.labels, self.finder.known.chosen,
            lines=len({item.row for item in self.understood.items}),
        )  # fmt: skip

    def _change(self, item: Item) -> Change | None:
        change = Change(item, None, item.rung)
        self._place(change)
        stored = self.by_code.get(code_key(item.code)) if item.code else self._titled_below(change)
        key = (
            stored.node if stored is not None else item.code or (item.rung.letter, id(change.parent), fold(item.title))
        )
        if key in self.seen and item.code:
            facts = {"code": item.code, "row": self.seen[key]}
            self.troubles.append(Trouble(item.row, None, "code_twice", facts))
            return None
        if key in self.seen and not self.is_own_table:
            facts = {"title": item.title[:100], "row": self.seen[key]}
            self.troubles.append(Trouble(item.row, None, "same_twice", facts, heavy=False))
        self.seen[key] = item.row
        if stored is not None:
            self._meet(change, stored)
        self._fields(change)
        return change

    def _titled_below(self, change: Change) -> Stored | None:
        """Return the node of the draft that an item without a code is: of its level and title, below the same node; each once."""
        item, over = change.item, change.parent
        if isinstance(over, Change) and over.stored is None:
            return None
        below = over.stored.node if isinstance(over, Change) and over.stored is not None else over
        for stored in self.by_title.get(
            (item.rung.letter, below if isinstance(below, int) else None, fold(item.title)), []
        ):
            is_open = not (self.has_codes and stored.values["code"]) or item.is_heading
            if stored.node not in self.seen and is_open:
                return stored
        return None

    def _meet(self, change: Change, stored: Stored) -> None:
        """Let a change be about a node of the draft; its level stays where the file does not say it."""
        item = change.item
        change.stored = stored
        own = next((rung for rung in self.rungs if rung.letter == stored.level), item.rung)
        if stored.kind != item.rung.kind:
            if item.knows_level or (item.rung.kind == "group") != (stored.kind == "group"):
                self.troubles.append(Trouble(item.row, None, "other_kind", {"code": item.code or item.title[:60]}))
            change.rung = own
        elif not item.knows_level:
            change.rung = own
        if change.rung.letter != stored.level:
            change.fields["level"] = (stored.level, change.rung.letter)
        self._place(change)

    def _place(self, change: Change) -> None:
        """Find what a change stands below, and whether that is another node than now."""
        item, parent = change.item, change.item.parent
        if isinstance(parent, Item):
            change.parent = self.of_item.get(id(parent))
        elif isinstance(parent, str):
            stored = self.by_code.get(code_key(parent)) or self._titled(parent)
            if stored is None:
                self._once(Trouble(item.row, None, "no_parent", {"value": parent[:100]}))
            else:
                change.parent = stored.node
                self._check_above(change, stored)
        elif not item.knows_parent and change.stored is None:
            change.parent = self._by_scheme(item)
        if change.stored is None:
            return
        now = change.stored.parent
        there = (
            change.parent.stored.node if isinstance(change.parent, Change) and change.parent.stored else change.parent
        )
        change.moves = item.knows_parent and there != now

    def _once(self, trouble: Trouble) -> None:
        if trouble not in self.troubles:
            self.troubles.append(trouble)

    def _check_above(self, change: Change, above: Stored) -> None:
        over = next((rung for rung in self.rungs if rung.letter == above.level), None)
        if over is not None and over.position >= change.rung.position:
            name = above.values["code"] or above.values["title"][:60]
            self._once(Trouble(change.item.row, None, "wrong_parent", {"value": name}))

    def _titled(self, title: str) -> Stored | None:
        """Return the one part of the tree without a code that is called so; of a path (``path_of``) the last name counts."""
        names = {fold(title), fold(next(reversed(parted(title)), ""))}
        found = [one for one in self.draft.values() if not one.values["code"] and fold(one.values["title"]) in names]
        return found[0] if len(found) == 1 else None

    def _by_scheme(self, item: Item) -> int | None:
        """Return the node of the draft that an item's code says it stands below: U1.1.2 for R1.1.2.3."""
        shape = shape_of(item.code)
        if shape is None:
            return None
        numbers = item.code[len(shape[0]) :].strip(" .").rpartition(".")[0]
        found = [
            (rung.position, stored.node)
            for rung in self.rungs
            if numbers and rung.kind == "group" and rung.position < item.rung.position
            for stored in [self.by_code.get(code_key(rung.pattern.partition("{")[0] + numbers))]
            if stored is not None and stored.level == rung.letter
        ]
        return max(found)[1] if found else None

    def _fields(self, change: Change) -> None:
        item, stored = change.item, change.stored
        now: Mapping[str, Any] = stored.values if stored is not None else {}
        said = {"title": item.title, **item.fields, **self.finder.find(item, now)}
        if item.is_heading:
            said = {"title": item.title}
        if item.code or (self.has_codes and not item.is_heading):
            said["code"] = item.code or None
            if stored is not None and item.code and code_key(stored.values["code"] or "") == code_key(item.code):
                said["code"] = stored.values["code"]
        for name, value in said.items():
            old = now.get(name, [] if name in SEVERAL else None if name in _NULLABLE else "")
            same = set(old) == set(value) if name in SEVERAL else old == value
            if not same or (stored is None and name in ("title", "code")):
                change.fields[name] = (old, value)
        if not item.is_heading and item.rung.kind != "group" and self.understood.covers_money:
            self._funding(change)
        self._tell(change)

    def _funding(self, change: Change) -> None:
        """Let the rows of the file replace those of the node that the columns of the file are about."""
        now = change.stored.funding if change.stored is not None else {}
        kept = {key: amount for key, amount in now.items() if not self._is_covered(key)}
        said: dict[FundKey, Decimal] = {}
        for money in change.item.money:
            key = (money.source, money.fund, money.year)
            said[key] = said.get(key, Decimal()) + money.planned
        wanted = {**kept, **said}
        if wanted != now:
            change.funding = wanted

    def _is_covered(self, key: FundKey) -> bool:
        source, fund, year = key
        said_year = any(meaning.key == "year" for meaning in self.columns.values())
        for meaning in self.columns.values():
            if meaning.key not in ("money", "share"):
                continue
            if meaning.exact:
                if (meaning.source, meaning.fund, meaning.year) == key:
                    return True
            elif (
                meaning.source in ("", source)
                and meaning.fund in ("", fund)
                and (said_year or meaning.year in (None, year))
            ):
                return True
        return False

    def _tell(self, change: Change) -> None:
        item = change.item
        if item.rung.kind == "group" or (item.state is None and item.percent is None):
            return
        now = (change.stored.state, change.stored.percent) if change.stored is not None else ("", None)
        state = item.state or (
            "done" if item.percent == 100 else "under_way" if item.percent else now[0] or "not_started"
        )
        percent = 100 if state == "done" else item.percent
        if (state, percent) != (now[0] or "not_started", now[1]) or (change.stored is None and state != "not_started"):
            change.told = (state, percent)


_NULLABLE = {"code", "organization", "starts_year", "starts_quarter", "ends_year", "ends_quarter"}


def new_organizations(changes: Sequence[Change]) -> Iterator[NewOrganization]:
    """Return the institutions that are to be entered, each once."""
    seen: set[str] = set()
    for change in changes:
        for _old, value in change.fields.values():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, NewOrganization) and one.key not in seen:
                    seen.add(one.key)
                    yield one
