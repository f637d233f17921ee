# SPDX-License-Identifier: EUPL-1.2
"""What people did with bundles and suggestions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User
from talka.core import clock
from talka.proposals.models.bundles import Bundle
from talka.proposals.models.entries import Proposal


class BundleStep(models.Model):
    """Proposals put into a bundle or taken out of it; the last one that stands can be undone."""

    class Kind(models.TextChoices):
        PUT = "put", pgettext_lazy("step of a bundle", "put in")
        TAKE = "take", pgettext_lazy("step of a bundle", "taken out")
        DISSOLVE = "dissolve", pgettext_lazy("step of a bundle", "dissolved")

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    proposals = models.ManyToManyField(Proposal, related_name="+")
    done_at = models.DateTimeField(default=clock.now)
    done_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.bundle_id} {self.kind}"


class NotSimilar(models.Model):
    """Two proposals of which a person said that they are different matters; they are not suggested together again."""

    first = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "not similar"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="proposals_not_similar_once"),
            models.CheckConstraint(name="proposals_not_similar_ordered", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}≠{self.second_id}"
