# SPDX-License-Identifier: EUPL-1.2
"""Terms that were extended, and letters that remind of terms."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.proposals.models.authors import Author
from talka.proposals.models.entries import Proposal


class Extension(models.Model):
    """A later day for the answer, with the reason that the author and the public read; told to the author at ``told_at``."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="extensions")
    due_before = models.DateField(help_text="the day on which the answer was due before")
    until = models.DateField(_("answer by"))
    reason = models.TextField(_("reason"))
    extended_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    extended_at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.CharField(max_length=10, choices=Author.AnswerBy, blank=True)

    class Meta:
        ordering = ["extended_at", "pk"]
        constraints = [
            models.CheckConstraint(name="proposals_extension_is_later", condition=Q(until__gt=F("due_before"))),
            models.CheckConstraint(name="proposals_extension_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="proposals_extension_told_pair",
                condition=Q(told_at__isnull=True, told_by="") | (Q(told_at__isnull=False) & ~Q(told_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.until.isoformat()}"


class Reminder(models.Model):
    """That a person was written to on a day about what they owe: by the clock, or by a coordinator; each once a day at most."""

    class Kind(models.TextChoices):
        DAILY = "daily", _("by the clock")
        BY_HAND = "by_hand", _("by the coordinator")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    sent_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day", "kind"], name="proposals_reminder_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.day.isoformat()}"
