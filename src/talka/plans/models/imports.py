# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core import clock
from talka.directory.models import Organization
from talka.imports.models import ImportRun
from talka.plans.models.nodes import PlanNode
from talka.plans.models.plans import Edition, Level
from talka.plans.models.progress import ProgressUpdate


class PlanImport(models.Model):
    """A table on its way into the draft of an edition, all of it or nothing; file, columns and moments stand in its run."""

    class Step(models.IntegerChoices):
        WAITING = 0, pgettext_lazy("import", "waiting for its turn")
        COMPARING = 1, pgettext_lazy("import", "reading the table and comparing")
        WRITING = 2, pgettext_lazy("import", "writing into the draft")

    class Works(models.TextChoices):
        ACTION = Level.Kind.ACTION.value, _("actions")
        INVESTMENT = Level.Kind.INVESTMENT.value, _("investments")

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, related_name="plan_import")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="imports")
    header_rows = models.PositiveSmallIntegerField(_("rows with the names of the columns"), default=1)
    works = models.CharField(_("what the lines are"), max_length=12, choices=Works, default=Works.ACTION)
    is_open_data = models.BooleanField(
        default=False, help_text="the JSON of an edition, which says itself what it holds"
    )
    thousands = models.BooleanField(_("sums are in thousands of EUR"), default=False)
    seen = models.CharField(max_length=64, blank=True, help_text="sum of the difference that somebody has looked at")
    step = models.PositiveSmallIntegerField(choices=Step, default=Step.WAITING)
    problem = models.CharField(max_length=500, blank=True, help_text="why nothing was taken, as a sentence")
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(
        default=0, help_text="how many nodes were not put back, as they had been changed since"
    )

    class Meta:
        ordering = ["-run"]
        constraints = [
            models.CheckConstraint(name="plans_import_header_rows", condition=Q(header_rows__range=(1, 3))),
        ]

    def __str__(self) -> str:
        return f"import {self.run_id}"


class PlanImportChange(models.Model):
    """What an import made of one node, with all that the draft said of it before and after, so that it can be put back."""

    class Action(models.TextChoices):
        CREATED = "created", pgettext_lazy("node", "added")
        CHANGED = "changed", pgettext_lazy("node", "changed")
        REMOVED = "removed", pgettext_lazy("node", "removed")
        TOLD = "told", pgettext_lazy("node", "status entered")

    plan_import = models.ForeignKey(PlanImport, on_delete=models.CASCADE, related_name="changes")
    node = models.ForeignKey(PlanNode, on_delete=models.SET_NULL, null=True, related_name="import_changes")
    action = models.CharField(max_length=8, choices=Action)
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=1000)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    update = models.ForeignKey(
        ProgressUpdate, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_changes"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["plan_import", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan_import", "node"], name="plans_import_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.code} {self.title}"


class InstitutionName(models.Model):
    """What a municipality's tables call an institution; without one, the name is kept as text."""

    owner = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="institution_names")
    key = models.CharField(max_length=300, help_text="the name as talka.imports.headers.name_key makes it")
    organization = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="called",
        verbose_name=_("institution"),
    )
    used_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["owner", "key"]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="plans_institution_name_once")]

    def __str__(self) -> str:
        return self.key
