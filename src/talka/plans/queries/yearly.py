# SPDX-License-Identifier: EUPL-1.2
"""One year of a plan: which actions and investments, for which institution, with what money.

An action or investment belongs to a year whose days its term touches, or in which money is planned, committed or spent for
it. All sums come from the rows that ``money`` reads, so those by institution, by source and by year are the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet

from talka.core.alphabet import Alphabetical
from talka.directory.models import Organization
from talka.plans.codes import natural_order
from talka.plans.models import Edition, NodeVersion, Source
from talka.plans.queries.money import Amount, Sums, add_sums, add_up, amounts_of, total, totals_of
from talka.plans.wording import term_between


class Work(NamedTuple):
    """An action or an investment with its money of the year; ``node`` is its key, ``level`` the name of its level."""

    node: int
    kind: str
    level: str
    code: str
    title: str
    starts: tuple[int | None, int | None]
    ends: tuple[int | None, int | None]
    sums: Sums

    @property
    def term(self) -> str:
        """Return its term in words."""
        return term_between(*self.starts, *self.ends)


@dataclass(frozen=True)
class Share:
    """What one institution has to do in a year; ``organization`` is None for what has no responsible institution."""

    organization: Organization | None
    works: list[Work]
    sums: Sums


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


def year_of(
    edition: Edition,
    number: int,
    institutions: Iterable[Organization],
    *,
    organization: int | None = None,
    source: str = "",
) -> Year:
    """Return one year of an edition, of all or of one institution, with all money or with that of one source; three queries.

    ``institutions``: those that are responsible for anything, in the order wanted. With ``source`` only works with money from
    it in that year are there.
    """
    versions = edition.versions.works()
    if organization is not None:
        versions = versions.filter(organization=organization)
    of_year = [one for one in amounts_of(edition, versions, year=number) if not source or one.source == source]
    totals = [one for one in totals_of(edition, versions) if not source or one.source == source]
    by_node = {node: sums for node, sums in add_up(of_year, lambda one: one.node_id).items() if sums != Sums()}
    belongs = Q(node__in=list(by_node)) if source else touches(number) | Q(node__in=list(by_node))
    whole = add_up(totals, lambda one: one.year)
    years = sorted({one for one in whole if one is not None} | {*edition.plan.years})
    return Year(
        number=number,
        shares=_shares(versions.filter(belongs), by_node, institutions),
        sources=_sources(of_year),
        total=total(of_year),
        years=[(year, whole.get(year, Sums())) for year in years],
        undated=whole.get(None, Sums()),
        everything=total(totals),
    )


def _shares(
    versions: "QuerySet[NodeVersion]", by_node: dict[int, Sums], institutions: Iterable[Organization]
) -> list[Share]:
    works: dict[int | None, list[Work]] = {}
    rows = versions.order_by().values_list(
        "organization_id", "node_id", "node__kind", "level__name", "code", "title",
        "starts_year", "starts_quarter", "ends_year", "ends_quarter",
    )  # fmt: skip
    none = Sums()
    for organization, node, kind, level, code, title, *term in rows:
        work = Work(
            node, kind, level, code or "", title, (term[0], term[1]), (term[2], term[3]), by_node.get(node, none)
        )
        works.setdefault(organization, []).append(work)
    shares = []
    responsible: list[Organization | None] = [*institutions, None]
    for one in responsible:
        if several := works.get(one.pk if one is not None else None):
            several.sort(key=lambda work: (natural_order(work.code), work.node))
            shares.append(Share(one, several, add_sums(work.sums for work in several)))
    return shares


def _sources(amounts: list[Amount]) -> list[SourceLine]:
    order = [str(value) for value in Source.values]
    found = add_up(amounts, lambda one: (order.index(one.source), one.fund))
    return [
        SourceLine(order[source], fund, found[(source, fund)])
        for source, fund in sorted(found)
        if found[(source, fund)] != Sums()
    ]


def institutions_of(edition: Edition) -> list[Organization]:
    """Return the institutions that are responsible for anything in an edition, by name; one query."""
    responsible = edition.versions.works().filter(organization__isnull=False).values("organization")
    return list(Organization.objects.filter(pk__in=responsible).order_by(Alphabetical("name"), "pk"))
