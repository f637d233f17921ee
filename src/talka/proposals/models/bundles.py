# SPDX-License-Identifier: EUPL-1.2
"""Proposals that are answered together."""

from django.db import models

from talka.accounts.models import User
from talka.core import clock
from talka.processes.models import Process


class BundleQuerySet(models.QuerySet["Bundle"]):
    """Bundles of a register."""

    def open(self) -> "BundleQuerySet":
        """Keep those that have not been dissolved."""
        return self.filter(dissolved_at__isnull=True)


class Bundle(models.Model):
    """Proposals of one process that ask for the same and are answered together; each keeps its number and its author."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="bundles")
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    dissolved_at = models.DateTimeField(null=True, blank=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"bundle {self.pk}"
