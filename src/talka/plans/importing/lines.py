# SPDX-License-Identifier: EUPL-1.2
"""Lines of a plan's table made into items: what each is, where it stands, what it says, what money it plans."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from talka.core.text import fold
from talka.imports.problems import Wrong
from talka.imports.values import text_of
from talka.plans.importing import values
from talka.plans.importing.columns import Meaning
from talka.plans.importing.fields import MANY
from talka.plans.importing.layout import Layout, Line
from talka.plans.importing.money import Money, check_totals, read_money
from talka.plans.importing.problems import Trouble
from talka.plans.importing.schemes import Rung, extended, rung_of, rungs_by
from talka.plans.importing.values import Term, code_key, leading_code
from talka.plans.table_columns import parted

NAMED = ("organization", "partners", "areas", "topics", "serves", "goals")
"""Fields that name things of the directory or of other plans; what is meant is found by ``names``."""


@dataclass(frozen=True)
class Settings:
    """How a table is to be understood; ``works``: which kind of node its lines are where nothing else tells."""

    columns: Mapping[int, Meaning]
    rungs: Sequence[Rung]
    years: range
    works: str = "action"
    thousands: bool = False


@dataclass
class Item:
    """What a row, or several that go on from it, say of one node."""

    row: int
    rung: Rung
    code: str
    title: str
    parent: "Item | str | None" = None
    """An item of the file, the code of a node (or, without a code, its title), or nothing."""
    knows_parent: bool = False
    knows_level: bool = False
    is_heading: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    named: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The texts of fields that name things, with their column."""
    money: list[Money] = field(default_factory=list)
    state: str | None = None
    percent: int | None = None


@dataclass
class Understood:
    """What a table says: its items in their order, what is wrong, what is left out."""

    rungs: list[Rung]
    items: list[Item] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    left_out: list[tuple[int, str, str]] = field(default_factory=list)
    """Row, sort (``note``, ``total``, ``heading``), text."""
    covers_money: bool = False


class Reader:
    """Goes through the lines of one table from top to bottom."""

    def __init__(self, layout: Layout, settings: Settings) -> None:
        self.layout, self.settings = layout, settings
        self.column = {meaning.key: column for column, meaning in settings.columns.items() if meaning.key not in MANY}
        self.many = {
            key: [column for column, meaning in settings.columns.items() if meaning.key == key] for key in MANY
        }
        self.extended = extended(filter(None, self._codes()))
        self.understood = Understood(self._rungs())
        self.words = tuple(word for rung in self.understood.rungs for word in (rung.plural, rung.name))
        self.over: list[Item] = []
        self.groups: dict[int, str] = {}
        self.known: dict[str, Item] = {}
        self.headings: dict[tuple[str, int], Item] = {}

    def _rungs(self) -> list[Rung]:
        """Return the levels of the plan, or those that the codes of the file make where it has none."""
        if self.settings.rungs:
            return list(self.settings.rungs)
        headings = [leading_code(line.text, _USUAL_WORDS)[1] for line in self.layout.lines if line.sort == "heading"]
        for line in self.layout.lines:
            if line.sort == "line":
                headings += [leading_code(text_of(line.cell(column)))[1] for column in self.many["group"]]
        codes = self._codes()
        headings += [code for code in codes if code_key(code) in self.extended]
        return rungs_by(filter(None, headings), filter(None, codes), self.settings.works)

    def _codes(self) -> list[str]:
        if "code" not in self.column:
            return []
        cells = (line.cell(self.column["code"]) for line in self.layout.lines if line.sort == "line")
        return [text_of(cell).strip() for cell in cells if isinstance(cell, str | float | int)]

    def read(self) -> Understood:
        """Understand all lines."""
        found = self.understood
        self._say_failed()
        for line in self.layout.lines:
            if line.sort == "heading":
                self._heading(line)
            elif line.sort == "line":
                self._line(line)
            else:
                found.left_out.append((line.number, "note" if line.sort == "note" else "total", line.text))
        found.covers_money = any(
            meaning.key in ("money", "share", "total") for meaning in self.settings.columns.values()
        )
        found.troubles += check_totals(self.layout, self.settings.columns, thousands=self.settings.thousands)
        self._find_parents()
        return found

    def _say_failed(self) -> None:
        """Say which cells of columns that are taken show an error instead of a value."""
        for line in self.layout.lines:
            for column in self.settings.columns:
                cell = line.own(column)
                if isinstance(cell, str) and cell.startswith("#") and cell.strip().upper() in _ERRORS:
                    self._trouble(line.number, column, "formula_failed", value=cell.strip())
                    line.cells[column] = None

    def _trouble(self, row: int, column: int | None, code: str, /, *, heavy: bool = True, **facts: Any) -> None:
        self.understood.troubles.append(Trouble(row, column, code, facts, heavy))

    # --- Parts of the tree ------------------------------------------------------------------------

    def _heading(self, line: Line) -> None:
        word, code, title = leading_code(line.text, self.words)
        rung = self._rung_of_heading(word, code)
        if rung is None or rung.kind != "group" or not title:
            self.understood.left_out.append((line.number, "heading", line.text))
            return
        self._put(self._group(line.number, rung, code, title))

    def _rung_of_heading(self, word: str, code: str) -> Rung | None:
        rungs = self.understood.rungs
        if word:
            return next(rung for rung in rungs if word in (rung.name, rung.plural))
        return rung_of(code, [rung for rung in rungs if rung.kind == "group"]) if code else None

    def _group(self, row: int, rung: Rung, code: str, title: str) -> Item:
        """Return the part of the tree that a heading or a cell names; the same one where it has been named before."""
        above = next((one for one in reversed(self.over) if one.rung.position < rung.position), None)
        key = (code_key(code) if code else f"{fold(title)}/{id(above)}", rung.position)
        item = self.headings.get(key)
        if item is None:
            item = Item(row, rung, code.rstrip("."), title, above, knows_parent=above is not None, is_heading=True)
            self.headings[key] = item
            if not (code and code_key(code) in self.known):
                self._add(item)
            else:
                item = self.known[code_key(code)]
                self.headings[key] = item
        return item

    def _put(self, item: Item) -> None:
        """Let what follows stand below this item."""
        self.over = [one for one in self.over if one.rung.position < item.rung.position] + [item]

    def _groups_of(self, line: Line) -> Item | None:
        """Return the item of the last column that says what a line stands below; an empty cell goes on from above."""
        found = None
        for place, column in enumerate(self.many["group"]):
            text = " ".join(text_of(line.cell(column)).split())
            if text and text != self.groups.get(column):
                self.groups[column] = text
                for later in self.many["group"][place + 1 :]:
                    self.groups.pop(later, None)
            text = self.groups.get(column, "")
            if not text:
                continue
            word, code, title = leading_code(text, self.words)
            rung = self._rung_of_heading(word, code) or self._rung_of_column(column)
            if rung is None or rung.kind != "group":
                self._trouble(line.number, column, "unknown_level", value=text[:100])
                continue
            if not title:  # only a code: it points at what stands elsewhere
                found = self.known.get(code_key(code)) or found
                continue
            found = self._group(line.number, rung, code, title)
            self._put(found)
        return found

    def _rung_of_column(self, column: int) -> Rung | None:
        name = fold(self.layout.names[column])
        return next(
            (rung for rung in self.understood.rungs if fold(rung.name) in name or name in fold(rung.plural)), None
        )

    # --- Lines ------------------------------------------------------------------------------------

    def _line(self, line: Line) -> None:
        code = self._read(line, "code", values.code_of) or ""
        title = self._read(line, "title", lambda cell: values.line_of(cell, 1000)) or ""
        own_code = bool(code) and not self._is_above(line, "code")
        own_title = bool(title) and not self._is_above(line, "title")
        items = self.understood.items
        if not own_code and not own_title:
            if items and (code or title or not self._has_text(line)):
                self._money(line, items[-1])
                return
            if not own_title:
                self._trouble(line.number, self.column.get("title"), "no_title")
            return
        if not title:
            self._trouble(line.number, self.column.get("title"), "no_title")
            return
        if "code" not in self.column:
            _word, code, rest = leading_code(title)
            code, title = (code, rest) if rest and rung_of(code, self.understood.rungs) is not None else ("", title)
        below = self._groups_of(line)
        rung, is_sure = self._rung_of_line(line, code)
        if rung is None:
            return
        item = Item(line.number, rung, code.rstrip("."), title, knows_level=is_sure)
        self._say_parent(line, item, below)
        self._fill(line, item)
        self._add(item)
        if rung.kind == "group":
            self._put(item)
        self._money(line, item)

    def _is_above(self, line: Line, key: str) -> bool:
        return self.column.get(key) in line.above

    def _has_text(self, line: Line) -> bool:
        """Say whether a row without code and title says something that is not money."""
        money = {"money", "share", "total", "source", "fund", "year"}
        return any(
            line.own(column) is not None
            for column, meaning in self.settings.columns.items()
            if meaning.key not in money and meaning.key != "group"
        )

    def _rung_of_line(self, line: Line, code: str) -> tuple[Rung | None, bool]:
        rungs = self.understood.rungs
        named = self._read(line, "level", lambda cell: values.line_of(cell, 100))
        if named:
            key = fold(named)
            rung = next((one for one in rungs if key in (fold(one.name), fold(one.plural))), None)
            if rung is None:
                self._trouble(line.number, self.column["level"], "unknown_level", value=named)
            return rung, True
        rung = rung_of(code, rungs, is_part=code_key(code) in self.extended) if code else None
        if rung is None:
            rung = next((one for one in rungs if one.kind == self.settings.works), None)
        if rung is None:
            self._trouble(line.number, self.column.get("code"), "no_level")
        return rung, False

    def _say_parent(self, line: Line, item: Item, below: Item | None) -> None:
        """Say where an item stands: by its own column, by those of what is above, by the headings before it."""
        if "parent" in self.column:
            written = self._read(line, "parent", lambda cell: values.line_of(cell, 1000)) or ""
            point = written if "level" in self.column else self._deepest(written, item.rung)
            if point:
                item.parent, item.knows_parent = point, True
                return
            if "level" in self.column:
                item.knows_parent = True
                return
        above = below or next((one for one in reversed(self.over) if one.rung.position < item.rung.position), None)
        if above is not None and above.rung.position < item.rung.position:
            item.parent, item.knows_parent = above, True

    def _deepest(self, written: str, below: Rung) -> str:
        """Return, of several codes in one cell (“VTP1, RV1.1, U1.1.2”), the one furthest down."""
        if not written:
            return ""
        found: list[tuple[int, str]] = []
        for part in written.replace(";", ",").replace("/", ",").split(","):
            _word, code, _title = leading_code(part, self.words)
            rung = rung_of(code, self.understood.rungs) if code else None
            if rung is not None and rung.position < below.position:
                found.append((rung.position, code))
        return max(found)[1] if found else written

    def _fill(self, line: Line, item: Item) -> None:
        """Take what the other columns say; an empty cell of a column that is taken empties its field."""
        for key in ("description", "result"):
            if self.many[key]:
                item.fields[key] = self._joined(line, key)
        if "partners_note" in self.column:
            item.fields["partners_note"] = (
                self._read(line, "partners_note", lambda cell: values.line_of(cell, 500)) or ""
            )
        self._term(line, item)
        for key in NAMED:
            if key in self.column:
                text = text_of(line.cell(self.column[key])).strip()
                item.named[key] = (text, self.column[key])
        item.state = self._read(line, "state", values.state_in)
        item.percent = self._read(line, "percent", values.percent_in)

    def _term(self, line: Line, item: Item) -> None:
        term = None
        if "term" in self.column:
            term = self._read(line, "term", lambda cell: values.term_in(cell, self.settings.years)) or Term()
            item.fields |= _as_fields(term.starts_year, term.starts_quarter, "starts")
            item.fields |= _as_fields(term.ends_year, term.ends_quarter, "ends")
        for key in ("starts", "ends"):
            if key in self.column:
                term = self._read(line, key, lambda cell: values.term_in(cell, self.settings.years)) or Term()
                year, quarter = (
                    (term.starts_year, term.starts_quarter) if key == "starts" else (term.ends_year, term.ends_quarter)
                )
                item.fields |= _as_fields(year, quarter, key)
        first = (item.fields.get("starts_year") or 0, item.fields.get("starts_quarter") or 1)
        last = (item.fields.get("ends_year") or 9999, item.fields.get("ends_quarter") or 4)
        if first > last:
            column = self.column.get("ends", self.column.get("term"))
            self._trouble(line.number, column, "term_backwards", value=f"{first[0]}–{last[0]}")

    def _joined(self, line: Line, key: str) -> str:
        columns = self.many[key]
        texts = []
        for column in columns:
            text = self._value(line, column, values.text_in) or ""
            name = self.layout.names[column]
            texts.append(f"{name}: {text}" if text and column != columns[0] and name else text)
        return "\n\n".join(filter(None, texts))

    def _money(self, line: Line, item: Item) -> None:
        found, troubles = read_money(line, self.settings.columns, thousands=self.settings.thousands)
        self.understood.troubles += troubles
        if found and item.rung.kind == "group":
            self._trouble(line.number, None, "group_has_money", heavy=False)
            return
        item.money += found

    def _read(self, line: Line, key: str, read: Callable[[Any], Any]) -> Any:
        return self._value(line, self.column[key], read) if key in self.column else None

    def _value(self, line: Line, column: int, read: Callable[[Any], Any]) -> Any:
        cell = line.cell(column)
        if cell is None:
            return None
        try:
            return read(cell)
        except Wrong as wrong:
            self._trouble(line.number, column, wrong.code, **wrong.facts)
            return None

    # --- Together ---------------------------------------------------------------------------------

    def _add(self, item: Item) -> None:
        """Add an item; refuse a code that stands further up already."""
        if item.code:
            earlier = self.known.get(code_key(item.code))
            if earlier is not None:
                self._trouble(item.row, self.column.get("code"), "code_twice", code=item.code, row=earlier.row)
                return
            self.known[code_key(item.code)] = item
        self.understood.items.append(item)

    def _find_parents(self) -> None:
        """Put items for codes that stand in the file; find by the scheme of codes what stands below what."""
        by_numbers: dict[tuple[str, int], Item] = {}
        for item in self.understood.items:
            shape = values.shape_of(item.code)
            if shape is not None and item.rung.kind == "group":
                by_numbers[item.code[len(shape[0]) :].strip(" ."), item.rung.position] = item
        paths = _Paths(self.known)
        for item in self.understood.items:
            if isinstance(item.parent, str):
                item.parent = paths.find(item.parent, item.rung) or item.parent
            elif item.parent is None and not item.knows_parent and item.code:
                shape = values.shape_of(item.code)
                numbers = item.code[len(shape[0]) :].strip(" .").rpartition(".")[0] if shape is not None else ""
                over = [one for (found, position), one in by_numbers.items() if found == numbers and position < item.rung.position] if numbers else []  # fmt: skip
                if over:
                    item.parent, item.knows_parent = max(over, key=lambda one: one.rung.position), True
            if isinstance(item.parent, Item) and item.parent.rung.position >= item.rung.position:
                self._trouble(
                    item.row, self.column.get("parent"), "wrong_parent", value=item.parent.code or item.parent.title
                )
            paths.add(item)


class _Paths:
    """Finds items by what ``table_columns.path_of`` writes: of those called alike, the nearest one before."""

    def __init__(self, known: Mapping[str, Item]) -> None:
        self.known = known
        self.of: dict[int, tuple[str, ...]] = {}
        self.before: dict[tuple[str, ...], dict[int, Item]] = {}

    def add(self, item: Item) -> None:
        """Take note of an item that has been gone past, and of what it stands below."""
        above = self.of.get(id(item.parent), ()) if isinstance(item.parent, Item) and not item.code else ()
        path = self.of[id(item)] = (*above, code_key(item.code or fold(item.title)))
        nearest = self.before.setdefault(path, {})
        nearest.pop(item.rung.position, None)
        nearest[item.rung.position] = item

    def find(self, written: str, below: Rung) -> Item | None:
        """Return the item that is written so and may stand above this level; one with a code may come later too."""
        for path in (tuple(code_key(fold(part)) for part in parted(written)), (code_key(fold(written)),)):
            for position, item in reversed(self.before.get(path, {}).items()):
                if position < below.position:
                    return item
        return self.known.get(code_key(written))


def _as_fields(year: int | None, quarter: int | None, name: str) -> dict[str, int | None]:
    return {f"{name}_year": year, f"{name}_quarter": quarter}


_USUAL_WORDS = ("vidēja termiņa prioritāte", "prioritāte", "stratēģiskais mērķis", "rīcības virziens", "uzdevums")
_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}


def understand(layout: Layout, settings: Settings, failed: Sequence[tuple[int, int, str]] = ()) -> Understood:
    """Understand a table; ``failed``: cells whose formula failed, which count where their column is taken."""
    broken = {(row, column): text for row, column, text in failed}
    reader = Reader(layout, settings)
    sorts = {line.number for line in layout.lines if line.sort in ("line", "total", "grand_total")}
    for (row, column), text in sorted(broken.items()):
        if row in sorts and column in settings.columns:
            reader.understood.troubles.append(Trouble(row, column, "formula_failed", {"value": text}))
    return reader.read()
