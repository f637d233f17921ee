# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Area, Organization
from talka.groups.models.groups import WorkingGroup
from talka.plans.models import PlanNode
from talka.plans.models.plans import year_field


class PlannedActionQuerySet(models.QuerySet["PlannedAction"]):
    """Actions that groups ask plans to take in."""

    def visible_to(self, user: Any) -> "PlannedActionQuerySet":
        """Keep those of groups that the person may see."""
        return self.filter(group__in=WorkingGroup.objects.visible_to(user))

    def in_state(self, state: str) -> "PlannedActionQuerySet":
        """Keep those that are in a state (a value of ``PlannedAction.State``), as it follows from what was decided."""
        waits = Q(node__isnull=True, refused_because="")
        conditions = {
            PlannedAction.State.WAITING: waits,
            PlannedAction.State.TAKEN: Q(node__isnull=False),
            PlannedAction.State.REFUSED: ~Q(refused_because=""),
        }
        return self.filter(conditions[PlannedAction.State(state)])


@pghistory.track()
class PlannedAction(models.Model):
    """What a group wants to have done: in its own words and order, until who writes the plan takes it in or says why not."""

    class State(models.TextChoices):
        WAITING = "waiting", _("not decided yet")
        TAKEN = "taken", _("taken into the plan")
        REFUSED = "refused", _("not taken into the plan")

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="planned_actions")
    title = models.CharField(_("what is to be done"), max_length=300)
    reason = models.TextField(_("why"), blank=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("who could do it"),
    )  # fmt: skip
    starts_year = year_field(_("starts, year"), null=True, blank=True)
    ends_year = year_field(_("ends, year"), null=True, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("territory"))
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    node = models.ForeignKey(
        PlanNode, on_delete=models.SET_NULL, null=True, blank=True, related_name="planned_actions",
        verbose_name=_("what it became"),
    )  # fmt: skip
    refused_because = models.CharField(_("why it is not taken in"), max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PlannedActionQuerySet.as_manager()

    class Meta:
        ordering = ["group", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="groups_action_decided_one_way", condition=Q(node__isnull=True) | Q(refused_because="")
            ),
            models.CheckConstraint(
                name="groups_action_term",
                condition=Q(starts_year__isnull=True) | Q(ends_year__isnull=True) | Q(ends_year__gte=F("starts_year")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> "PlannedAction.State":
        """Return the state that follows from what was decided."""
        if self.node_id is not None:
            return self.State.TAKEN
        return self.State.REFUSED if self.refused_because else self.State.WAITING

    @property
    def years(self) -> str:
        """Return its term in years; an empty text where none is known."""
        return "–".join(dict.fromkeys(str(year) for year in (self.starts_year, self.ends_year) if year))
