# SPDX-License-Identifier: EUPL-1.2
"""Lines and their mistakes as a page and a table show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from talka.core.exports import Cell as OutCell
from talka.core.text import shorten
from talka.imports.checking import Checked
from talka.imports.headers import letter_of
from talka.imports.problems import Problem, sentence
from talka.imports.reading import Cell
from talka.imports.targets import ChoiceField, Field, Target

SHOWN_TEXT = 160


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong: where it stands, and a sentence."""

    row: int
    where: str
    says: str


def mistake(target: Target, names: Sequence[str], row: int, problem: Problem) -> Mistake:
    """Return what is wrong as a sentence that begins with the column: “E-mail”, column C …"""
    about = target.by_key.get(problem.field)
    label = str(about.label) if about is not None else ""
    if problem.column is not None and problem.column < len(names):
        where = _("%(field)s (column %(letter)s “%(name)s”)") % {
            "field": label, "letter": letter_of(problem.column), "name": names[problem.column],
        }  # fmt: skip
    else:
        where = label or _("The line")
    return Mistake(row, where, sentence(problem.code, problem.facts))


def mistakes(target: Target, names: Sequence[str], lines: Iterable[Checked], *, most: int) -> list[Mistake]:
    """Return what is wrong with lines, the first ``most``."""
    found: list[Mistake] = []
    for line in lines:
        for problem in line.problems:
            if len(found) == most:
                return found
            found.append(mistake(target, names, line.row.number, problem))
    return found


def shown_fields(target: Target, lines: Sequence[Checked]) -> list[Field]:
    """Return the fields that at least one of the lines says something about."""
    return [about for about in target.fields if any(about.key in line.values for line in lines)]


def shown_values(fields: Sequence[Field], line: Checked) -> list[tuple[str, Any]]:
    """Return label and value of each field of a line, as people read them; a moment stays a moment."""
    return [(str(about.label), _shown(about, line.values.get(about.key))) for about in fields]


def _shown(about: Field, value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(about, ChoiceField):
        return dict(about.options).get(str(value), value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return timezone.make_aware(value)
    return shorten(value, SHOWN_TEXT) if isinstance(value, str) else value


def wrong_lines_table(
    target: Target, names: Sequence[str], lines: Iterable[Checked]
) -> tuple[list[str], list[list[OutCell]]]:
    """Return the wrong lines as they came, each with what is wrong with it in a last column, to be mended and sent again."""
    header = [name or letter_of(column) for column, name in enumerate(names)]
    rows = []
    for line in lines:
        said = [mistake(target, names, line.row.number, problem) for problem in line.problems]
        cells = [_out(line.row.cell(column)) for column in range(len(names))]
        rows.append([*cells, "; ".join(f"{one.where}: {one.says}" for one in said)])
    return [*header, _("What is wrong")], rows


def _out(cell: Cell) -> OutCell:
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, float):
        return Decimal(repr(cell))
    if isinstance(cell, datetime):
        return timezone.make_aware(cell)
    return cell if isinstance(cell, str | int) or cell is None else cell.isoformat()
