# SPDX-License-Identifier: EUPL-1.2
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User, new_secret
from talka.core import clock
from talka.directory.models import Person
from talka.meetings.models.meetings import Meeting


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations to meetings."""

    def standing(self) -> "InvitationQuerySet":
        """Keep those that were not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def unanswered(self) -> "InvitationQuerySet":
        """Keep those that were sent and not answered, or answered before the meeting was moved."""
        waits = Q(answer=Invitation.Answer.NONE) | Q(answered_sequence__lt=models.F("asked_sequence"))
        return self.standing().filter(waits, sent_at__isnull=False)

    def ended_before(self, moment: datetime) -> "InvitationQuerySet":
        """Keep those to meetings that were over by then, whose contacts and wishes are still kept."""
        over = Q(meeting__ends_at__lt=moment) | Q(meeting__ends_at__isnull=True, meeting__starts_at__lt=moment)
        return self.filter(over, forgotten_at__isnull=True)


class Invitation(models.Model):
    """One person asked to one meeting, and what they answered (RFC 5545, 3.2.12)."""

    class Answer(models.TextChoices):
        NONE = "none", pgettext_lazy("invitation", "no answer yet")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "comes")
        TENTATIVE = "tentative", pgettext_lazy("invitation", "perhaps")
        DECLINED = "declined", pgettext_lazy("invitation", "does not come")

    class Channel(models.TextChoices):
        LINK = "link", _("by the link")
        MAIL = "mail", _("from the calendar, by mail")
        WORKSPACE = "workspace", _("in the workspace")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="meeting_invitations")
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="lv")
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_sequence = models.PositiveIntegerField(null=True, blank=True, help_text="SEQUENCE of the last one sent")
    asked_sequence = models.PositiveIntegerField(
        default=0, help_text="SEQUENCE from which on an answer is about the present time and place"
    )
    added = models.BooleanField(default=False, help_text="added by hand, not as a member of a group")
    reminded_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="when contacts and wishes were erased")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.NONE)
    remote = models.BooleanField(_("joins remotely"), default=False)
    represented_by = models.CharField(_("who comes instead"), max_length=200, blank=True)
    needs = models.TextField(_("what is needed to come or to hear"), blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_sequence = models.PositiveIntegerField(null=True, blank=True)
    answered_stamp = models.DateTimeField(null=True, blank=True, help_text="DTSTAMP of an answer by mail")
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="meetings_invitation_once"),
            models.CheckConstraint(
                name="meetings_invitation_answered_pair",
                condition=Q(answer="none", answered_at__isnull=True)
                | (~Q(answer="none") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def waits(self) -> bool:
        """Say whether an answer about the present time and place is missing."""
        return self.answer == self.Answer.NONE or self.is_outdated

    @property
    def is_outdated(self) -> bool:
        """Say whether the answer was given before the meeting was moved."""
        return self.answer != self.Answer.NONE and (self.answered_sequence or 0) < self.asked_sequence
