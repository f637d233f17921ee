# SPDX-License-Identifier: EUPL-1.2
"""Money in a plan's table: sums by source and year, shares of a total, totals that must add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from talka.core.text import fold
from talka.imports.problems import Wrong
from talka.imports.reading import Cell
from talka.imports.values import number_of, text_of
from talka.plans.importing.columns import Meaning, source_in, year_in
from talka.plans.importing.layout import Layout, Line
from talka.plans.importing.problems import Trouble
from talka.plans.importing.values import CENT, line_of, money_in, share_in
from talka.plans.table_columns import WHOLE_TERM

_HUNDRED = Decimal(100)
ROUNDED = Decimal("1.00")
"""Sums that were rounded to euros may differ by so much from what they add up to."""


@dataclass(frozen=True)
class Money:
    """Money planned from one source in one year; without a year for the whole term."""

    source: str
    fund: str
    year: int | None
    planned: Decimal


def written(amount: Decimal) -> str:
    """Write a sum as a message says it.

    >>> written(Decimal("1234567.50")).replace("\\u00a0", " ")
    '1 234 567,50'
    """
    return f"{amount.quantize(CENT, ROUND_HALF_UP):,.2f}".replace(",", "\u00a0").replace(".", ",")


def read_money(line: Line, columns: Mapping[int, Meaning], *, thousands: bool) -> tuple[list[Money], list[Trouble]]:
    """Return the money that a row plans, and what is wrong with it."""
    row = _Row(line, columns, thousands=thousands)
    return row.read(), row.troubles


class _Row:
    def __init__(self, line: Line, columns: Mapping[int, Meaning], *, thousands: bool) -> None:
        self.line, self.columns, self.thousands = line, columns, thousands
        self.by_key = {meaning.key: column for column, meaning in columns.items()}
        self.troubles: list[Trouble] = []

    def _say(self, column: int | None, code: str, *, heavy: bool = True, **facts: object) -> None:
        self.troubles.append(Trouble(self.line.number, column, code, facts, heavy))

    def _own(self, column: int) -> Cell:
        """Return a cell of money, which never goes on from above: it would be counted twice."""
        return self.line.own(column)

    def _sum(self, column: int) -> Decimal | None:
        try:
            return money_in(self._own(column), thousands=self.thousands)
        except Wrong as wrong:
            self._say(column, wrong.code, **wrong.facts)
            return None

    def read(self) -> list[Money]:
        """Return what the row plans."""
        total = self._sum(self.by_key["total"]) if "total" in self.by_key else None
        shares = self._shares(total)
        if not any(
            meaning.key == "money" and self._own(column) is not None for column, meaning in self.columns.items()
        ):
            return shares
        source, fund, year = self._said()
        found = []
        for column, meaning in self.columns.items():
            amount = self._sum(column) if meaning.key == "money" else None
            if amount is None or (amount == 0 and not meaning.exact):
                continue
            found.append(Money(meaning.source or source, meaning.fund or fund, meaning.year or year, amount))
        added = sum((one.planned for one in found), Decimal())
        if total is not None and not shares and abs(added - total) > (ROUNDED if self._is_round(total) else 0):
            self._say(self.by_key["total"], "sum_differs", heavy=False, said=written(total), found=written(added))
        return [*shares, *found]

    @staticmethod
    def _is_round(total: Decimal) -> bool:
        return total == total.to_integral_value()

    def _said(self) -> tuple[str, str, int | None]:
        """Return source, fund and year as columns of the row say them."""
        source, fund, year = "", "", None
        if "source" in self.by_key:
            column = self.by_key["source"]
            text = text_of(self.line.cell(column)).strip()
            source, fund = source_in(text)
            if not source and text:
                self._say(column, "unknown_source", value=text[:100])
        if "fund" in self.by_key:
            try:
                fund = line_of(self.line.cell(self.by_key["fund"]), 150) or fund
            except Wrong as wrong:
                self._say(self.by_key["fund"], wrong.code, **wrong.facts)
        if "year" in self.by_key:
            text = text_of(self.line.cell(self.by_key["year"])).strip()
            year = year_in(text)
            if text and year is None and fold(text) != fold(WHOLE_TERM):
                self._say(self.by_key["year"], "no_year", value=text[:100])
        return source or "other", fund, year

    def _shares(self, total: Decimal | None) -> list[Money]:
        """Return the shares of the total as sums that add up to it; tell what has no source."""
        given = self._given()
        if not given:
            return []
        if total is None:
            self._say(next(iter(given)), "share_without_sum")
            return []
        added = sum(given.values(), Decimal())
        sums = {column: (total * share / _HUNDRED).quantize(CENT, ROUND_HALF_UP) for column, share in given.items()}
        if added == _HUNDRED:
            largest = max(sums, key=lambda column: sums[column])
            sums[largest] += total - sum(sums.values(), Decimal())
        elif total:
            self._say(
                self.by_key["total"], "shares_differ", heavy=False, said=text_of(float(added)),
                rest=written(total - sum(sums.values(), Decimal())),
            )  # fmt: skip
        return [
            Money(self.columns[column].source or "other", self.columns[column].fund, self.columns[column].year, amount)
            for column, amount in sums.items()
            if amount
        ]

    def _given(self) -> dict[int, Decimal]:
        """Return the shares of a row in per cent, by column; 0,85 is 85 % where a spreadsheet wrote all of them so."""
        given: dict[int, Decimal] = {}
        raw = True
        for column, meaning in self.columns.items():
            if meaning.key != "share" or (cell := self._own(column)) is None:
                continue
            try:
                share = share_in(cell)
            except Wrong as wrong:
                self._say(column, wrong.code, **wrong.facts)
                continue
            if share:
                given[column] = share
                raw = raw and not isinstance(cell, str)
        if given and raw and sum(given.values()) <= Decimal("1.0001"):
            return {column: share * _HUNDRED for column, share in given.items()}
        return given


def check_totals(layout: Layout, columns: Mapping[int, Meaning], *, thousands: bool) -> list[Trouble]:
    """Say which total rows do not add up: to the lines since the last heading or total, or to all above."""
    money = [column for column, meaning in columns.items() if meaning.key in ("money", "total")]
    every = dict.fromkeys(money, Decimal())
    part = dict.fromkeys(money, Decimal())
    found: list[Trouble] = []
    for line in layout.lines:
        if line.sort == "heading":
            part = dict.fromkeys(money, Decimal())
        elif line.sort == "line":
            for column in money:
                amount = _plain(line.own(column), thousands=thousands)
                every[column] += amount
                part[column] += amount
        elif line.sort in ("total", "grand_total"):
            found += _differences(line, money, every, part, thousands=thousands)
            part = dict.fromkeys(money, Decimal())
    return found


def _differences(
    line: Line, money: Sequence[int], every: Mapping[int, Decimal], part: Mapping[int, Decimal], *, thousands: bool
) -> list[Trouble]:
    found = []
    for column in money:
        cell = line.own(column)
        if cell is None or number_of(cell) is None:
            continue
        said = _plain(cell, thousands=thousands)
        sums = [every[column]] if line.sort == "grand_total" else [part[column], every[column]]
        if all(abs(said - one) > ROUNDED for one in sums):
            facts = {"said": written(said), "found": written(sums[0])}
            found.append(Trouble(line.number, column, "total_differs", facts, heavy=False))
    return found


def _plain(cell: Cell, *, thousands: bool) -> Decimal:
    try:
        return money_in(cell, thousands=thousands) or Decimal()
    except Wrong:
        return Decimal()
