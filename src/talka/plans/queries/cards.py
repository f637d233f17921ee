# SPDX-License-Identifier: EUPL-1.2
"""Plans as cards: which edition is in force, how many actions there are and how many are done; all in one query."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from talka.core.finding import holding_words
from talka.directory.models import Organization
from talka.plans.models import Edition, NodeVersion, Plan
from talka.plans.models.plans import EditionQuerySet, PlanQuerySet
from talka.plans.queries.branches import Figures
from talka.plans.queries.standing import with_standing

_ORDER = (
    Plan.Kind.PROGRAMME,
    Plan.Kind.YEARLY,
    Plan.Kind.SECTOR,
    Plan.Kind.STRATEGY,
    Plan.Kind.SPATIAL,
    Plan.Kind.OTHER,
)
NEAREST_FIRST = Case(
    *(When(kind=kind, then=Value(place)) for place, kind in enumerate(_ORDER)), output_field=IntegerField()
)
"""Programmes before strategies: what is being done before what it serves."""


def shown_editions(user: Any) -> EditionQuerySet:
    """Return of each plan that the person may see the edition that is shown by itself: the one in force, else the draft."""
    editions = Edition.objects.visible_to(user)
    return editions.order_by("plan_id", F("approved_at").desc(nulls_last=True), "-number").distinct("plan_id")


def with_figures(plans: PlanQuerySet) -> PlanQuerySet:
    """Give each plan its public edition (``edition_name``, ``edition_on``) and how its works are going (``counted``)."""
    shown = Edition.objects.filter(Q(approved_at__isnull=False) | Q(published_at__isnull=False), plan=OuterRef("pk"))
    shown = shown.order_by(F("approved_at").desc(nulls_last=True), "-number")
    works: Any = with_standing(NodeVersion.objects.works().filter(edition=OuterRef("edition_key")))
    counted = works.order_by().values("standing").annotate(number=Count("pk"))
    return plans.annotate(
        edition_key=Subquery(shown.values("pk")[:1]),
        edition_name=Subquery(shown.values("name")[:1]),
        edition_on=Subquery(shown.values("approved_on")[:1]),
        counted=ArraySubquery(counted.values(json=JSONObject(standing="standing", number="number"))),
    ).select_related("process", "owner")


def figures_of(plan: Plan) -> Figures:
    """Return the figures of a plan that comes from ``with_figures``."""
    counted: list[dict[str, Any]] = plan.counted  # type: ignore[attr-defined]
    return Figures({one["standing"]: one["number"] for one in counted})


def plans_found(
    user: Any, *, words: str = "", kind: str = "", municipality: str = "", year: int | None = None
) -> PlanQuerySet:
    """Return the published plans that match, those that are carried out now first, of each kind the latest; unknown choices match everything."""
    found = Plan.objects.visible_to(user).filter(published_at__isnull=False)
    if kind in Plan.Kind.values:
        found = found.filter(kind=kind)
    if municipality:
        found = found.filter(owner__slug=municipality)
    if year is not None:
        found = found.filter(starts_year__lte=year, ends_year__gte=year)
    if words:
        found = holding_words(found, words, "title", "summary", "owner__name")
    return found.order_by(NEAREST_FIRST, "-ends_year", "-starts_year", "title", "pk")


def owners_of_plans(user: Any) -> "QuerySet[Organization]":
    """Return the municipalities whose published plans the person may see."""
    plans = Plan.objects.visible_to(user).filter(published_at__isnull=False)
    return Organization.objects.filter(pk__in=plans.values("owner"))
