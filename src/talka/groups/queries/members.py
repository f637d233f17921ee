# SPDX-License-Identifier: EUPL-1.2
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, QuerySet

from talka.groups.models import Mandate, WorkingGroup


@dataclass
class Balance:
    """How many people sit in groups, by whom they represent."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Return how many there are in all."""
        return self.counts.total()

    @property
    def residents(self) -> int:
        """Return how many represent residents."""
        return self.counts[Mandate.Represents.RESIDENT]

    @property
    def associations(self) -> int:
        """Return how many represent associations."""
        return self.counts[Mandate.Represents.ASSOCIATION]

    @property
    def businesses(self) -> int:
        """Return how many represent businesses."""
        return self.counts[Mandate.Represents.BUSINESS]

    @property
    def institutions(self) -> int:
        """Return how many represent the municipality and institutions."""
        return self.counts[Mandate.Represents.INSTITUTION]


def balances(groups: QuerySet[WorkingGroup]) -> dict[int, Balance]:
    """Return the balance of each group, in one query."""
    found: dict[int, Balance] = {}
    rows = Mandate.objects.active().filter(group__in=groups).order_by().values("group", "represents")
    for row in rows.annotate(number=Count("pk")):
        found.setdefault(row["group"], Balance()).counts[row["represents"]] += row["number"]
    return found


def with_leads(groups: QuerySet[WorkingGroup]) -> QuerySet[WorkingGroup]:
    """Load with groups their topic and, as ``leading``, who leads them today."""
    leading = Mandate.objects.active().leading().select_related("person").order_by("-function", "position")
    return groups.select_related("topic", "area").prefetch_related(
        Prefetch("mandates", queryset=leading, to_attr="leading")
    )
