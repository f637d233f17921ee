# SPDX-License-Identifier: EUPL-1.2
"""Counts that pages show, kept by triggers."""

from django.db import models

from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals.models.entries import Proposal


class Tally(models.Model):
    """How many proposals a process or group has in each state; kept by a trigger of ``Proposal``, never written here."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=Proposal.State)
    is_public = models.BooleanField()
    number = models.IntegerField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["process", "group", "state", "is_public"], name="proposals_tally_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id}/{self.group_id} {self.state}: {self.number}"
