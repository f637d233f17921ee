# SPDX-License-Identifier: EUPL-1.2
"""Sums of money. One query over planned rows and reported ones, so that every total adds up from the same rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from django.db.models import DecimalField, F, QuerySet, Sum, Value

from talka.plans.models import Edition, Funding, NodeVersion, Outlay

_ZERO = Decimal()
Money = TypeVar("Money", "Amount", "Total")


class Amount(NamedTuple):
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


class Total(NamedTuple):
    """Money of all nodes together from one source in one year, in EUR; ``year`` is None for the whole term."""

    source: str
    fund: str
    year: int | None
    planned: Decimal
    committed: Decimal
    spent: Decimal


def amounts_of(
    edition: Edition, versions: "QuerySet[NodeVersion] | None" = None, *, year: int | None = None
) -> list[Amount]:
    """Return the money of an edition, a row for each node, source, fund and year; of all nodes or of some, in one query.

    ``year``: of that year alone.
    """
    chosen = versions if versions is not None else NodeVersion.objects.filter(edition=edition)
    return [Amount(*key, *sums) for key, sums in _sums(chosen, True, year).items()]


def totals_of(edition: Edition, versions: "QuerySet[NodeVersion] | None" = None) -> list[Total]:
    """Return the same money added up over nodes by the database: a row for each source, fund and year, in one query."""
    chosen = versions if versions is not None else NodeVersion.objects.filter(edition=edition)
    return [Total(*key, *sums) for key, sums in _sums(chosen, False, None).items()]


def _sums(chosen: "QuerySet[NodeVersion]", by_node: bool, year: int | None) -> dict[tuple[Any, ...], list[Decimal]]:
    """Return what is planned, committed and spent by source, fund and year, and by node in front of these if that is wanted."""
    chosen = chosen.order_by()
    money: Any = DecimalField(max_digits=14, decimal_places=2)
    nothing = Value(_ZERO, output_field=money)
    keys = ("source", "fund", "year")
    funding = Funding.objects.filter(version__in=chosen.values("pk")).order_by()
    outlays = Outlay.objects.filter(node__in=chosen.values("node")).order_by()
    if year is not None:
        funding, outlays = funding.filter(year=year), outlays.filter(year=year)
    planned = funding.values_list(*([F("version__node_id")] if by_node else []), *keys)
    reported = outlays.values_list(*(["node_id"] if by_node else []), *keys)
    rows: dict[tuple[Any, ...], list[Decimal]] = {}
    for *key, p, c, s in planned.annotate(p=Sum("planned"), c=nothing, s=nothing).union(
        reported.annotate(p=nothing, c=Sum("committed"), s=Sum("spent")), all=True
    ):
        known = rows.get(tuple(key))
        rows[tuple(key)] = [p, c, s] if known is None else [known[0] + p, known[1] + c, known[2] + s]
    return rows


def add_up(amounts: Iterable[Money], by: Callable[[Money], Any]) -> dict[Any, Sums]:
    """Return the sums of amounts, grouped by what ``by`` says of each."""
    found: dict[Any, list[Decimal]] = {}
    for one in amounts:
        sums = found.setdefault(by(one), [_ZERO, _ZERO, _ZERO])
        sums[0] += one.planned
        sums[1] += one.committed
        sums[2] += one.spent
    return {key: Sums(*sums) for key, sums in found.items()}


def total(amounts: Sequence[Money]) -> Sums:
    """Return the sum of all amounts."""
    return add_up(amounts, lambda _amount: None).get(None, Sums())


def add_sums(several: Iterable[Sums]) -> Sums:
    """Return the sum of sums."""
    planned = committed = spent = _ZERO
    for one in several:
        planned, committed, spent = planned + one.planned, committed + one.committed, spent + one.spent
    return Sums(planned, committed, spent)
