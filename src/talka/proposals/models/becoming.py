# SPDX-License-Identifier: EUPL-1.2
"""What became of a proposal in plans."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.plans.models import PlanNode, State
from talka.proposals.models.entries import Proposal


class BecameQuerySet(models.QuerySet["Became"]):
    """Links from proposals to plans."""

    def standing(self) -> "BecameQuerySet":
        """Keep those that hold: made, and not taken back."""
        return self.filter(unlinked_at__isnull=True)

    def told(self) -> "BecameQuerySet":
        """Keep those that the answer has made known: before it is published, a link is as little a promise as a recommendation."""
        return self.standing().filter(proposal__answered_at__isnull=False, proposal__withdrawn_at__isnull=True)

    def visible_to(self, user: Any) -> "BecameQuerySet":
        """Keep those of proposals that the person may see, once they are answered; those that the person works on at once."""
        told = Q(proposal__answered_at__isnull=False, proposal__withdrawn_at__isnull=True)
        seen = self.standing().filter(proposal__in=Proposal.objects.visible_to(user).order_by().values("pk"))
        if not user.is_authenticated:
            return seen.filter(told)
        return seen.filter(told | Q(proposal__in=Proposal.objects.worked_on_by(user).order_by().values("pk")))


class Became(models.Model):
    """That a proposal became, or became part of, an action, investment or other node of a plan; many to many.

    Taken back it stays, so that the log of both can be read.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="became")
    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="came_of")
    note = models.CharField(_("what of it was taken in"), max_length=500, blank=True)
    linked_at = models.DateTimeField(default=clock.now)
    linked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    unlinked_at = models.DateTimeField(null=True, blank=True)
    unlinked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = BecameQuerySet.as_manager()

    class Meta:
        ordering = ["linked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "node"], name="proposals_became_once", condition=Q(unlinked_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} → {self.node_id}"


class ProgressTold(models.Model):
    """That people were told on a day that an action has begun, is done or was dropped; so that a slip corrected the same day
    writes nobody twice."""

    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=State)
    told_on = models.DateField(default=clock.today)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["node", "state", "told_on"], name="proposals_progress_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.told_on}: {self.node_id} {self.state}"
