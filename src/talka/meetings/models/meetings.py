# SPDX-License-Identifier: EUPL-1.2
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Place, Topic
from talka.groups.models import WorkingGroup
from talka.meetings.models.series import Series
from talka.processes.models import Process, Role

USUAL_LENGTH = timedelta(hours=2)
"""How long a meeting is taken to last when its end is not known."""


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings that a person may see."""

    def visible_to(self, user: Any) -> "MeetingQuerySet":
        """Keep those of visible processes; members-only ones for everybody who has a role in the process."""
        meetings = self.filter(process__in=Process.objects.visible_to(user))
        if not user.is_authenticated:
            return meetings.filter(access=Meeting.Access.PUBLIC)
        mine = Role.objects.active().filter(person__user=user).values("process")
        return meetings.filter(Q(access=Meeting.Access.PUBLIC) | Q(process__in=mine))

    def upcoming(self, now: Any = None) -> "MeetingQuerySet":
        """Keep those that are not over, soonest first; undated ones are left out. ``now`` may be an expression."""
        now = now or Value(clock.now())
        over = Q(ends_at__lte=now) | Q(ends_at__isnull=True, starts_at__lte=now - USUAL_LENGTH)
        return self.filter(starts_at__isnull=False).exclude(over).order_by("starts_at", "pk")

    def past(self) -> "MeetingQuerySet":
        """Keep those that are over, the latest first."""
        over = Q(ends_at__lte=clock.now()) | Q(ends_at__isnull=True, starts_at__lte=clock.now() - USUAL_LENGTH)
        return self.filter(over).order_by("-starts_at", "-pk")

    def dated(self) -> "MeetingQuerySet":
        """Keep those whose day is known, in order."""
        return self.filter(starts_at__isnull=False).order_by("starts_at", "pk")

    def undated(self) -> "MeetingQuerySet":
        """Keep those whose date is not set yet."""
        return self.filter(starts_at__isnull=True).order_by("title", "pk")

    def between(self, first: date, end: date) -> "MeetingQuerySet":
        """Keep those that touch the days from ``first`` up to, not including, ``end``, local time."""
        first_at, end_at = clock.day_begins(first), clock.day_begins(end)
        touches = Q(starts_at__gte=first_at) | Q(ends_at__gt=first_at)
        return self.filter(touches, starts_at__lt=end_at).order_by("starts_at", "pk")

    def for_feeds(self) -> "MeetingQuerySet":
        """Load with them what calendars show, each process, place and group once however many meetings it has."""
        return self.prefetch_related("process", "place", "groups")

    def for_lists(self) -> "MeetingQuerySet":
        """Load with them what a line of a list shows: process, place, groups."""
        return self.select_related("process", "place").prefetch_related("groups")


@pghistory.track()
class Meeting(models.Model):
    """When a process or its groups come together. The end does not belong to it (half-open)."""

    class Access(models.TextChoices):
        PUBLIC = "public", _("everybody")
        MEMBERS = "members", _("those who take part in the process")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="meetings")
    groups: "models.ManyToManyField[WorkingGroup, Any]" = models.ManyToManyField(
        WorkingGroup, blank=True, related_name="meetings", verbose_name=_("working groups")
    )
    series = models.ForeignKey(Series, on_delete=models.SET_NULL, null=True, blank=True, related_name="meetings")
    occurs_at = models.DateTimeField(
        null=True, blank=True, help_text="when the rule of the series put it (RFC 5545, RECURRENCE-ID)"
    )
    apart = models.BooleanField(default=False, help_text="changed apart from its series")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("what it is about"), blank=True)
    topics: "models.ManyToManyField[Topic, Any]" = models.ManyToManyField(
        Topic, blank=True, related_name="meetings", verbose_name=_("topics")
    )
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    time_note = models.CharField(
        _("when, in words"), max_length=200, blank=True, help_text=_("Where the date or the hour is not known yet.")
    )
    whole_day = models.BooleanField(_("the hour is not known"), default=False)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("place")
    )
    remote_url = models.URLField(_("link to join remotely"), max_length=500, blank=True)
    remote_public = models.BooleanField(_("show the link to everybody"), default=False)
    remote_note = models.CharField(_("how to join remotely"), max_length=300, blank=True)
    help_note = models.TextField(_("how to ask for help with coming or hearing"), blank=True)
    access = models.CharField(_("who may see it"), max_length=10, choices=Access, default=Access.PUBLIC)
    sequence = models.PositiveIntegerField(default=0, help_text="RFC 5545 SEQUENCE")
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    agenda_published_at = models.DateTimeField(null=True, blank=True)
    agenda_sent_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.TextField(_("why it is cancelled"), blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["process", "starts_at"], name="meetings_process_starts"),
            models.Index(fields=["starts_at"], name="meetings_starts"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "occurs_at"], name="meetings_occurrence_once", condition=Q(series__isnull=False)
            ),
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
    def first_day(self) -> date | None:
        """The day on which it begins, local time."""
        return timezone.localdate(self.starts_at) if self.starts_at else None

    @property
    def last_day(self) -> date | None:
        """The day on which it ends, local time; midnight belongs to the day before."""
        if self.starts_at is None or self.ends_at is None:
            return self.first_day
        return timezone.localdate(self.ends_at - timedelta(microseconds=1))

    def each_day(self) -> Iterator[date]:
        """Go over the days it touches, local time; over none while its day is not known."""
        day, last = self.first_day, self.last_day
        while day is not None and last is not None and day <= last:
            yield day
            day += timedelta(days=1)

    @property
    def is_cancelled(self) -> bool:
        """Say whether it was called off."""
        return self.cancelled_at is not None

    @property
    def is_over(self) -> bool:
        """Say whether it has ended; without an end, two hours after it began."""
        if self.starts_at is None:
            return False
        return (self.ends_at or self.starts_at + USUAL_LENGTH) <= clock.now()


class Custom(models.Model):
    """How the meetings of a process are run: days before and after, numbering of minutes."""

    process = models.OneToOneField(Process, on_delete=models.CASCADE, related_name="meeting_custom")
    agenda_days = models.PositiveSmallIntegerField(_("agenda sent out, days before"), default=3)
    correction_days = models.PositiveSmallIntegerField(_("corrections taken, days"), default=5)
    number_pattern = models.CharField(
        _("numbers of minutes"), max_length=40, default="{number}/{year}", help_text="{number}, {year}, {group}"
    )
    opening_items = models.TextField(_("items at the beginning of each agenda"), blank=True)
    closing_items = models.TextField(_("items at the end of each agenda"), blank=True)

    def __str__(self) -> str:
        return f"custom of process {self.process_id}"
