# SPDX-License-Identifier: EUPL-1.2
"""What is covered of a text before it is published."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User
from talka.core import clock
from talka.proposals import personal_data
from talka.proposals.models.entries import Proposal


class Unredacted(models.Model):
    """Title, text and place of a proposal before anything in them was covered; there is one as long as anything is.

    Who opens it is written into the log. The text as received (``Receipt``) is kept apart from it.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="unredacted")
    title = models.CharField(max_length=200)
    text = models.TextField()
    place_text = models.CharField(max_length=300, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_because = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "unredacted"

    def __str__(self) -> str:
        return f"unredacted {self.proposal_id}"


class Redaction(models.Model):
    """A passage that is covered: characters ``start`` up to ``end`` of the title, text or place in ``Unredacted``.

    Once the covered text has been corrected by hand it is settled: it tells what was covered and is no longer taken back.
    """

    class Part(models.TextChoices):
        TITLE = "title", pgettext_lazy("of a proposal", "Title")
        TEXT = "text", _("text")
        PLACE = "place_text", _("place in words")

    class Kind(models.TextChoices):
        EMAIL = personal_data.EMAIL, pgettext_lazy("covered", "e-mail address")
        PHONE = personal_data.PHONE, pgettext_lazy("covered", "telephone number")
        CODE = personal_data.CODE, pgettext_lazy("covered", "personal code")
        ACCOUNT = personal_data.ACCOUNT, pgettext_lazy("covered", "bank account")
        ADDRESS = personal_data.ADDRESS, pgettext_lazy("covered", "address")
        PLATE = personal_data.PLATE, pgettext_lazy("covered", "number plate")
        NAME = personal_data.NAME, pgettext_lazy("covered", "name of a person")
        OTHER = personal_data.OTHER, pgettext_lazy("covered", "personal data")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="redactions")
    part = models.CharField(max_length=10, choices=Part)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["part", "start", "pk"]
        constraints = [
            models.CheckConstraint(name="proposals_redaction_not_empty", condition=Q(end__gt=F("start"))),
            models.UniqueConstraint(
                fields=["proposal", "part", "start"],
                name="proposals_redaction_once",
                condition=Q(settled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.part} {self.start}-{self.end}"

    @property
    def passage(self) -> personal_data.Passage:
        """Return it as plain values."""
        return personal_data.Passage(self.start, self.end, self.kind)
