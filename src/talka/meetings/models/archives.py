# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.files.models import Attachment
from talka.processes.models import Process


class ArchiveQuerySet(models.QuerySet["Archive"]):
    """Archives that a person may see."""

    def visible_to(self, user: Any) -> "ArchiveQuerySet":
        """Keep one's own: an archive holds names and closed items, so each is made for the person who asked."""
        return self.filter(asked_by=user) if user.is_authenticated else self.none()


class Archive(models.Model):
    """All approved minutes of a process in one PDF: asked for, being made, ready for some days."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="minutes_archives")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, help_text="of the letter")
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    progress = models.PositiveSmallIntegerField(_("done, per cent"), default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "asked_by"],
                name="meetings_archive_one_being_made",
                condition=Q(finished_at__isnull=True, failed_at__isnull=True),
            ),
            models.CheckConstraint(name="meetings_archive_progress", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="meetings_archive_finished_with_file",
                condition=Q(finished_at__isnull=True, file__isnull=True)
                | Q(finished_at__isnull=False, file__isnull=False, failed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"archive {self.pk}"

    @property
    def is_being_made(self) -> bool:
        """Say whether it is neither ready nor given up."""
        return self.finished_at is None and self.failed_at is None
