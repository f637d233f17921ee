# SPDX-License-Identifier: EUPL-1.2
"""Lines of a table made into values, each with what is wrong with it. Reads the database only through the target."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from talka.core.text import fold
from talka.imports.headers import name_key
from talka.imports.problems import Problem, Wrong
from talka.imports.reading import Cell, Row
from talka.imports.targets import ChoiceField, Field, Target
from talka.imports.values import canonical, is_month_first, moment_of, text_of

JOIN = "+"
"""Added to the key of a field, this means: add the column to it, under its name."""

FIRST = ":first"
"""Added to the key of a field that others were added to, this is what its own column says."""


@dataclass(frozen=True)
class Plan:
    """How the columns of a table are understood: field by column, values for all lines, words, what may be left out."""

    columns: Mapping[int, str]
    fixed: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    leave_out: bool = False
    """Take a line without what is not known in it, where its field allows that."""
    repeats: bool = False
    """Take also what stands in the file twice."""


@dataclass
class Checked:
    """One line, understood: its values, what is wrong, and by what it is known again."""

    row: Row
    values: dict[str, Any]
    problems: list[Problem]
    fingerprint: str = ""
    digest: str = ""
    repeats: int = 0
    """The number of the earlier row that says the same."""
    known: bool = False

    @property
    def is_new(self) -> bool:
        """Say whether this line would be taken."""
        return not (self.problems or self.repeats or self.known)


def _sum(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode(errors="replace")).hexdigest()


class Checker:
    """Understands the lines of one table by one plan."""

    def __init__(self, target: Target, plan: Plan, names: Sequence[str]) -> None:
        self.target, self.plan, self.names = target, plan, names
        self.single: dict[str, int] = {}
        self.joined: dict[str, list[int]] = {}
        for column, key in sorted(plan.columns.items()):
            if key.endswith(JOIN):
                self.joined.setdefault(key[:-1], []).append(column)
            else:
                self.single[key] = column
        self.words = {
            key: {" ".join(fold(word).split()): value for word, value in words.items()}
            for key, words in plan.words.items()
        }
        self.american: set[str] = set()
        self.fixed: dict[str, Any] = {}
        self.keys = [name_key(name) or f"column {number}" for number, name in enumerate(names)]

    def check(self, rows: Sequence[Row]) -> list[Checked]:
        """Understand all lines, and find those that repeat an earlier one and those that were taken before."""
        self._look_at_dates(rows)
        self.fixed = {key: self._fixed(self.target.by_key[key], text) for key, text in self.plan.fixed.items() if text}
        seen: dict[str, list[int]] = {}
        lines = []
        for row in rows:
            line = self._line(row)
            lines.append(line)
            if not line.problems:
                self._count(line, seen)
        good = [line for line in lines if not line.problems]
        for place, key, wrong in self.target.conflicts([line.values for line in good]):
            good[place].problems.append(Problem(key, self.single.get(key), wrong.code, wrong.facts))
        good = [line for line in good if not line.problems]
        for place in self.target.already_there([line.values for line in good]):
            good[place].known = True
        return lines

    def _count(self, line: Checked, seen: dict[str, list[int]]) -> None:
        """Mark a line that an earlier one of the file has said already, or give it sums of its own where it is wanted twice."""
        sums = (line.fingerprint, line.digest)
        earlier = max((seen.get(one, []) for one in sums), key=len)
        if earlier and self.plan.repeats:
            line.fingerprint, line.digest = (_sum(one, str(len(earlier))) for one in sums)
        elif earlier:
            line.repeats = earlier[0]
        for one in sums:
            seen.setdefault(one, []).append(line.row.number)

    def _look_at_dates(self, rows: Sequence[Row]) -> None:
        for key, column in self.single.items():
            if self.target.by_key[key].day and is_month_first([row.cell(column) for row in rows]):
                self.american.add(key)

    def _fixed(self, about: Field, text: str) -> Any:
        try:
            return about.read(text, {})
        except Wrong:  # the form has looked at it; what is no longer there (a topic) is left out
            return None

    def _line(self, row: Row) -> Checked:
        problems: list[Problem] = []
        values: dict[str, Any] = {}
        for about in self.target.fields:
            column = self.single.get(about.key)
            cell = row.cell(column) if column is not None else None
            if about.joins and about.key in self.joined:
                if cell is not None:
                    values[about.key + FIRST] = text_of(cell)
                cell = self._joined(about.key, row, cell)
                column = column if column is not None else self.joined[about.key][0]
            if cell is not None:
                value = self._read(about, cell, column, problems)
                if value is not None:
                    values[about.key] = value
        own = dict(values)
        for key, value in self.fixed.items():
            values.setdefault(key, value)
        for about in self.target.fields:
            if (
                about.required
                and values.get(about.key) in (None, "")
                and not any(one.field == about.key for one in problems)
            ):
                problems.append(Problem(about.key, self.single.get(about.key), "required"))
        if not problems:
            problems = [
                Problem(key, self.single.get(key), wrong.code, wrong.facts) for key, wrong in self.target.check(values)
            ]
        return Checked(row, values, problems, _sum(*self.target.identity(own)), self._digest(row))

    def _read(self, about: Field, cell: Cell, column: int | None, problems: list[Problem]) -> Any:
        if about.key in self.american:
            cell = moment_of(cell, month_first=True) or cell
        try:
            return about.read(cell, self.words.get(about.key, {}))
        except Wrong as wrong:
            if not (about.may_drop and self.plan.leave_out):
                problems.append(Problem(about.key, column, wrong.code, wrong.facts))
            return None

    def _joined(self, key: str, row: Row, first: Cell) -> Cell:
        """Return the text with those of further columns below it, each under the name of its column."""
        parts = [text_of(first)] if first is not None else []
        for column in self.joined[key]:
            text = text_of(row.cell(column))
            if text:
                parts.append(f"{self.names[column]}\n{text}" if self.names[column] else text)
        return "\n\n".join(parts) or None

    def _digest(self, row: Row) -> str:
        """Return the sum of all that the row says, whatever the order of its columns and the kind of its file."""
        cells = ((self.keys[column], canonical(cell)) for column, cell in enumerate(row.cells) if cell is not None)
        return _sum(*(f"{name}\x1e{text}" for name, text in sorted(cells)))


def unknown_words(
    target: Target, lines: Sequence[Checked], *, most: int = 30
) -> Iterator[tuple[ChoiceField, str, int]]:
    """Return the words that no option is called, with their field and how often they stand, the most frequent first."""
    found: dict[tuple[str, str], int] = {}
    for line in lines:
        for problem in line.problems:
            if problem.code.startswith("unknown_word"):
                key = (problem.field, str(problem.facts["value"]))
                found[key] = found.get(key, 0) + 1
    for (name, word), times in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most]:
        about = target.by_key[name]
        if isinstance(about, ChoiceField):
            yield about, word, times
