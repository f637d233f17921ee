# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.files.models import Attachment
from talka.plans.models.plans import Edition, year_field


class PlanDocumentQuerySet(models.QuerySet["PlanDocument"]):
    """Files of plans that a person may see."""

    def visible_to(self, user: Any) -> "PlanDocumentQuerySet":
        """Keep those of visible editions that are made for everybody, and one's own."""
        documents = self.filter(edition__in=Edition.objects.visible_to(user))
        mine = Q(asked_by=user) if user.is_authenticated else Q(pk__in=[])
        return documents.filter(Q(is_shared=True) | mine)


class PlanDocument(models.Model):
    """A file of an edition that takes long to make: asked for, being made, ready for some days.

    What everybody may see (``is_shared``) is made once for all, of an approved edition, until something in it becomes another
    (``key``). A file for one person alone, and one of a draft, has a key of its own.
    """

    class Kind(models.TextChoices):
        WHOLE = "whole", _("The whole plan")
        ACTIONS = "actions", _("Action plan")
        INVESTMENTS = "investments", _("Investment plan")
        YEAR = "year", _("Yearly plan")
        MONITORING = "monitoring", _("Monitoring report")
        DIFFERENCE = "changes", _("Changes between editions")
        TABLE = "table", _("Table for import")
        WORKING = "working", _("Working table with those who answer")

    class Format(models.TextChoices):
        DOCX = "docx", "DOCX"
        XLSX = "xlsx", "XLSX"
        PDF = "pdf", "PDF"
        CSV = "csv", "CSV"
        JSON = "json", "JSON"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("document"), max_length=12, choices=Kind)
    format = models.CharField(_("format"), max_length=4, choices=Format)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    year = year_field(_("year"), null=True, blank=True)
    since = models.ForeignKey(Edition, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    is_shared = models.BooleanField(default=False)
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    progress = models.PositiveSmallIntegerField(_("done, per cent"), default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = PlanDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="plans_planfile_progress", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="plans_planfile_finished_with_file",
                condition=Q(finished_at__isnull=True, file__isnull=True)
                | Q(finished_at__isnull=False, file__isnull=False, failed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="plans_planfile_year", condition=~Q(kind="year") | Q(year__isnull=False)
            ),
            models.CheckConstraint(
                name="plans_planfile_since", condition=~Q(kind="changes") | Q(since__isnull=False)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_format_display()}"

    @property
    def is_being_made(self) -> bool:
        """Say whether it is neither ready nor given up."""
        return self.finished_at is None and self.failed_at is None
