# SPDX-License-Identifier: EUPL-1.2
"""The terms of acts, and the working days that were moved: rows that people change, never numbers in code."""

from typing import Any

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.processes.models import Process
from talka.proposals.deadlines import Rule, Span, Unit

LONGEST = 366


class Regime(models.TextChoices):
    """Which act an entry is treated under."""

    SUBMISSION = "submission", pgettext_lazy("regime", "submission")
    CONSULTATION = "consultation", pgettext_lazy("regime", "proposal in a public consultation")
    INFORMATION = "information", pgettext_lazy("regime", "information request")


class Units(models.TextChoices):
    """What a term is counted in, in words."""

    WORKING_DAYS = Unit.WORKING_DAYS.value, _("working days")
    DAYS = Unit.DAYS.value, _("calendar days")
    MONTHS = Unit.MONTHS.value, _("months")


def _number(label: Any, *, empty: bool) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(
        label, null=empty, blank=empty, validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )


def _unit(label: Any) -> "models.CharField[Any, Any]":
    return models.CharField(label, max_length=20, choices=Units, default=Units.WORKING_DAYS)


@pghistory.track()
class Term(models.Model):
    """Until when an act asks for an answer, from a day on; of the installation, or of one process for itself."""

    class AppliesTo(models.TextChoices):
        BOTH = "both", _("signed and unsigned ones")
        SIGNED = "signed", _("signed ones only")
        UNSIGNED = "unsigned", _("unsigned ones only")

    class CountedFrom(models.TextChoices):
        RECEIPT = "receipt", _("the day of receipt")
        CONSULTATION_END = "consultation_end", _("the end of the public consultation")

    process = models.ForeignKey(
        Process, on_delete=models.CASCADE, null=True, blank=True, related_name="terms", verbose_name=_("process")
    )
    regime = models.CharField(_("treated as"), max_length=20, choices=Regime, default=Regime.SUBMISSION)
    applies_to = models.CharField(_("holds for"), max_length=10, choices=AppliesTo, default=AppliesTo.BOTH)
    valid_from = models.DateField(_("for what is received from"))
    counted_from = models.CharField(_("counted from"), max_length=20, choices=CountedFrom, default=CountedFrom.RECEIPT)
    answer_number = _number(_("answer within"), empty=False)
    answer_unit = _unit(_("unit of the answer"))
    forward_number = _number(_("forward within"), empty=True)
    forward_unit = _unit(_("unit of forwarding"))
    extension_number = _number(_("with an extension, in all within"), empty=True)
    extension_unit = _unit(_("unit of the extension"))
    act = models.CharField(_("act"), max_length=200)

    class Meta:
        ordering = ["regime", "-valid_from", "applies_to", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "regime", "applies_to", "valid_from"],
                name="proposals_term_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="proposals_term_numbers",
                condition=Q(answer_number__range=(1, LONGEST))
                & (Q(forward_number__isnull=True) | Q(forward_number__range=(1, LONGEST)))
                & (Q(extension_number__isnull=True) | Q(extension_number__range=(1, LONGEST))),
            ),
            models.CheckConstraint(name="proposals_term_names_its_act", condition=~Q(act="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_regime_display()}, {self.act}"

    @property
    def answer(self) -> Span:
        """Return how long the answer may take."""
        return Span(self.answer_number, Unit(self.answer_unit))

    @property
    def forward(self) -> Span | None:
        """Return how long forwarding may take, if the act says."""
        return Span(self.forward_number, Unit(self.forward_unit)) if self.forward_number else None

    @property
    def extension(self) -> Span | None:
        """Return how long the answer may take in all once the term is extended, if it can be."""
        return Span(self.extension_number, Unit(self.extension_unit)) if self.extension_number else None

    @property
    def rule(self) -> Rule:
        """Return the term as the reckoning takes it."""
        signed = {self.AppliesTo.SIGNED: True, self.AppliesTo.UNSIGNED: False}
        return Rule(
            regime=self.regime,
            valid_from=self.valid_from,
            answer=self.answer,
            forward=self.forward,
            extension=self.extension,
            signed=signed.get(self.AppliesTo(self.applies_to)),
            after_end=self.counted_from == self.CountedFrom.CONSULTATION_END,
            own=self.process_id is not None,
            key=self.pk,
        )


@pghistory.track()
class MovedDay(models.Model):
    """A day on which offices work though it would be free, or are closed though it would be worked on."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("is a working day"))
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        ordering = ["-day"]
        constraints = [models.CheckConstraint(name="proposals_moved_day_has_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return self.day.isoformat()
