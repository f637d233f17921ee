# SPDX-License-Identifier: EUPL-1.2
"""Which actions and investments of a plan a page is asked for. Nonsense in an address is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Exists, OuterRef, Q

from talka.core.finding import holding_words
from talka.core.text import clean_line
from talka.directory.models import Area, Topic
from talka.plans.models import FIRST_YEAR, LAST_YEAR, FormerCode, Funding, Level, Plan, Source
from talka.plans.models.nodes import NodeVersionQuerySet
from talka.plans.queries.branches import Tree
from talka.plans.queries.standing import STANDINGS, is_stale, with_standing

KINDS = (Level.Kind.ACTION, Level.Kind.INVESTMENT)


def _key(asked: Mapping[str, str], name: str) -> int | None:
    value = asked.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def _one_of(asked: Mapping[str, str], name: str, values: Any) -> str:
    value = asked.get(name, "")
    return value if value in values else ""


def with_code(code: str) -> Q:
    """Return the condition on versions that they have this code, or that their node had it before."""
    former = FormerCode.objects.filter(node=OuterRef("node"), code__iexact=code)
    return Q(code__iexact=code) | Q(Exists(former))


def about_year(year: int) -> Q:
    """Return the condition on versions that their term covers a year, or that money is planned for it."""
    covered = Q(starts_year__lte=year) | Q(starts_year__isnull=True, ends_year__isnull=False)
    covered &= Q(ends_year__gte=year) | Q(ends_year__isnull=True, starts_year__isnull=False)
    return covered | Q(Exists(Funding.objects.filter(version=OuterRef("pk"), year=year)))


@dataclass(frozen=True)
class PlanChoice:
    """What is asked of a plan: words or a code, standing, those not heard of for long, responsible institution, kind,
    territory and topic (with what is part of them), source of money, year, the branch below a node."""

    q: str = ""
    standing: str = ""
    stale: bool = False
    organization: int | None = None
    kind: str = ""
    area: int | None = None
    topic: int | None = None
    source: str = ""
    year: int | None = None
    below: int | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> PlanChoice:
        """Read what an address asks for."""
        year = _key(asked, "year")
        return cls(
            q=clean_line(asked.get("q", ""))[:200],
            standing=_one_of(asked, "standing", STANDINGS),
            stale=asked.get("stale") == "yes",
            organization=_key(asked, "organization"),
            kind=_one_of(asked, "kind", KINDS),
            area=_key(asked, "area"),
            topic=_key(asked, "topic"),
            source=_one_of(asked, "source", Source.values),
            year=year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None,
            below=_key(asked, "below"),
        )

    @property
    def is_empty(self) -> bool:
        """Say whether the whole tree is asked for, or all of one branch."""
        return not any(getattr(self, field.name) for field in fields(self) if field.name != "below")

    @property
    def asks_more(self) -> bool:
        """Say whether something of the folded part of the filters is asked for."""
        return bool(self.kind or self.area or self.topic or self.source or self.year or self.stale or self.below)

    def filter(self, rows: NodeVersionQuerySet, plan: Plan, tree: Tree) -> NodeVersionQuerySet:
        """Keep what is asked for; ``rows``: works of one edition of the plan, ``tree``: its parts."""
        if self.standing:
            rows = with_standing(rows).filter(Q(("standing", self.standing)))  # type: ignore[assignment]
        if self.stale:
            rows = rows.filter(is_stale(plan))
        exact = {"organization": self.organization, "node__kind": self.kind}
        rows = rows.filter(**{name: value for name, value in exact.items() if value})
        if self.area:
            rows = rows.filter(_through("areas", rows, Area.objects.filter(Q(pk=self.area) | Q(parent=self.area))))
        if self.topic:
            rows = rows.filter(_through("topics", rows, Topic.objects.filter(Q(pk=self.topic) | Q(parent=self.topic))))
        if self.source:
            money = Funding.objects.filter(version=OuterRef("pk"), source=self.source)
            rows = rows.filter(Exists(money.filter(year=self.year) if self.year else money))
        if self.year:
            rows = rows.filter(about_year(self.year))
        if self.below:
            rows = rows.filter(parent__in=tree.inside(self.below))
        if self.q:
            rows = holding_words(rows, self.q, "code", "title", "description", "result", or_else=with_code(self.q))
        return rows


def _through(name: str, rows: NodeVersionQuerySet, wanted: Any) -> Q:
    """Return the condition that some of a set is wanted, without a row for each."""
    field: Any = rows.model._meta.get_field(name)
    through = field.remote_field.through.objects
    return Q(
        Exists(
            through.filter(nodeversion=OuterRef("pk"), **{f"{field.m2m_reverse_field_name()}__in": wanted.values("pk")})
        )
    )
