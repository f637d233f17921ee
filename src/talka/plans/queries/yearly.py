# SPDX-License-Identifier: EUPL-1.2
"""One year of a plan: which actions and investments, for which institution, with what money.

An action or investment belongs to a year whose days its term touches, or in which money is planned, committed or spent for
it. All sums come from one query (``money.amounts_of``), so those by institution, by source and by year are the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from talka.core.alphabet import Alphabetical
from talka.directory.models import Organization
from talka.plans.codes import natural_order
from talka.plans.models import Edition, NodeVersion, Source
from talka.plans.queries.money import Amount, Sums, add_up, amounts_of, total


@dataclass(frozen=True)
class Work:
    """An action or an investment with its money of the year."""

    version: NodeVersion
    sums: Sums


@dataclass
class Share:
    """What one institution has to do in a year; ``organization`` is None for what has no responsible institution."""

    organization: Organization | None
    works: list[Work] = field(default_factory=list)
    sums: Sums = field(default_factory=Sums)


@dataclass(frozen=True)
class SourceLine:
    """Money of the year from one source, by name of the fund where it has one."""

    source: str
    fund: str
    sums: Sums

    @property
    def label(self) -> str:
        """Return the source in words."""
        return ", ".join(part for part in (str(Source(self.source).label), self.fund) if part)


@dataclass(frozen=True)
class Year:
    """One year. ``years``: the sums of all years, that is the chosen one among them; ``undated``: those for the whole term."""

    number: int
    shares: list[Share]
    sources: list[SourceLine]
    total: Sums
    years: list[tuple[int, Sums]]
    undated: Sums
    everything: Sums

    @property
    def works(self) -> list[tuple[Share, Work]]:
        """Return all works with the share of their institution, in order."""
        return [(share, work) for share in self.shares for work in share.works]


def touches(year: int) -> Q:
    """Return the condition on versions that their term touches a year; one without any term does not."""
    begun = Q(starts_year__isnull=True) | Q(starts_year__lte=year)
    not_over = Q(ends_year__isnull=True) | Q(ends_year__gte=year)
    return begun & not_over & ~Q(starts_year__isnull=True, ends_year__isnull=True)


def year_of(edition: Edition, number: int, *, organization: int | None = None, source: str = "") -> Year:
    """Return one year of an edition, of all or of one institution, with all money or with that of one source; two queries.

    With ``source`` only works with money from it in that year are there.
    """
    versions = edition.versions.works()
    if organization is not None:
        versions = versions.filter(organization=organization)
    amounts = [one for one in amounts_of(edition, versions) if not source or one.source == source]
    of_year = [one for one in amounts if one.year == number and (one.planned or one.committed or one.spent)]
    by_node = add_up(of_year, lambda one: one.node_id)
    belongs = Q(node__in=list(by_node)) if source else touches(number) | Q(node__in=list(by_node))
    rows = versions.filter(belongs).select_related("organization", "level", "node").order_by(
        Alphabetical("organization__name"), "organization", "pk"
    )  # fmt: skip
    whole = add_up(amounts, lambda one: one.year)
    years = sorted({one for one in whole if one is not None} | {*edition.plan.years})
    return Year(
        number=number,
        shares=_shares(rows, by_node),
        sources=_sources(of_year),
        total=total(of_year),
        years=[(year, whole.get(year, Sums())) for year in years],
        undated=whole.get(None, Sums()),
        everything=total(amounts),
    )


def _shares(rows: Iterable[NodeVersion], by_node: dict[int, Sums]) -> list[Share]:
    shares: dict[int | None, Share] = {}
    for version in rows:
        share = shares.setdefault(version.organization_id, Share(version.organization))
        sums = by_node.get(version.node_id, Sums())
        share.works.append(Work(version, sums))
        share.sums = share.sums.plus(sums.planned, sums.committed, sums.spent)
    for share in shares.values():
        share.works.sort(key=lambda work: natural_order(work.version.code))
    return sorted(shares.values(), key=lambda share: share.organization is None)


def _sources(amounts: list[Amount]) -> list[SourceLine]:
    order = [str(value) for value in Source.values]
    found = add_up(amounts, lambda one: (order.index(one.source), one.fund))
    return [SourceLine(order[source], fund, found[(source, fund)]) for source, fund in sorted(found)]


def institutions_of(edition: Edition) -> list[Organization]:
    """Return the institutions that are responsible for anything in an edition, by name; one query."""
    responsible = edition.versions.works().filter(organization__isnull=False).values("organization")
    return list(Organization.objects.filter(pk__in=responsible).order_by(Alphabetical("name"), "pk"))
