# SPDX-License-Identifier: EUPL-1.2
"""How many indicators of an edition stand how, in one query that reads no value but the latest."""

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from talka.plans.indicators_standing import STANDINGS, standing_of
from talka.plans.models import Edition, IndicatorTarget, IndicatorValue


def indicators_by_standing(edition: Edition) -> list[tuple[str, int]]:
    """Return each standing in which there are indicators with their number, in the order in which pages tell of them."""
    values = IndicatorValue.objects.filter(indicator=OuterRef("indicator"), area__isnull=True).order_by("-year")
    targets = IndicatorTarget.objects.filter(version=OuterRef("pk"))
    next_one = targets.filter(year__gte=Coalesce(OuterRef("latest_year"), 0)).order_by("year")
    rows = edition.indicator_versions.order_by().annotate(
        latest_year=Subquery(values.values("year")[:1]),
        latest=Subquery(values.values("value")[:1]),
        target=Coalesce(
            Subquery(next_one.values("value")[:1]), Subquery(targets.order_by("-year").values("value")[:1])
        ),
    )
    found = [
        standing_of(*row) for row in rows.values_list("direction", "baseline", F("target"), F("latest"), "decimals")
    ]
    return [(standing, found.count(standing)) for standing in STANDINGS if standing in found]
