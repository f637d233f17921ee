# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User, new_secret
from talka.core import clock
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.processes.models import Process, Role
from talka.proposals.models import Proposal


class State(models.TextChoices):
    """How a task is going, as its latest update says. Late is not a state: it follows from the due day."""

    OPEN = "open", pgettext_lazy("task", "not begun")
    UNDER_WAY = "under_way", pgettext_lazy("task", "on the way")
    DONE = "done", pgettext_lazy("task", "done")
    DROPPED = "dropped", pgettext_lazy("task", "no longer needed")


ENDED = (State.DONE, State.DROPPED)


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks that a person may see."""

    def visible_to(self, user: Any) -> "TaskQuerySet":
        """Keep one's own, and those of processes in whose workspace one works, of groups in which one sits."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        roles = Role.objects.active().filter(person__user=user)
        works = roles.exclude(kind__in=Role.SEATED).values("process")
        seated = WorkingGroup.objects.seating(user).values("pk")
        return self.filter(Q(owner__user=user) | Q(process__in=works) | Q(group__in=seated))

    def open(self) -> "TaskQuerySet":
        """Keep those that are neither done nor dropped."""
        return self.exclude(latest__state__in=ENDED)

    def late(self) -> "TaskQuerySet":
        """Keep those still open after their due day."""
        return self.open().filter(due_on__lt=clock.today())


@pghistory.track()
class Task(models.Model):
    """What exactly one person owes until a day."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="tasks")
    group = models.ForeignKey(
        WorkingGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks",
        verbose_name=_("working group"),
    )  # fmt: skip
    title = models.CharField(_("what is to be done"), max_length=300)
    description = models.TextField(_("more about it"), blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tasks", verbose_name=_("who does it"))
    due_on = models.DateField(_("until"))
    proposal = models.ForeignKey(
        Proposal, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks", verbose_name=_("proposal")
    )
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    latest = models.OneToOneField("TaskUpdate", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["process", "due_on"], name="tasks_process_due"),
            models.Index(fields=["owner", "due_on"], name="tasks_owner_due"),
        ]
        constraints = [models.CheckConstraint(name="tasks_task_says_what", condition=~Q(title=""))]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> State:
        """Return how it is going, as the latest update says."""
        return State(self.latest.state) if self.latest is not None else State.OPEN

    @property
    def is_late(self) -> bool:
        """Say whether its day has passed and it is still open."""
        return self.state not in ENDED and self.due_on < clock.today()


class TaskUpdate(models.Model):
    """What was said on a day of how a task is going; never changed, only taken back with a reason."""

    class Channel(models.TextChoices):
        WORKSPACE = "workspace", _("in the workspace")
        LINK = "link", _("by the link in the letter")
        MAIL = "mail", _("by mail")
        MEETING = "meeting", _("at a meeting")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="updates")
    state = models.CharField(_("how it is going"), max_length=10, choices=State)
    text = models.TextField(_("what was done, what hinders"), blank=True)
    said_on = models.DateField(_("on"), default=clock.today)
    said_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WORKSPACE)
    mail_key = models.CharField(
        max_length=250, null=True, blank=True, help_text="Message-ID of the mail it was read from"
    )
    entered_at = models.DateTimeField(default=clock.now)
    entered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    retracted_at = models.DateTimeField(null=True, blank=True)
    retracted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    retracted_because = models.CharField(_("why it is taken back"), max_length=500, blank=True)

    class Meta:
        ordering = ["-said_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="tasks_update_retracted_pair",
                condition=Q(retracted_at__isnull=True, retracted_because="")
                | (Q(retracted_at__isnull=False) & ~Q(retracted_because="")),
            ),
            models.UniqueConstraint(fields=["task", "mail_key"], name="tasks_update_mail_once"),
        ]

    def __str__(self) -> str:
        return f"{self.state}, {self.said_on}"


class Handover(models.Model):
    """That a task went from one person to another; its history stays."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="handovers")
    before = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    after = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("why"), max_length=500, blank=True)
    handed_at = models.DateTimeField(default=clock.now)
    handed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["handed_at", "pk"]

    def __str__(self) -> str:
        return f"handover {self.pk}"


class Move(models.Model):
    """That the day of a task was moved, and why; the earlier day stays readable."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="moves")
    before = models.DateField()
    after = models.DateField()
    reason = models.CharField(_("why the day moves"), max_length=500)
    moved_at = models.DateTimeField(default=clock.now)
    moved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["moved_at", "pk"]
        constraints = [
            models.CheckConstraint(name="tasks_move_says_why", condition=~Q(reason="")),
            models.CheckConstraint(name="tasks_move_moves", condition=~Q(before=models.F("after"))),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Asked(models.Model):
    """That an owner is asked about a task; the secret opens its form for them without an account."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="asked")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    asked_at = models.DateTimeField(default=clock.now)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["task", "person"], name="tasks_asked_once")]

    def __str__(self) -> str:
        return f"asked {self.pk}"


class UnclearReply(models.Model):
    """A reply by mail about a task that the rules could not read, until somebody has said what it means."""

    class Doubt(models.TextChoices):
        NO_STATE = "no_state", _("it does not say how it is going")
        TWO_STATES = "two_states", _("it says two different things")
        NO_CODE = "no_code", _("it does not say which task is meant")
        OTHER_ADDRESS = "other_address", _("it came from another address than the one that was asked")
        NOTHING = "nothing", pgettext_lazy("reply", "it is empty")
        OTHER = "other", _("it cannot be read by rules")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="unclear_replies")
    mail_key = models.CharField(max_length=250)
    from_address = models.CharField(max_length=320, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    text = models.TextField(blank=True)
    doubt = models.CharField(max_length=15, choices=Doubt)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["task", "mail_key"], name="tasks_unclear_reply_once")]

    def __str__(self) -> str:
        return f"reply {self.pk}"
