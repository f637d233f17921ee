# SPDX-License-Identifier: EUPL-1.2
import uuid
from typing import Any

import pghistory
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person
from talka.meetings.models.locking import as_approved
from talka.meetings.models.meetings import Meeting
from talka.plans.models import PlanNode
from talka.proposals.models import Proposal
from talka.tasks.models import Task


@pghistory.track()
class AgendaItem(models.Model):
    """One item of a meeting's agenda; at the meeting, with its notes and outcome, an item of the minutes."""

    class Kind(models.TextChoices):
        TOPIC = "topic", pgettext_lazy("agenda", "question")
        PROPOSALS = "proposals", pgettext_lazy("agenda", "proposals")
        TASKS = "tasks", pgettext_lazy("agenda", "tasks")
        DRAFT = "draft", pgettext_lazy("agenda", "draft to discuss")

    class Outcome(models.TextChoices):
        INFORMATION = "information", pgettext_lazy("agenda", "taken note of")
        DECISION = "decision", pgettext_lazy("agenda", "decided")
        TASK = "task", pgettext_lazy("agenda", "task given")
        POSTPONED = "postponed", pgettext_lazy("agenda", "postponed")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TOPIC)
    title = models.CharField(_("title"), max_length=300)
    about = models.TextField(_("what it is about"), blank=True)
    presenter = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("presented by")
    )
    presenter_name = models.CharField(_("presented by, in words"), max_length=300, blank=True)
    minutes_planned = models.PositiveSmallIntegerField(_("minutes planned"), null=True, blank=True)
    proposals: "models.ManyToManyField[Proposal, Any]" = models.ManyToManyField(
        Proposal, blank=True, related_name="agenda_items", verbose_name=_("proposals")
    )
    tasks: "models.ManyToManyField[Task, Any]" = models.ManyToManyField(
        Task, blank=True, related_name="agenda_items", verbose_name=_("tasks")
    )
    nodes: "models.ManyToManyField[PlanNode, Any]" = models.ManyToManyField(
        PlanNode, blank=True, related_name="agenda_items", verbose_name=_("in plans")
    )
    continues = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="continued_by",
        verbose_name=_("postponed from"),
    )  # fmt: skip
    withheld = models.BooleanField(
        _("not public"), default=False, help_text=_("Only those who take part read this item and what was said.")
    )
    key = models.UUIDField(
        default=uuid.uuid4,
        db_default=RandomUUID(),
        unique=True,
        editable=False,
        help_text="by which a page that was offline names it",
    )
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    notes = models.TextField(_("what was said"), blank=True)
    notes_public = models.TextField(
        _("what was said, as published"), null=True, blank=True, help_text="where it differs from the notes"
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)

    class Meta:
        ordering = ["meeting", "position", "pk"]
        constraints = [models.CheckConstraint(name="meetings_item_says_what", condition=~Q(title=""))]
        triggers = [as_approved(columns=("title", "position", "notes", "outcome", "withheld"))]

    def __str__(self) -> str:
        return self.title


class SentAgenda(models.Model):
    """One sending of an agenda: to how many, and what stood in it, so that a later letter can say what has changed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sent_agendas")
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    letters = models.PositiveSmallIntegerField(default=0)
    lines = models.JSONField(default=list, help_text="key, title and hours of each item, in order")

    class Meta:
        ordering = ["meeting", "-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"agenda of meeting {self.meeting_id} as sent"


class GivenTask(models.Model):
    """That a task was given at an item of a meeting, perhaps by one of its decisions."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="given")
    decision = models.ForeignKey("Decision", on_delete=models.SET_NULL, null=True, blank=True, related_name="given")
    key = models.UUIDField(
        default=uuid.uuid4,
        db_default=RandomUUID(),
        unique=True,
        editable=False,
        help_text="by which a page that was offline names it",
    )
    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="given_at")

    class Meta:
        ordering = ["item", "pk"]

    def __str__(self) -> str:
        return f"task {self.task_id} of item {self.item_id}"
