# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Area, Organization, Person
from talka.plans.models.nodes import PlanNode, frozen_with_edition
from talka.plans.models.plans import Edition, Plan, year_field


class Measure(models.Model):
    """What is measured, defined once for all municipalities, so that their indicators can stand side by side."""

    name = models.CharField(_("name"), max_length=300)
    unit = models.CharField(_("unit"), max_length=60)
    definition = models.TextField(_("how it is counted"), blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["name", "unit"], name="plans_measure_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.unit}"


@pghistory.track()
class Indicator(models.Model):
    """An indicator of a plan, the same through all editions; its actual values hang here."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="indicators")
    measure = models.ForeignKey(
        Measure, on_delete=models.SET_NULL, null=True, blank=True, related_name="indicators",
        verbose_name=_("compared with other municipalities as"),
    )  # fmt: skip
    owner = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="owned_indicators",
        verbose_name=_("who enters its values"),
    )  # fmt: skip
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["plan", "pk"]

    def __str__(self) -> str:
        return f"indicator {self.pk}"


@pghistory.track()
class IndicatorVersion(models.Model):
    """What one edition says of an indicator: name, unit, which way is good, where it starts, what it tells about."""

    class Direction(models.TextChoices):
        UP = "up", _("more is better")
        DOWN = "down", _("less is better")
        KEEP = "keep", _("as it is")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="indicator_versions")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="versions")
    code = models.CharField(_("code"), max_length=40, null=True, blank=True)
    name = models.CharField(_("name"), max_length=500)
    unit = models.CharField(_("unit"), max_length=60)
    decimals = models.PositiveSmallIntegerField(_("decimal places shown"), default=0)
    direction = models.CharField(_("direction wanted"), max_length=5, choices=Direction, default=Direction.UP)
    baseline = models.DecimalField(_("baseline"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_year = year_field(_("year of the baseline"), null=True, blank=True)
    source = models.CharField(_("source of the data"), max_length=300, blank=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("responsible institution"),
    )  # fmt: skip
    areas: "models.ManyToManyField[Area, Any]" = models.ManyToManyField(
        Area, blank=True, related_name="+", verbose_name=_("territories")
    )
    nodes: "models.ManyToManyField[PlanNode, Any]" = models.ManyToManyField(
        PlanNode, blank=True, related_name="indicator_versions", verbose_name=_("tells about")
    )
    position = models.PositiveIntegerField(default=0)
    change_reason = models.TextField(_("why it was changed since the edition before"), blank=True)

    class Meta:
        ordering = ["edition", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "indicator"], name="plans_indicator_version_once"),
            models.UniqueConstraint(
                fields=["edition", "code"], name="plans_indicator_code_once", deferrable=models.Deferrable.IMMEDIATE
            ),
            models.CheckConstraint(name="plans_indicator_named", condition=~Q(name="")),
            models.CheckConstraint(name="plans_indicator_code_not_empty", condition=~Q(code="")),
            models.CheckConstraint(name="plans_indicator_decimals", condition=Q(decimals__lte=4)),
            models.CheckConstraint(
                name="plans_indicator_baseline_has_year",
                condition=Q(baseline__isnull=True) | Q(baseline_year__isnull=False),
            ),
        ]
        triggers = [frozen_with_edition("OLD.edition_id")]

    def __str__(self) -> str:
        return self.name

    @property
    def wanted(self) -> list[tuple[int, str]]:
        """Return its targets by year, to tell whether somebody has changed them."""
        return [(target.year, f"{target.value.normalize():f}") for target in self.targets.order_by("year")]


class IndicatorTarget(models.Model):
    """The value that an edition wants an indicator to reach in a year."""

    version = models.ForeignKey(IndicatorVersion, on_delete=models.CASCADE, related_name="targets")
    year = year_field(_("year"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)

    class Meta:
        ordering = ["version", "year"]
        constraints = [models.UniqueConstraint(fields=["version", "year"], name="plans_target_once")]
        triggers = [
            frozen_with_edition("SELECT v.edition_id FROM plans_indicatorversion v WHERE v.id = OLD.version_id")
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.value}"


@pghistory.track()
class IndicatorValue(models.Model):
    """What an indicator was in a year, in all or in one territory, as last entered; earlier entries stand in the history."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("territory")
    )
    year = year_field(_("year"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    source = models.CharField(_("source of the data"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    entered_at = models.DateTimeField(default=clock.now)
    entered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["indicator", "year", "area"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "area", "year"], name="plans_value_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.value}"
