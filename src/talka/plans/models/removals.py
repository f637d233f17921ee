# SPDX-License-Identifier: EUPL-1.2
import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.plans.models.indicators import Indicator
from talka.plans.models.nodes import PlanNode
from talka.plans.models.plans import Edition


@pghistory.track()
class Removal(models.Model):
    """That an edition no longer holds a node or an indicator of the edition before, and why."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="removals")
    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, null=True, blank=True, related_name="removals")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, null=True, blank=True, related_name="removals")
    reason = models.TextField(_("why it was removed"))

    class Meta:
        ordering = ["edition", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_removal_of_one",
                condition=Q(node__isnull=False, indicator__isnull=True) | Q(node__isnull=True, indicator__isnull=False),
            ),
            models.CheckConstraint(name="plans_removal_has_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                fields=["edition", "node", "indicator"], name="plans_removal_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"removal {self.pk}"
