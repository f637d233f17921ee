# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Organization
from talka.files.models import Attachment
from talka.processes.models import Process

FIRST_YEAR, LAST_YEAR = 1990, 2100


def year_field(label: Any, **options: Any) -> "models.PositiveSmallIntegerField[Any, Any]":
    """Return a field for a calendar year."""
    limits = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    return models.PositiveSmallIntegerField(label, validators=limits, **options)


def twice_a_year() -> list[int]:
    """Return the months in which owners are asked, unless a plan says otherwise."""
    return [1, 7]


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans that a person may see."""

    def visible_to(self, user: Any) -> "PlanQuerySet":
        """Keep published plans of processes that the person may see, and all of those the person works in."""
        plans = self.filter(process__in=Process.objects.visible_to(user))
        if not user.is_authenticated:
            return plans.filter(published_at__isnull=False)
        if user.is_superuser:
            return plans
        return plans.filter(
            Q(published_at__isnull=False) | Q(process__in=Process.objects.worked_on_by(user).values("pk"))
        )


@pghistory.track()
class Plan(models.Model):
    """A planning document of a municipality: a strategy, a programme, a spatial, sector or yearly plan.

    One that is kept elsewhere and only pointed at has an address (``url``) and no editions.
    """

    class Kind(models.TextChoices):
        STRATEGY = "strategy", _("development strategy")
        PROGRAMME = "programme", pgettext_lazy("plan", "development programme")
        SPATIAL = "spatial", _("spatial plan")
        SECTOR = "sector", _("sector plan")
        YEARLY = "yearly", _("yearly plan")
        OTHER = "other", pgettext_lazy("plan", "other plan")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="plans")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=300)
    slug = models.SlugField(max_length=80)
    summary = models.TextField(_("in one or two sentences"), blank=True)
    note = models.CharField(_("note on top of its pages"), max_length=500, blank=True)
    owner = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="plans", verbose_name=_("municipality whose plan it is")
    )
    starts_year = year_field(_("period from, year"))
    ends_year = year_field(_("period to, year"))
    parents: "models.ManyToManyField[Plan, Any]" = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="children", verbose_name=_("plans that it serves")
    )
    url = models.URLField(_("address of the document"), blank=True)
    update_months = ArrayField(
        models.PositiveSmallIntegerField(), default=twice_a_year, blank=True, verbose_name=_("months of updates")
    )
    update_days = models.PositiveSmallIntegerField(_("days to answer"), default=14)
    stale_after_months = models.PositiveSmallIntegerField(_("months after which an update is stale"), default=7)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["process", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["process", "slug"], name="plans_plan_slug_once"),
            models.CheckConstraint(name="plans_plan_period", condition=Q(ends_year__gte=F("starts_year"))),
            models.CheckConstraint(
                name="plans_plan_update_months", condition=Q(update_months__contained_by=list(range(1, 13)))
            ),
            models.CheckConstraint(name="plans_plan_stale_after", condition=Q(stale_after_months__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> range:
        """Return the years of its period."""
        return range(self.starts_year, self.ends_year + 1)


@pghistory.track()
class Level(models.Model):
    """One level of a plan's tree, as the municipality names it: priority, direction, task; action; investment.

    A node stands below a node of a level further up, not necessarily the next one. ``letter`` stands for the level in the
    code patterns of those below (``talka.plans.codes``).
    """

    class Kind(models.TextChoices):
        GROUP = "group", _("part of the tree")
        ACTION = "action", _("action")
        INVESTMENT = "investment", _("investment")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="levels")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.GROUP)
    name = models.CharField(_("name"), max_length=100, help_text=_("Such as “task”, in the singular."))
    plural = models.CharField(_("name of many"), max_length=100, help_text=_("Such as “tasks”."))
    letter = models.CharField(_("letter"), max_length=1)
    pattern = models.CharField(_("pattern of codes"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"], name="plans_level_position_once", deferrable=models.Deferrable.IMMEDIATE
            ),
            models.UniqueConstraint(
                fields=["plan", "letter"], name="plans_level_letter_once", deferrable=models.Deferrable.IMMEDIATE
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions that a person may see."""

    def visible_to(self, user: Any) -> "EditionQuerySet":
        """Keep approved and shown ones of visible plans; drafts for those who work in the process."""
        editions = self.filter(plan__in=Plan.objects.visible_to(user))
        shown = Q(approved_at__isnull=False) | Q(published_at__isnull=False)
        if not user.is_authenticated:
            return editions.filter(shown)
        if user.is_superuser:
            return editions
        return editions.filter(shown | Q(plan__process__in=Process.objects.worked_on_by(user).values("pk")))

    def approved(self) -> "EditionQuerySet":
        """Keep approved ones, the latest first."""
        return self.filter(approved_at__isnull=False).order_by("-number")

    def drafts(self) -> "EditionQuerySet":
        """Keep those being worked on; a plan has at most one."""
        return self.filter(approved_at__isnull=True)


@pghistory.track()
class Edition(models.Model):
    """A plan as it was approved at one time (“RP 2021.1”), or the draft of the next one.

    The approved edition with the highest number is in force. Nothing of an approved edition changes (triggers).
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=100)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers")
    note = models.TextField(_("why it was made"), blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True, help_text="since when its draft is shown to everybody")
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=300, blank=True)
    decision_url = models.URLField(_("address of the decision"), blank=True)
    decision_document = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_edition_number_once"),
            models.UniqueConstraint(
                fields=["plan"], name="plans_edition_one_draft", condition=Q(approved_at__isnull=True)
            ),
            models.CheckConstraint(
                name="plans_edition_approved_by_decision",
                condition=Q(approved_at__isnull=True, approved_on__isnull=True)
                | Q(approved_at__isnull=False, approved_on__isnull=False) & ~Q(decision=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_draft(self) -> bool:
        """Say whether it has not been approved yet."""
        return self.approved_at is None
