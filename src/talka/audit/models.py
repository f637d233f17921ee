# SPDX-License-Identifier: EUPL-1.2
import pgtrigger
from django.db import models

from talka.core import clock


def key_of(obj: models.Model) -> str:
    """Name a row in the log, such as ``proposals.proposal:31``."""
    return f"{obj._meta.label_lower}:{obj.pk}"


class EventQuerySet(models.QuerySet["Event"]):
    """Finished operations, newest first by default."""

    def in_scope(self, scope: str) -> "EventQuerySet":
        """Keep what happened within one thing, such as ``processes.process:12``."""
        return self.filter(scope=scope)


class Event(models.Model):
    """One finished operation: who did what, when, on what and why; without foreign keys, never changed."""

    at = models.DateTimeField(default=clock.now, db_index=True)
    verb = models.CharField(max_length=100)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    object_key = models.CharField(max_length=100)
    object_label = models.CharField(max_length=300)
    scope = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["scope", "-at"], name="audit_event_scope_at"),
            models.Index(fields=["object_key", "-at"], name="audit_event_object_at"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_label}"
