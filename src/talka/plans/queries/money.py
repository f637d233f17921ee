# SPDX-License-Identifier: EUPL-1.2
"""Sums of money. One query over planned rows and reported ones, so that every total adds up from the same rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, QuerySet, Sum, Value

from talka.plans.models import Edition, Funding, NodeVersion, Outlay

_ZERO = Decimal()


@dataclass(frozen=True)
class Amount:
    """Money of one node from one source in one year, in EUR; ``year`` is None for the whole term."""

    node_id: int
    source: str
    fund: str
    year: int | None
    planned: Decimal
    committed: Decimal
    spent: Decimal


@dataclass(frozen=True)
class Sums:
    """What is planned, committed and spent, in EUR."""

    planned: Decimal = _ZERO
    committed: Decimal = _ZERO
    spent: Decimal = _ZERO

    def plus(self, planned: Decimal, committed: Decimal, spent: Decimal) -> "Sums":
        """Return these sums with more money added."""
        return Sums(self.planned + planned, self.committed + committed, self.spent + spent)


def amounts_of(edition: Edition, versions: "QuerySet[NodeVersion] | None" = None) -> list[Amount]:
    """Return the money of an edition, a row for each node, source, fund and year; of all nodes or of some, in one query."""
    chosen = versions if versions is not None else NodeVersion.objects.filter(edition=edition)
    chosen = chosen.order_by()
    money: Any = DecimalField(max_digits=14, decimal_places=2)
    nothing = Value(_ZERO, output_field=money)
    planned = (
        Funding.objects.filter(version__in=chosen.values("pk"))
        .order_by()
        .values_list(F("version__node_id"), "source", "fund", "year")
        .annotate(p=Sum("planned"), c=nothing, s=nothing)
    )
    reported = (
        Outlay.objects.filter(node__in=chosen.values("node"))
        .order_by()
        .values_list("node_id", "source", "fund", "year")
        .annotate(p=nothing, c=Sum("committed"), s=Sum("spent"))
    )
    rows: dict[tuple[Any, ...], Sums] = {}
    for node, source, fund, year, p, c, s in planned.union(reported, all=True):
        key = (node, source, fund, year)
        rows[key] = rows.get(key, Sums()).plus(p, c, s)
    return [
        Amount(node, source, fund, year, sums.planned, sums.committed, sums.spent)
        for (node, source, fund, year), sums in rows.items()
    ]


def add_up(amounts: Iterable[Amount], by: Callable[[Amount], Any]) -> dict[Any, Sums]:
    """Return the sums of amounts, grouped by what ``by`` says of each."""
    found: dict[Any, Sums] = {}
    for amount in amounts:
        key = by(amount)
        found[key] = found.get(key, Sums()).plus(amount.planned, amount.committed, amount.spent)
    return found


def total(amounts: Sequence[Amount]) -> Sums:
    """Return the sum of all amounts."""
    return add_up(amounts, lambda _amount: None).get(None, Sums())
