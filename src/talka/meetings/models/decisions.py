# SPDX-License-Identifier: EUPL-1.2
import uuid
from typing import Any

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.meetings.models.agenda import AgendaItem
from talka.meetings.models.locking import as_approved
from talka.meetings.models.meetings import Meeting
from talka.meetings.published import as_published
from talka.plans.models import PlanNode
from talka.processes.models import Process
from talka.proposals.models import Proposal


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions that a person may read."""

    def visible_to(self, user: Any) -> "DecisionQuerySet":
        """Keep those of meetings that the person may see: written down by themselves, or in minutes that are published.

        What is being written at a meeting, and what was decided at a closed item, only for who works in the process.
        """
        rows = self.filter(meeting__in=Meeting.objects.visible_to(user).order_by().values("pk"))
        told = Q(item__isnull=True) | Q(item__withheld=False, meeting__minutes__published_at__isnull=False)
        if user.is_authenticated:
            told |= Q(meeting__process__in=Process.objects.worked_on_by(user).order_by().values("pk"))
        return rows.filter(told)


class Decision(models.Model):
    """What a meeting decided, with the proposals it is about and the actions of plans that come of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions",
        verbose_name=_("item of the agenda"),
    )  # fmt: skip
    number = models.CharField(_("number"), max_length=40, blank=True)
    text = models.TextField(_("what was decided"))
    text_public = models.TextField(
        _("what was decided, as published"), null=True, blank=True, help_text="where it differs from the text"
    )
    decided_on = models.DateField(_("decided on"))
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    proposals: "models.ManyToManyField[Proposal, Any]" = models.ManyToManyField(
        Proposal, blank=True, related_name="decisions", verbose_name=_("proposals")
    )
    nodes: "models.ManyToManyField[PlanNode, Any]" = models.ManyToManyField(
        PlanNode, blank=True, related_name="decisions", verbose_name=_("in plans")
    )
    key = models.UUIDField(
        default=uuid.uuid4,
        db_default=RandomUUID(),
        unique=True,
        editable=False,
        help_text="by which a page that was offline names it",
    )
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["decided_on", "pk"]
        constraints = [models.CheckConstraint(name="meetings_decision_says_what", condition=~Q(text=""))]
        triggers = [
            as_approved(unless="OLD.item_id IS NULL AND NEW.item_id IS NULL", columns=(
                "text", "number", "decided_on", "votes_for", "votes_against", "abstained", "item_id",
            )),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number or f"decision {self.pk}"

    @property
    def published(self) -> str:
        """Return the text as everybody may read it; it may have been emptied."""
        return as_published(self.text, self.text_public)
