# SPDX-License-Identifier: EUPL-1.2
"""From the assignment to the answer."""

from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.core.alphabet import Alphabetical
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
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


class Outcome(models.TextChoices):
    """What is decided on a proposal."""

    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("partly accepted")
    REJECTED = "rejected", _("rejected")
    ALREADY = "already", _("already done or planned")
    NOT_OURS = "not_ours", _("not within our competence")


class Recommendation(models.Model):
    """What a group or an examiner proposes to decide; never changed: whoever thinks again writes the next version."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="recommendations")
    version = models.PositiveIntegerField(default=1)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    reason = models.TextField(_("reasons"))
    forwarded_to = models.CharField(_("forwarded to"), max_length=300, blank=True)
    group = models.ForeignKey(WorkingGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    recommended_at = models.DateTimeField(default=clock.now)
    recommended_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "version"], name="proposals_recommendation_version_once"),
            models.CheckConstraint(name="proposals_recommendation_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.proposal_id}"


@pghistory.track()
class Reply(models.Model):
    """The answer to a proposal as the coordinator decided it; given to its author once it is published.

    ``published_at`` is the moment of the first publication; what was published, and when it was corrected, stands in
    ``ReplyVersion``. ``version`` counts what was saved, so that nobody overwrites what they have not read.
    """

    Outcome = Outcome

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
    follows = models.ForeignKey(
        "Recommendation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="the recommendation that lay before the coordinator",
    )
    batch = models.UUIDField(null=True, blank=True, help_text="shared by answers that were prepared together")
    decided_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(name="proposals_reply_has_reason", condition=~Q(reason="")),
        ]
        indexes = [models.Index(fields=["outcome"], name="proposals_reply_outcome")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.proposal_id}"


TEXT_AS_PUBLISHED: Any = pgtrigger.Trigger(
    name="text_as_published",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("outcome", "reason", "forwarded_to", "signed_name", "signed_title"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.AnyChange("outcome", "reason", "forwarded_to", "signed_name", "signed_title"),
    func="""
        IF (NEW.outcome, NEW.forwarded_to, NEW.signed_name, NEW.signed_title)
            IS NOT DISTINCT FROM (OLD.outcome, OLD.forwarded_to, OLD.signed_name, OLD.signed_title)
        AND EXISTS (
            SELECT FROM proposals_reply AS reply
            JOIN proposals_receipt AS receipt ON receipt.proposal_id = reply.proposal_id
            JOIN proposals_author AS author ON author.proposal_id = reply.proposal_id
            WHERE reply.id = OLD.reply_id AND receipt.erased_at IS NOT NULL AND author.erased_at IS NULL
        ) THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
    """,
)
"""What was published never changes, but for the reasons while the author is being erased: after the text as received, before
the author's row. No transaction leaves it so."""


class ReplyVersion(models.Model):
    """An answer as it was published: the first, and one more for each correction. What was said stays as it was said."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    reason = models.TextField(_("reasons"))
    forwarded_to = models.CharField(_("forwarded to"), max_length=300, blank=True)
    signed_name = models.CharField(_("name of who answers"), max_length=200)
    signed_title = models.CharField(_("title of the office"), max_length=300, blank=True)
    because = models.CharField(_("why it was corrected"), max_length=300, blank=True)
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["reply", "number"], name="proposals_replyversion_number_once")]
        triggers = [TEXT_AS_PUBLISHED]

    def __str__(self) -> str:
        return f"{self.reply_id}/{self.number}"


class ReplyTemplate(models.Model):
    """A text from which answers of a process begin, with fields such as ``{numurs}``."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="reply_templates")
    name = models.CharField(_("name of the template"), max_length=100)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    text = models.TextField(_("text of the answer"))
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = [Alphabetical("name"), "pk"]
        constraints = [models.UniqueConstraint(fields=["process", "name"], name="proposals_replytemplate_name_once")]

    def __str__(self) -> str:
        return self.name
