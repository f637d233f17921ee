# SPDX-License-Identifier: EUPL-1.2
"""The one table in which a plan is given out and can be taken in again (``plans.table_columns``)."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from talka.core.exports import guarded
from talka.plans.documents.facts import EditionFacts, NodeFacts, Pointed
from talka.plans.documents.paper import Cell
from talka.plans.table_columns import (
    COLUMNS,
    MONEY_BY_ROW,
    SOURCES,
    STATES,
    WHOLE_TERM,
    Money,
    joined,
    path_of,
    pointed,
    when,
)

OWNER = "Atbild (persona)"
"""Only in the table for those who work on the plan; an import leaves it out."""


def money_columns(nodes: Sequence[NodeFacts]) -> list[Money]:
    """Return a column for each source, fund and year of which money is planned; those of the whole term come last."""
    there = {Money(one.source, one.fund, one.year) for node in nodes for one in node.money if one.planned}
    return sorted(there, key=lambda one: (one.year is None, one.year or 0, one.source, one.fund))


def header(money: Sequence[Money], *, owners: bool = False) -> list[str]:
    """Return the names of the columns."""
    return [*(column.name for column in COLUMNS), *(one.name for one in money), *([OWNER] if owners else [])]


def rows(facts: EditionFacts, nodes: Sequence[NodeFacts], money: Sequence[Money]) -> Iterator[list[Cell]]:
    """Yield the cells of each node: texts, numbers, sums of money."""
    for node, cells in _cells(facts, nodes):
        planned = {(one.source, one.fund, one.year): one.planned for one in node.money if one.planned}
        yield [*cells, *(planned.get((one.source, one.fund, one.year)) for one in money)]


def header_by_row() -> list[str]:
    """Return the names of the columns of ``rows_by_row``."""
    return [column.name for column in (*COLUMNS, *MONEY_BY_ROW)]


def rows_by_row(facts: EditionFacts) -> Iterator[list[Cell]]:
    """Yield the cells of each node with its first sum of money, and a row for each further sum: as wide for every plan."""
    for node, cells in _cells(facts, facts.nodes):
        sums: list[list[Cell]] = [
            [SOURCES[one.source], one.fund, str(one.year or WHOLE_TERM), one.planned] for one in node.money if one.planned
        ]  # fmt: skip
        yield [*cells, *(sums[0] if sums else [""] * len(MONEY_BY_ROW))]
        for one in sums[1:]:
            yield [*([""] * len(COLUMNS)), *one]


def _cells(facts: EditionFacts, nodes: Sequence[NodeFacts]) -> Iterator[tuple[NodeFacts, list[Cell]]]:
    """Yield nodes with the cells of all columns but those of money."""
    paths: dict[int, str] = {}
    for node in facts.nodes:
        below = paths[node.above[-1]] if node.above else ""
        paths[node.key] = path_of(node.code or node.title, below, is_code=bool(node.code))
    for node in nodes:
        yield node, [
            node.code, node.level, paths[node.above[-1]] if node.above else "", node.title, node.description,
            node.result, node.organization, joined(node.partners), node.partners_note,
            when(node.starts_year, node.starts_quarter), when(node.ends_year, node.ends_quarter), joined(node.areas),
            joined(node.topics), joined(_written(one) for one in node.serves), joined(_written(one) for one in node.goals),
            (STATES[node.state or "not_started"] if node.is_work else ""), node.percent,
        ]  # fmt: skip


def _written(one: Pointed) -> str:
    return pointed(one.place, one.code or one.title)


def csv_of(facts: EditionFacts) -> bytes:
    """Write the table as CSV: UTF-8 with byte order mark, commas, sums with a point, nothing that a spreadsheet takes for a formula."""
    money = money_columns(facts.nodes)
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow([guarded(name) for name in header(money)])
    for row in rows(facts, facts.nodes, money):
        writer.writerow([guarded(cell) if isinstance(cell, str) else _plain(cell) for cell in row])
    return text.getvalue().encode()


def _plain(cell: int | Decimal | None) -> str:
    return "" if cell is None else str(cell)
