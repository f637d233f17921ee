# SPDX-License-Identifier: EUPL-1.2
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, QuerySet

from talka.groups.models import Mandate, WorkingGroup


@dataclass
class Balance:
    """How many people sit in groups, by whom they represent."""

    counts: Counter[str] = field(default_factory=Counter)
    areas: Counter[str] = field(default_factory=Counter)
    """By the territory in which they live or work, as far as it is known."""

    @property
    def total(self) -> int:
        """Return how many there are in all."""
        return self.counts.total()

    @property
    def parts(self) -> list[tuple[str, int, int]]:
        """Return whom they represent in words, how many, and per cent of all; the most numerous first."""
        rows = [(str(Mandate.Represents(kind).label), number) for kind, number in self.counts.most_common() if number]
        return [(label, number, round(100 * number / self.total)) for label, number in rows]

    @property
    def territories(self) -> list[tuple[str, int]]:
        """Return territories with how many live or work there, the most numerous first."""
        return sorted(self.areas.items(), key=lambda one: (-one[1], one[0]))

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


def balance_of(group: WorkingGroup) -> Balance:
    """Return the balance of one group, with territories, in one query."""
    balance = Balance()
    for represents, area in group.mandates.active().order_by().values_list("represents", "area__name"):
        balance.counts[represents] += 1
        if area:
            balance.areas[area] += 1
    return balance


def with_leads(groups: QuerySet[WorkingGroup]) -> QuerySet[WorkingGroup]:
    """Load with groups their topic and, as ``leading``, who leads them today."""
    leading = Mandate.objects.active().leading().select_related("person").order_by("-function", "position")
    return groups.select_related("topic", "area").prefetch_related(
        Prefetch("mandates", queryset=leading, to_attr="leading")
    )
