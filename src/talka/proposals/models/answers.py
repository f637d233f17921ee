# SPDX-License-Identifier: EUPL-1.2
"""From the assignment to the answer."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.proposals.models.entries import Proposal


class Assignment(models.Model):
    """To whom a proposal was given to examine, from when to when."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="assignments")
    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    assigned_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    assigned_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], name="proposals_assignment_one_open", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="proposals_assignment_to_one",
                condition=Q(group__isnull=False, person__isnull=True) | Q(group__isnull=True, person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.group or self.person)


class Note(models.Model):
    """A note among those who work on a proposal; never public."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"))
    written_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"note {self.pk}"


@pghistory.track()
class Reply(models.Model):
    """The answer to a proposal: prepared by whoever examines it, published by the coordinator."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        PARTLY = "partly", _("partly accepted")
        REJECTED = "rejected", _("rejected")
        ALREADY = "already", _("already done or planned")
        NOT_OURS = "not_ours", _("not within our competence")

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="reply")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    reason = models.TextField(_("reasons"))
    forwarded_to = models.CharField(_("forwarded to"), max_length=300, blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who answers")
    )
    signed_name = models.CharField(_("name of who answers"), max_length=200)
    signed_title = models.CharField(_("title of the office"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    prepared_at = models.DateTimeField(default=clock.now)
    prepared_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(name="proposals_reply_has_reason", condition=~Q(reason="")),
        ]
        indexes = [models.Index(fields=["outcome"], name="proposals_reply_outcome")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.proposal_id}"
