# SPDX-License-Identifier: EUPL-1.2
"""Money of many nodes at once, added up by the database for each source, fund and year."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from talka.plans.models import Edition, Funding, Outlay, Source
from talka.plans.models.nodes import NodeVersionQuerySet
from talka.plans.queries.money import Sums

_NONE = Decimal()


@dataclass(frozen=True)
class Line:
    """Money from one source in one year; ``year`` is None for the whole term."""

    source: str
    fund: str
    year: int | None
    sums: Sums

    @property
    def label(self) -> str:
        """Return the source in words, with the name of the fund."""
        return f"{self.label_of_source}: {self.fund}" if self.fund else self.label_of_source

    @property
    def label_of_source(self) -> str:
        """Return the source in words, whatever the fund."""
        return str(Source(self.source).label)


@dataclass(frozen=True)
class Share:
    """Lines that belong together, as a year or a source, with their sum."""

    key: Any
    lines: list[Line]

    @property
    def sums(self) -> Sums:
        """Return their sum."""
        return _sum(self.lines)


@dataclass
class Money:
    """All money of what a page tells of; every total is made of the same lines."""

    lines: list[Line] = field(default_factory=list)

    @property
    def total(self) -> Sums:
        """Return the sum of everything."""
        return _sum(self.lines)

    @property
    def by_year(self) -> list[Share]:
        """Return the lines by year, those for the whole term last."""
        return self._shares(lambda line: line.year)

    @property
    def by_source(self) -> list[Share]:
        """Return the lines by source, whatever the fund, in the order of sources."""
        shares = self._shares(lambda line: line.source)
        return sorted(shares, key=lambda share: Source.values.index(share.key))

    def _shares(self, key: Callable[[Line], Hashable]) -> list[Share]:
        found: dict[Hashable, list[Line]] = {}
        for line in self.lines:
            found.setdefault(key(line), []).append(line)
        return [Share(key, lines) for key, lines in found.items()]


def _sum(lines: list[Line]) -> Sums:
    sums = Sums()
    for line in lines:
        sums = sums.plus(line.sums.planned, line.sums.committed, line.sums.spent)
    return sums


def money_of(edition: Edition, versions: NodeVersionQuerySet | None = None) -> Money:
    """Return the money of an edition, or of some of its versions, in two queries."""
    if versions is None:
        planned, reported = (
            Funding.objects.filter(version__edition=edition),
            Outlay.objects.filter(node__versions__edition=edition),
        )
    else:
        chosen = versions.order_by()
        planned = Funding.objects.filter(version__in=chosen.values("pk"))
        reported = Outlay.objects.filter(node__in=chosen.values("node"))
    found: dict[tuple[str, str, int | None], Sums] = {}
    columns = ("source", "fund", "year")
    for source, fund, year, wanted in planned.order_by().values_list(*columns).annotate(all=Sum("planned")):
        found[source, fund, year] = Sums(planned=wanted)
    rows = reported.order_by().values_list(*columns).annotate(c=Sum("committed"), s=Sum("spent"))
    for source, fund, year, committed, spent in rows:
        found[source, fund, year] = found.get((source, fund, year), Sums()).plus(_NONE, committed, spent)
    keys = sorted(found, key=lambda key: (key[2] is None, key[2] or 0, Source.values.index(key[0]), key[1]))
    return Money([Line(source, fund, year, found[source, fund, year]) for source, fund, year in keys])
