# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.meetings.models.meetings import Meeting
from talka.plans.models import PlanNode
from talka.proposals.models import Proposal


class Decision(models.Model):
    """What a meeting decided, with the proposals it is about and the actions of plans that come of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    number = models.CharField(_("number"), max_length=40, blank=True)
    text = models.TextField(_("what was decided"))
    decided_on = models.DateField(_("decided on"))
    proposals: "models.ManyToManyField[Proposal, Any]" = models.ManyToManyField(
        Proposal, blank=True, related_name="decisions", verbose_name=_("proposals")
    )
    nodes: "models.ManyToManyField[PlanNode, Any]" = models.ManyToManyField(
        PlanNode, blank=True, related_name="decisions", verbose_name=_("in plans")
    )
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["decided_on", "pk"]
        constraints = [models.CheckConstraint(name="meetings_decision_says_what", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.number or f"decision {self.pk}"
