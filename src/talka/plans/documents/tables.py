# SPDX-License-Identifier: EUPL-1.2
"""The one table in which a plan is given out and can be taken in again (``plans.table_columns``)."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from talka.core.exports import guarded
from talka.plans.documents.facts import EditionFacts, NodeFacts, Pointed
from talka.plans.documents.paper import Cell
from talka.plans.table_columns import COLUMNS, STATES, Money, joined, pointed, when

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
    codes = {node.key: node.code for node in facts.nodes}
    titles = {node.key: node.title for node in facts.nodes}
    for node in nodes:
        planned = {(one.source, one.fund, one.year): one.planned for one in node.money if one.planned}
        above = node.above[-1] if node.above else None
        yield [
            node.code, node.level, (codes[above] or titles[above]) if above is not None else "", node.title, node.description,
            node.result, node.organization, joined(node.partners), node.partners_note,
            when(node.starts_year, node.starts_quarter), when(node.ends_year, node.ends_quarter), joined(node.areas),
            joined(node.topics), joined(_written(one) for one in node.serves), joined(_written(one) for one in node.goals),
            (STATES[node.state or "not_started"] if node.is_work else ""), node.percent,
            *(planned.get((one.source, one.fund, one.year)) for one in money),
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
