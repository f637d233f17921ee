# SPDX-License-Identifier: EUPL-1.2
"""The same measure of several municipalities, side by side: of published plans that the reader may see, as in force."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from talka.core.alphabet import alphabetical_key
from talka.plans.models import Edition, Indicator, IndicatorValue, IndicatorVersion, Measure, Plan


@dataclass
class Column:
    """One indicator among those that are compared, with its values by year (the baseline among them)."""

    version: IndicatorVersion
    values: dict[int, Decimal] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        """Return the plan it belongs to."""
        return self.version.indicator.plan

    @property
    def municipality(self) -> str:
        """Return whose it is."""
        return str(self.plan.owner)


def compared(user: Any) -> "QuerySet[IndicatorVersion]":
    """Return what editions in force of published plans that the person may see say of indicators that have a measure."""
    latest = Edition.objects.filter(plan=OuterRef("edition__plan"), approved_at__isnull=False).order_by("-number")
    plans = Plan.objects.visible_to(user).filter(published_at__isnull=False)
    return IndicatorVersion.objects.annotate(latest=Subquery(latest.values("pk")[:1])).filter(
        edition=F("latest"), edition__plan__in=plans, indicator__measure__isnull=False
    )


def is_compared(indicator: Indicator, user: Any) -> bool:
    """Say whether an indicator stands in a comparison that the person may see."""
    return compared(user).filter(indicator=indicator).exists()


def measures_with_number(user: Any) -> list[tuple[Measure, int]]:
    """Return the measures that somebody publishes, each with the number of municipalities, in two queries."""
    owners: dict[int, set[int]] = {}
    for measure, owner in compared(user).order_by().values_list("indicator__measure", "edition__plan__owner"):
        owners.setdefault(measure, set()).add(owner)
    measures = Measure.objects.in_bulk(owners).values()
    return [(one, len(owners[one.pk])) for one in sorted(measures, key=lambda one: alphabetical_key(one.name))]


def columns_of(measure: Measure, user: Any) -> list[Column]:
    """Return the indicators that are this measure, by the name of their municipality, in two queries."""
    versions = compared(user).filter(indicator__measure=measure)
    found = {
        version.indicator_id: Column(version)
        for version in versions.select_related("indicator__plan__owner", "indicator__plan__process")
    }
    for column in found.values():
        version = column.version
        if version.baseline is not None and version.baseline_year is not None:
            column.values[version.baseline_year] = version.baseline
    values = IndicatorValue.objects.filter(indicator__in=list(found), area__isnull=True)
    for indicator, year, value in values.values_list("indicator", "year", "value"):
        found[indicator].values[year] = value
    return sorted(found.values(), key=lambda one: (alphabetical_key(one.municipality), one.version.pk))
