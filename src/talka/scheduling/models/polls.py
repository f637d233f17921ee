# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User, new_secret
from talka.core import clock
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.processes.models import Process, Role


class DatePollQuerySet(models.QuerySet["DatePoll"]):
    """Polls for the time of a meeting."""

    def visible_to(self, user: Any) -> "DatePollQuerySet":
        """Keep those of processes that the person runs, and of groups that the person leads."""
        if not user.is_authenticated:
            return self.none()
        kinds = [Role.Kind.COORDINATOR, Role.Kind.EDITOR]
        run = Role.objects.active().filter(person__user_id=user.pk, kind__in=kinds).values("process")
        led = WorkingGroup.objects.led_by(user)
        return self.filter(Q(process__in=run) | Q(pk__in=DatePoll.objects.filter(groups__in=led).values("pk")))

    def open(self) -> "DatePollQuerySet":
        """Keep those that take answers today."""
        return self.filter(closed_at__isnull=True, closes_on__gte=clock.today())


class DatePoll(models.Model):
    """A question to the members of groups: when could you meet? It ends in a meeting or without one."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="date_polls")
    groups: "models.ManyToManyField[WorkingGroup, Any]" = models.ManyToManyField(
        WorkingGroup, related_name="date_polls", verbose_name=_("working groups")
    )
    title = models.CharField(_("title"), max_length=200)
    note = models.TextField(_("what it is about"), blank=True)
    closes_on = models.DateField(_("last day to answer"))
    names_shown = models.BooleanField(_("members see who answered what"), default=False)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="when the clock reminded before the last day")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(_("why it is closed"), max_length=1000, blank=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = DatePollQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def takes_answers(self) -> bool:
        """Say whether it can be answered today; the last day belongs to it."""
        return self.closed_at is None and clock.today() <= self.closes_on

    @property
    def number_answered(self) -> int:
        """Return how many have answered, of people loaded before."""
        return sum(one.answered_at is not None for one in self.people.all())


class PollOption(models.Model):
    """One time to choose from; the end does not belong to it."""

    poll = models.ForeignKey(DatePoll, on_delete=models.CASCADE, related_name="options")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        ordering = ["starts_at", "ends_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "starts_at", "ends_at"], name="scheduling_option_once"),
            models.CheckConstraint(name="scheduling_option_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
        ]

    def __str__(self) -> str:
        return f"option {self.pk}"

    @property
    def length(self) -> timedelta:
        """Return how long it lasts."""
        return self.ends_at - self.starts_at


class PollPerson(models.Model):
    """Somebody who is asked; the secret opens their answers."""

    poll = models.ForeignKey(DatePoll, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="date_polls")
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="lv")
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    reminded_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    comment = models.CharField(_("comment"), max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="scheduling_poll_person_once")]

    def __str__(self) -> str:
        return f"person asked {self.pk}"


class PollAnswer(models.Model):
    """What somebody says to one time."""

    class Answer(models.TextChoices):
        YES = "yes", pgettext_lazy("date poll", "yes")
        IF_NEED_BE = "if_need_be", pgettext_lazy("date poll", "if need be")
        NO = "no", pgettext_lazy("date poll", "no")

    asked = models.ForeignKey(PollPerson, on_delete=models.CASCADE, related_name="answers")
    option = models.ForeignKey(PollOption, on_delete=models.CASCADE, related_name="answers")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["asked", "option"], name="scheduling_poll_answer_once")]

    def __str__(self) -> str:
        return f"answer {self.pk}"
