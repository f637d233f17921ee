# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User, new_secret
from talka.core import clock
from talka.directory.models import Person
from talka.plans.models.nodes import PlanNode
from talka.plans.models.plans import Plan


class State(models.TextChoices):
    """How an action or investment is going, as its owner says. Late is not a state: it follows from the term."""

    NOT_STARTED = "not_started", pgettext_lazy("action", "not started")
    UNDER_WAY = "under_way", pgettext_lazy("action", "on the way")
    DONE = "done", pgettext_lazy("action", "done")
    DROPPED = "dropped", pgettext_lazy("action", "dropped")


ENDED = (State.DONE, State.DROPPED)


class UpdateRound(models.Model):
    """One time of asking all owners of a plan how it is going, twice a year as a rule."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="rounds")
    name = models.CharField(_("name"), max_length=100)
    opened_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("answers until"))
    opened_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["plan", "-opened_on"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "opened_on"], name="plans_round_once_a_day"),
            models.CheckConstraint(name="plans_round_term", condition=Q(due_on__gte=F("opened_on"))),
        ]

    def __str__(self) -> str:
        return self.name


class UpdateRequestQuerySet(models.QuerySet["UpdateRequest"]):
    """Requests for updates."""

    def open(self) -> "UpdateRequestQuerySet":
        """Keep those that can still be answered by their link."""
        since = clock.today() - timedelta(days=settings.UPDATE_LINK_DAYS)
        return self.filter(round__due_on__gte=since, round__plan__published_at__isnull=False)

    def reachable(self) -> "UpdateRequestQuerySet":
        """Keep those to people who have an address."""
        return self.filter(Q(person__user__is_active=True) | ~Q(person__email=""))


class UpdateRequest(models.Model):
    """The one mail of a round to one owner; its secret opens the form of all that this person owes."""

    round = models.ForeignKey(UpdateRound, on_delete=models.CASCADE, related_name="requests")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="update_requests")
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = UpdateRequestQuerySet.as_manager()

    class Meta:
        ordering = ["round", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="plans_request_once")]

    def __str__(self) -> str:
        return f"request {self.pk}"


@pghistory.track()
class ProgressUpdate(models.Model):
    """What was said on a day of how an action or investment is going; the only way in which its state changes."""

    State = State

    class Channel(models.TextChoices):
        FORM = "form", pgettext_lazy("update", "on the web")
        MAIL = "mail", pgettext_lazy("update", "by mail")
        STAFF = "staff", pgettext_lazy("update", "entered by the coordinator")
        IMPORT = "import", pgettext_lazy("update", "imported")

    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="updates")
    said_on = models.DateField(_("date"), default=clock.today)
    state = models.CharField(_("how it is going"), max_length=12, choices=State)
    percent = models.PositiveSmallIntegerField(_("done, per cent"), null=True, blank=True)
    text = models.TextField(_("what has been done"), blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.FORM)
    round = models.ForeignKey(UpdateRound, on_delete=models.SET_NULL, null=True, blank=True, related_name="updates")
    mail_key = models.CharField(
        max_length=250, null=True, blank=True, help_text="Message-ID of the mail it was read from"
    )
    entered_at = models.DateTimeField(default=clock.now)
    retracted_at = models.DateTimeField(null=True, blank=True)
    retracted_because = models.CharField(_("why it was wrong"), max_length=500, blank=True)

    class Meta:
        ordering = ["-said_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_update_percent", condition=Q(percent__isnull=True) | Q(percent__range=(0, 100))
            ),
            models.CheckConstraint(
                name="plans_update_done_is_whole",
                condition=Q(percent__isnull=True) | Q(percent=100) | ~Q(state=State.DONE),
            ),
            models.CheckConstraint(
                name="plans_update_retracted_with_reason",
                condition=Q(retracted_at__isnull=True, retracted_because="")
                | Q(retracted_at__isnull=False) & ~Q(retracted_because=""),
            ),
            models.UniqueConstraint(fields=["node", "mail_key"], name="plans_update_mail_once"),
        ]
        indexes = [models.Index(fields=["node", "-said_on", "-id"], name="plans_update_latest")]

    def __str__(self) -> str:
        return f"{self.said_on}: {self.get_state_display()}"
