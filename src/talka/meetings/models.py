# SPDX-License-Identifier: EUPL-1.2
import uuid
from datetime import timedelta
from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Place, Topic
from talka.files.models import Attachment
from talka.groups.models import WorkingGroup
from talka.processes.models import Process, Role


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings that a person may see."""

    def visible_to(self, user: Any) -> "MeetingQuerySet":
        """Keep those of visible processes; members-only ones for everybody who has a role in the process."""
        meetings = self.filter(process__in=Process.objects.visible_to(user))
        if not user.is_authenticated:
            return meetings.filter(access=Meeting.Access.PUBLIC)
        mine = Role.objects.active().filter(person__user=user).values("process")
        return meetings.filter(Q(access=Meeting.Access.PUBLIC) | Q(process__in=mine))

    def upcoming(self) -> "MeetingQuerySet":
        """Keep those that are not over, soonest first; undated ones are left out."""
        over = Q(ends_at__lte=clock.now()) | Q(ends_at__isnull=True, starts_at__lte=clock.now() - timedelta(hours=2))
        return self.filter(starts_at__isnull=False).exclude(over).order_by("starts_at", "pk")


@pghistory.track()
class Meeting(models.Model):
    """When a process or its groups come together. The end does not belong to it (half-open)."""

    class Access(models.TextChoices):
        PUBLIC = "public", _("everybody")
        MEMBERS = "members", _("those who take part in the process")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="meetings")
    groups: "models.ManyToManyField[WorkingGroup, Any]" = models.ManyToManyField(WorkingGroup, blank=True, related_name="meetings", verbose_name=_("working groups"))
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("what it is about"), blank=True)
    topics: "models.ManyToManyField[Topic, Any]" = models.ManyToManyField(Topic, blank=True, related_name="meetings", verbose_name=_("topics"))
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    time_note = models.CharField(_("when, in words"), max_length=200, blank=True, help_text=_("Where the date or the hour is not known yet."))
    whole_day = models.BooleanField(_("the hour is not known"), default=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("place"))
    remote_url = models.URLField(_("link to join remotely"), max_length=500, blank=True)
    remote_public = models.BooleanField(_("show the link to everybody"), default=False)
    remote_note = models.CharField(_("how to join remotely"), max_length=300, blank=True)
    help_note = models.TextField(_("how to ask for help with coming or hearing"), blank=True)
    access = models.CharField(_("who may see it"), max_length=10, choices=Access, default=Access.PUBLIC)
    sequence = models.PositiveIntegerField(default=0, help_text="RFC 5545 SEQUENCE")
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.TextField(_("why it is cancelled"), blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["process", "starts_at"], name="meetings_process_starts"), models.Index(fields=["starts_at"], name="meetings_starts")]
        constraints = [
            models.CheckConstraint(
                name="meetings_meeting_ends_after_start",
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="meetings_meeting_says_when", condition=Q(starts_at__isnull=False) | ~Q(time_note="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_cancelled(self) -> bool:
        """Say whether it was called off."""
        return self.cancelled_at is not None

    @property
    def is_over(self) -> bool:
        """Say whether it has ended; without an end, two hours after it began."""
        if self.starts_at is None:
            return False
        return (self.ends_at or self.starts_at + timedelta(hours=2)) <= clock.now()


class Paper(models.Model):
    """A file handed out for a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(_("title"), max_length=200)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
