# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User
from talka.core import clock
from talka.files.models import Attachment
from talka.processes.models import Process, Role
from talka.proposals.models import Proposal

HELD_FOR = timedelta(minutes=30)
"""How long a sheet stays with whoever took it without doing anything; then others may take it."""

KEEPERS = (Role.Kind.COORDINATOR, Role.Kind.CLERK)
"""The roles that keep the register, and therefore see paper as it came."""


def _kept_by(user: Any) -> Q:
    return Q(process__in=Role.objects.active().filter(person__user=user, kind__in=KEEPERS).values("process"))


class StackQuerySet(models.QuerySet["Stack"]):
    """Files that a person may see."""

    def visible_to(self, user: Any) -> "StackQuerySet":
        """Keep those of processes whose register the person keeps."""
        return self.filter(_kept_by(user)) if user.is_authenticated else self.none()


class Stack(models.Model):
    """One file of paper as it was brought: a picture, or a PDF of one or many letters."""

    class Splitting(models.TextChoices):
        WHOLE = "whole", pgettext_lazy("splitting", "each file is one letter")
        EVERY = "every", pgettext_lazy("splitting", "a new letter begins after every so many pages")
        BLANK = "blank", pgettext_lazy("splitting", "a new letter begins after an empty page")

    class Trouble(models.TextChoices):
        ENCRYPTED = "encrypted", _("The PDF is protected by a password. Save it without one and bring it again.")
        TOO_MANY_PAGES = "too_many_pages", _("The PDF has too many pages. Bring it in parts.")
        UNREADABLE = "unreadable", _("The file cannot be opened; it may be damaged. Scan the paper again.")
        EMPTY = "empty", _("There is nothing on any page of this file.")
        TOO_HARD = "too_hard", _("The file was too hard to take apart. Scan the paper again, as JPEG pictures.")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="stacks")
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    splitting = models.CharField(max_length=10, choices=Splitting, default=Splitting.WHOLE)
    every = models.PositiveSmallIntegerField(default=1, help_text="pages a letter, where it is split so")
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    taken_apart_at = models.DateTimeField(null=True, blank=True)
    left_out = models.PositiveSmallIntegerField(default=0, help_text="empty pages")
    trouble = models.CharField(max_length=20, choices=Trouble, blank=True)

    objects = StackQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="scans_stack_every", condition=Q(every__range=(1, 50))),
            models.CheckConstraint(
                name="scans_stack_trouble_ends_it", condition=Q(trouble="") | Q(taken_apart_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"stack {self.pk}"


class ScanQuerySet(models.QuerySet["Scan"]):
    """Letters on paper that a person may see."""

    def visible_to(self, user: Any) -> "ScanQuerySet":
        """Keep those of processes whose register the person keeps."""
        return self.filter(_kept_by(user)) if user.is_authenticated else self.none()

    def waiting(self) -> "ScanQuerySet":
        """Keep those of which nothing has become yet."""
        return self.filter(closed_at__isnull=True)

    def free_for(self, user: Any) -> "ScanQuerySet":
        """Keep waiting ones that nobody else holds now."""
        return self.waiting().filter(Q(held_until__isnull=True) | Q(held_until__lt=clock.now()) | Q(held_by=user))

    def in_turn(self) -> "ScanQuerySet":
        """Put into the order of the pile; those that were skipped come last."""
        return self.order_by(F("skipped_at").asc(nulls_first=True), "pk")


class Scan(models.Model):
    """A letter on paper: one or more pages, to become one entry of the register. Its state follows from these facts."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("scan", "waiting")
        HELD = "held", pgettext_lazy("scan", "being entered")
        REGISTERED = "registered", pgettext_lazy("scan", "registered")
        DISCARDED = "discarded", pgettext_lazy("scan", "discarded")
        JOINED = "joined", pgettext_lazy("scan", "joined to another")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="scans")
    stack = models.ForeignKey(Stack, on_delete=models.CASCADE, related_name="scans")
    held_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    held_until = models.DateTimeField(null=True, blank=True)
    skipped_at = models.DateTimeField(null=True, blank=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="scans")
    taken_back = models.ForeignKey(
        Proposal, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="the entry that was made of it before and taken back",
    )  # fmt: skip
    joined_to = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="joined")
    discarded_because = models.CharField(_("reason"), max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScanQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal"], name="scans_scan_one_entry"),
            models.CheckConstraint(
                name="scans_scan_closed_by_one_fact",
                condition=Q(closed_at__isnull=True, proposal__isnull=True, joined_to__isnull=True, discarded_because="")
                | Q(closed_at__isnull=False, proposal__isnull=False, joined_to__isnull=True, discarded_because="")
                | Q(closed_at__isnull=False, proposal__isnull=True, joined_to__isnull=False, discarded_because="")
                | (
                    Q(closed_at__isnull=False, proposal__isnull=True, joined_to__isnull=True) & ~Q(discarded_because="")
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["process", "id"], name="scans_waiting", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["process", "closed_by", "-closed_at"], name="scans_last_closed"),
        ]

    def __str__(self) -> str:
        return f"scan {self.pk}"

    @property
    def state(self) -> "Scan.State":
        """Return the state that follows from what has happened."""
        if self.proposal_id is not None:
            return self.State.REGISTERED
        if self.joined_to_id is not None:
            return self.State.JOINED
        if self.closed_at is not None:
            return self.State.DISCARDED
        return self.State.HELD if self.is_held else self.State.WAITING

    @property
    def is_held(self) -> bool:
        """Say whether somebody has taken it and may still be typing."""
        return self.held_until is not None and self.held_until >= clock.now()

    @property
    def sheets(self) -> int:
        """Return of how many pages the letter is, with ``joined`` and all ``pages`` loaded."""
        return sum(len(part.pages.all()) for part in (self, *self.joined.all()))

    @property
    def is_unread(self) -> bool:
        """Say whether a machine still reads its first pages, with ``pages`` loaded."""
        return any(page.read_at is None and page.given_up_at is None for page in self.pages.all())

    def is_held_from(self, user: Any) -> bool:
        """Say whether somebody else than this person has it."""
        return self.closed_at is None and self.is_held and self.held_by_id != user.pk


class ScanPage(models.Model):
    """One page of a letter: its picture, and what a machine has read on it."""

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    picture = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["scan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["scan", "number"], name="scans_page_once"),
            models.CheckConstraint(
                name="scans_page_read_or_given_up", condition=Q(read_at__isnull=True) | Q(given_up_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"page {self.number} of {self.scan_id}"
