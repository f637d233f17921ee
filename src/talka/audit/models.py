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


_ONLY_SHORTENED = """
    OLD.id = NEW.id AND OLD.at = NEW.at AND OLD.verb = NEW.verb AND OLD.actor_id IS NOT DISTINCT FROM NEW.actor_id
    AND OLD.object_key = NEW.object_key AND OLD.scope = NEW.scope AND OLD.reason = NEW.reason AND OLD.request_id = NEW.request_id
    AND NEW.actor_label IN (OLD.actor_label, '') AND starts_with(OLD.object_label, NEW.object_label)
    AND NEW.details IN (OLD.details, '{}'::jsonb)
"""
"""What a change of an event must fulfil: names in it are taken away or cut short, all else is as it was."""


class Event(models.Model):
    """One finished operation: who did what, when, on what and why; without foreign keys, never changed.

    Only the names in it can be taken away, for good: keys, verbs, moments and reasons stay.
    """

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
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_names_erased",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"NOT ({_ONLY_SHORTENED})"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_label}"
