# SPDX-License-Identifier: EUPL-1.2
import uuid
from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person
from talka.files.models import Attachment
from talka.meetings.models.agenda import AgendaItem
from talka.meetings.models.locking import as_approved
from talka.meetings.models.meetings import Meeting


@pghistory.track()
class Attendance(models.Model):
    """Who was at a meeting, and how: a member of its groups, or somebody else who came."""

    class Mode(models.TextChoices):
        ON_SITE = "on_site", pgettext_lazy("attendance", "on site")
        REMOTE = "remote", pgettext_lazy("attendance", "remotely")
        REPRESENTED = "represented", pgettext_lazy("attendance", "represented by another person")
        APOLOGISED = "apologised", pgettext_lazy("attendance", "apologised")
        ABSENT = "absent", pgettext_lazy("attendance", "absent")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="attendances")
    name = models.CharField(_("name and surname"), max_length=200, help_text="as it stood on that day")
    represents = models.CharField(
        _("represents"), max_length=300, blank=True, help_text="office or organization, as it stood"
    )
    member = models.BooleanField(default=False, help_text="sat in one of the groups on that day")
    mode = models.CharField(_("attendance"), max_length=12, choices=Mode)
    represented_by = models.CharField(_("represented by"), max_length=200, blank=True)
    name_public = models.BooleanField(_("the name may be published"), default=False)
    secret = models.CharField(max_length=64, blank=True, help_text="of the link to the draft; given when it is sent")
    key = models.UUIDField(
        default=uuid.uuid4,
        db_default=RandomUUID(),
        unique=True,
        editable=False,
        help_text="by which a page that was offline names it",
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="meetings_attendance_once"),
            models.UniqueConstraint(fields=["secret"], name="meetings_attendance_secret_once", condition=~Q(secret="")),
            models.CheckConstraint(
                name="meetings_attendance_represented",
                condition=~Q(mode="represented") | ~Q(represented_by=""),
            ),
        ]
        triggers = [as_approved(columns=("mode", "represented_by", "represents", "member"))]

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class MinutesQuerySet(models.QuerySet["Minutes"]):
    """Minutes that a person may read."""

    def published(self) -> "MinutesQuerySet":
        """Keep those that everybody may read who may see the meeting."""
        return self.filter(published_at__isnull=False)

    def visible_to(self, user: Any) -> "MinutesQuerySet":
        """Keep the published ones of meetings that the person may see."""
        return self.published().filter(meeting__in=Meeting.objects.visible_to(user).order_by().values("pk"))


@pghistory.track()
class Minutes(models.Model):
    """The record of a meeting: begun, sent round as a draft, corrected by those present, approved and locked, published."""

    class State(models.TextChoices):
        WRITING = "writing", pgettext_lazy("minutes", "being written")
        CIRCULATED = "circulated", pgettext_lazy("minutes", "draft, open to corrections")
        APPROVED = "approved", pgettext_lazy("minutes", "approved")

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    number = models.CharField(_("number"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    sequence = models.PositiveIntegerField(
        null=True, blank=True, help_text="counted within process and year, without gaps"
    )
    chair = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chair")
    )
    secretary = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("minutes taken by")
    )
    began_at = models.DateTimeField(_("began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    opening = models.TextField(_("at the opening"), blank=True)
    begun_at = models.DateTimeField(default=clock.now)
    begun_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    circulated_at = models.DateTimeField(null=True, blank=True)
    corrections_until = models.DateField(_("corrections until"), null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    pdf = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    docx = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    public_pdf = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unpublished_because = models.CharField(_("why it is not published any more"), max_length=500, blank=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "minutes"
        triggers = [
            as_approved(
                operation=pgtrigger.Update | pgtrigger.Delete,
                unless="OLD.approved_at IS NULL",
                columns=(
                    "number",
                    "chair_id",
                    "secretary_id",
                    "began_at",
                    "ended_at",
                    "opening",
                    "approved_at",
                    "year",
                    "sequence",
                ),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="meetings_minutes_one_chair",
                condition=Q(chair__isnull=True) | Q(secretary__isnull=True) | ~Q(chair=F("secretary")),
            ),
            models.CheckConstraint(
                name="meetings_minutes_approved_with_number", condition=Q(approved_at__isnull=True) | ~Q(number="")
            ),
            models.CheckConstraint(
                name="meetings_minutes_published_when_approved",
                condition=Q(published_at__isnull=True) | Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meetings_minutes_ended_after_beginning",
                condition=Q(ended_at__isnull=True) | Q(began_at__isnull=True) | Q(ended_at__gt=F("began_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"minutes {self.pk}"

    @property
    def state(self) -> "Minutes.State":
        """Return the state that follows from what was done."""
        if self.approved_at is not None:
            return self.State.APPROVED
        return self.State.CIRCULATED if self.circulated_at is not None else self.State.WRITING


class Correction(models.Model):
    """What somebody who was present asks to change in draft minutes, and what became of it."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="corrections")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="corrections")
    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="corrections")
    text = models.TextField(_("what to correct"))
    asked_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    taken = models.BooleanField(_("taken in"), null=True, blank=True)
    reply = models.CharField(_("reply"), max_length=500, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="meetings_correction_settled_pair",
                condition=Q(settled_at__isnull=True, taken__isnull=True)
                | Q(settled_at__isnull=False, taken__isnull=False),
            ),
            models.CheckConstraint(name="meetings_correction_says_what", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"correction {self.pk}"


class Remark(models.Model):
    """What turned out to be wrong in approved minutes: added with its day, while the minutes stay as they were."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="remarks")
    text = models.TextField(_("what to correct"))
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [models.CheckConstraint(name="meetings_remark_says_what", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"remark {self.pk}"
