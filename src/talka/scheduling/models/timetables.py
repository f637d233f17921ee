# SPDX-License-Identifier: EUPL-1.2
from datetime import time, timedelta
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person, Place
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.processes.models import Process

PATIENCE = timedelta(minutes=10)
"""How much longer than the search itself somebody waits for a worker."""

WORKING_WEEK = [0, 1, 2, 3, 4]


def _working_week() -> list[int]:
    return list(WORKING_WEEK)


class TimetableQuerySet(models.QuerySet["Timetable"]):
    """Timetables that a person may see."""

    def visible_to(self, user: Any) -> "TimetableQuerySet":
        """Keep those of visible processes; who may open them is asked beyond that."""
        return self.filter(process__in=Process.objects.visible_to(user))


@pghistory.track()
class Timetable(models.Model):
    """When and where groups of a process are to meet: what is asked, how it stands, and what came of it."""

    class Liking(models.TextChoices):
        SPREAD = "spread", _("spread evenly over the days")
        COMPACT = "compact", _("on as few days as possible")

    class Weight(models.IntegerChoices):
        NONE = 0, _("does not matter")
        LITTLE = 1, _("matters a little")
        SOME = 2, _("matters")
        MUCH = 3, _("matters very much")

    class Step(models.IntegerChoices):
        QUARTER = 15, _("every quarter of an hour")
        HALF = 30, _("every half hour")
        HOUR = 60, _("every hour")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="timetables")
    title = models.CharField(_("title"), max_length=200)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=_working_week, verbose_name=_("weekdays"))
    opens = models.TimeField(_("not before"), default=time(9))
    closes = models.TimeField(_("not after"), default=time(20))
    holidays = models.BooleanField(_("also on public holidays"), default=False)
    days_off = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("days without sessions"))
    step = models.PositiveSmallIntegerField(_("sessions may begin"), choices=Step, default=Step.HALF)
    pause = models.PositiveSmallIntegerField(_("pause in a room, minutes"), default=30)
    places: "models.ManyToManyField[Place, Any]" = models.ManyToManyField(
        Place, related_name="timetables", verbose_name=_("rooms")
    )
    evening_from = models.TimeField(_("the evening begins at"), default=time(17))
    liking = models.CharField(_("sessions are to lie"), max_length=10, choices=Liking, default=Liking.SPREAD)
    weigh_people = models.PositiveSmallIntegerField(choices=Weight, default=Weight.MUCH)
    weigh_evenings = models.PositiveSmallIntegerField(choices=Weight, default=Weight.SOME)
    weigh_weeks = models.PositiveSmallIntegerField(choices=Weight, default=Weight.SOME)
    weigh_rooms = models.PositiveSmallIntegerField(choices=Weight, default=Weight.LITTLE)
    weigh_days = models.PositiveSmallIntegerField(choices=Weight, default=Weight.LITTLE)
    seconds = models.PositiveSmallIntegerField(
        _("search at most, seconds"), default=60, validators=[MinValueValidator(5), MaxValueValidator(600)]
    )
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    solved_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    cost = models.PositiveIntegerField(null=True, blank=True)
    bound = models.PositiveIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = TimetableQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="scheduling_timetable_days", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="scheduling_timetable_hours", condition=Q(closes__gt=F("opens"))),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_being_solved(self) -> bool:
        """Say whether it was asked for and is neither found nor given up, nor waits in vain."""
        if self.asked_at is None or self.solved_at is not None or self.failed_at is not None:
            return False
        return clock.now() < self.asked_at + timedelta(seconds=self.seconds) + PATIENCE

    @property
    def progress(self) -> int:
        """Return how much of the time for searching is over, in per cent."""
        if self.asked_at is None:
            return 0
        return min(round(100 * (clock.now() - self.asked_at).total_seconds() / self.seconds), 99)

    @property
    def is_published(self) -> bool:
        """Say whether its meetings have been called."""
        return self.published_at is not None

    @property
    def gap_percent(self) -> int | None:
        """Return by how many per cent it might still become better; none before it was solved."""
        if self.cost is None or self.bound is None:
            return None
        return round(100 * (self.cost - self.bound) / self.cost) if self.cost else 0


@pghistory.track()
class GroupWish(models.Model):
    """What a group needs of a timetable: how often, how long, for how many, of what kind."""

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="wishes")
    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="+")
    sessions = models.PositiveSmallIntegerField(_("sessions"), default=1)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=120)
    others = models.PositiveSmallIntegerField(_("expected besides members"), default=0)
    needs_access = models.BooleanField(_("room without steps"), default=False)
    evening = models.BooleanField(_("in the evening"), default=False)

    class Meta:
        ordering = ["group__position", "group__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["timetable", "group"], name="scheduling_wish_once"),
            models.CheckConstraint(name="scheduling_wish_minutes", condition=Q(minutes__range=(15, 720))),
            models.CheckConstraint(name="scheduling_wish_sessions", condition=Q(sessions__lte=20)),
        ]

    def __str__(self) -> str:
        return str(self.group)


@pghistory.track()
class PlannedSession(models.Model):
    """One session of a group in a timetable, with its place and time where it has one, and the meeting that came of it."""

    wish = models.ForeignKey(GroupWish, on_delete=models.CASCADE, related_name="planned")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("room")
    )
    pinned = models.BooleanField(_("stays where it is when the rest is sought again"), default=False)
    meeting = models.OneToOneField(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="planned_session"
    )

    class Meta:
        ordering = ["starts_at", "wish__group__position", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["wish", "number"], name="scheduling_session_once"),
            models.CheckConstraint(
                name="scheduling_session_whole",
                condition=Q(starts_at__isnull=True, place__isnull=True, pinned=False)
                | Q(starts_at__isnull=False, place__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wish.group}, {self.number}" if self.wish.sessions > 1 else str(self.wish.group)

    @property
    def mark(self) -> str:
        """Return a short text that changes when the session is moved or pinned."""
        starts = int(self.starts_at.timestamp()) if self.starts_at else 0
        return f"{starts}-{self.place_id or 0}-{int(self.pinned)}"


@pghistory.track()
class Absence(models.Model):
    """When somebody is away without whom groups cannot meet; forgotten when the timetable is published.

    It concerns the groups in which the person sits, and ``group``, to which a speaker from outside is to speak.
    """

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="absences")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", verbose_name=_("who"))
    group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("speaks to")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(name="scheduling_absence_days", condition=Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.person}"
