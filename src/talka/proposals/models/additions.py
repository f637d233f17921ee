# SPDX-License-Identifier: EUPL-1.2
"""What somebody writes about a proposal after it was registered."""

import uuid

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.proposals.models.entries import Proposal, ProposalFile


class Addition(models.Model):
    """What somebody wrote about a proposal later, word for word; seen by those who work on it, never public."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="additions")
    text = models.TextField(_("text"))
    channel = models.CharField(_("how it came"), max_length=20, choices=Proposal.Channel)
    received_at = models.DateTimeField(_("received"))
    registered_at = models.DateTimeField(default=clock.now)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    from_author = models.BooleanField(help_text="it came from the address that the author gave")
    sent_from = models.CharField(max_length=320, blank=True, help_text="the address; personal data")
    files: "models.ManyToManyField[ProposalFile, models.Model]" = models.ManyToManyField(
        ProposalFile, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["received_at", "pk"]
        indexes = [
            models.Index(
                fields=["proposal"], name="proposals_addition_unread", condition=models.Q(read_at__isnull=True)
            )
        ]
        triggers = [pgtrigger.Protect(name="words_as_received", operation=pgtrigger.UpdateOf("text"))]  # type: ignore[no-untyped-call]

    def __str__(self) -> str:
        return f"addition to {self.proposal_id}"
