# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Place
from talka.groups.models import WorkingGroup
from talka.processes.models import Process


@pghistory.track()
class Series(models.Model):
    """Meetings that come again by a rule (RFC 5545, 3.3.10). Each of them is a ``Meeting`` of its own; these fields are what new ones begin with."""

    class Holidays(models.TextChoices):
        KEEP = "keep", _("meet all the same")
        SKIP = "skip", _("leave the meeting out")
        MOVE = "move", _("meet on the next working day")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="series")
    groups: "models.ManyToManyField[WorkingGroup, Any]" = models.ManyToManyField(
        WorkingGroup, blank=True, related_name="series", verbose_name=_("working groups")
    )
    title = models.CharField(_("title"), max_length=200)
    rule = models.CharField(_("how often"), max_length=500, help_text="RRULE of RFC 5545, local time")
    starts_at = models.DateTimeField(_("first time"))
    minutes = models.PositiveSmallIntegerField(_("how long, minutes"), default=120)
    shift_minutes = models.SmallIntegerField(
        default=0, help_text="by how much meetings made from now on begin later than the rule says"
    )
    holidays = models.CharField(_("on public holidays"), max_length=4, choices=Holidays, default=Holidays.SKIP)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    details = models.JSONField(default=dict, blank=True, help_text="further fields of new meetings, by name")
    left_out = models.JSONField(default=list, blank=True, help_text="days by the rule without a meeting, ISO 8601")
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name_plural = "series"
        constraints = [models.CheckConstraint(name="meetings_series_has_length", condition=Q(minutes__gt=0))]

    def __str__(self) -> str:
        return self.title
