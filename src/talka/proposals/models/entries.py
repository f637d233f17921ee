# SPDX-License-Identifier: EUPL-1.2
"""The register of a process and what stands in it."""

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User
from talka.core import clock
from talka.core.words import VERSION
from talka.directory.models import Area, Person, Topic
from talka.files.models import Attachment
from talka.groups.models import Mandate, WorkingGroup
from talka.notifications.models import Audience
from talka.processes.models import Process, Role
from talka.proposals.counting import TALLY_SQL
from talka.proposals.models.bundles import Bundle
from talka.proposals.models.matching import matching
from talka.proposals.models.terms import Regime, Term
from talka.proposals.searching import KEEP_WORDS_SQL, search_vector_of


class Register(models.Model):
    """The register of a process: how its numbers look, the last one given, and when proposals become public."""

    class Publishing(models.TextChoices):
        AFTER_REVIEW = "after_review", _("after somebody has read them")
        AT_ONCE = "at_once", _("at once")

    process = models.OneToOneField(Process, on_delete=models.CASCADE, related_name="register")
    prefix = models.CharField(_("letters before the number"), max_length=8, default="P")
    last_number = models.PositiveIntegerField(default=0)
    publishing = models.CharField(
        _("proposals are published"), max_length=20, choices=Publishing, default=Publishing.AFTER_REVIEW
    )
    reply_to = models.EmailField(max_length=254, blank=True, help_text="where answers to our letters are read")
    letter_head = models.TextField(
        _("sender on printed letters"), max_length=600, blank=True, help_text="empty: the municipality of the process"
    )
    keep_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="how long personal data is kept; empty: the installation's term; 0: always"
    )
    keep_act = models.CharField(max_length=300, blank=True, help_text="the act or list of documents that says so")
    remind_before = models.PositiveSmallIntegerField(
        _("remind so many working days before an answer is due"), default=2, help_text="0: only of what is late"
    )

    def __str__(self) -> str:
        return f"{self.prefix}-"


READERS = (Role.Kind.COORDINATOR, Role.Kind.CLERK, Role.Kind.EDITOR, Role.Kind.OBSERVER)
"""The roles that see the whole register of a process."""


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals that a person may see."""

    def published_in(self, processes: Collection[Process]) -> "ProposalQuerySet":
        """Keep what stands on the public pages of these processes, which the caller found by ``visible_to``."""
        return self.filter(published_at__isnull=False, process__in=processes)

    def visible_to(self, user: Any) -> "ProposalQuerySet":
        """Keep published ones of visible processes, those the person works on, and their own."""
        public = Q(published_at__isnull=False, process__in=Process.objects.visible_to(user))
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(pk__in=Proposal.objects.worked_on_by(user).values("pk")) | Q(author__user=user))

    def worked_on_by(self, user: Any) -> "ProposalQuerySet":
        """Keep what the person sees in the register: all of a process they coordinate, keep, edit or observe; what is
        assigned to them or to a group they lead."""
        if not user.is_authenticated:
            return self.none()
        whole = Role.objects.active().filter(person__user=user, kind__in=READERS).values("process")
        led = Mandate.objects.active().leading().filter(person__user=user).values("group")
        return self.filter(Q(process__in=whole) | Q(assigned_group__in=led) | Q(assigned_person__user=user))

    def in_state(self, state: str) -> "ProposalQuerySet":
        """Keep those in a state (a value of ``Proposal.State``), as it follows from the facts."""
        waiting = Q(withdrawn_at__isnull=True, answered_at__isnull=True)
        assigned = Q(assigned_group__isnull=False) | Q(assigned_person__isnull=False)
        conditions = {
            Proposal.State.WITHDRAWN: Q(withdrawn_at__isnull=False),
            Proposal.State.ANSWERED: Q(withdrawn_at__isnull=True, answered_at__isnull=False),
            Proposal.State.ASSIGNED: waiting & assigned,
            Proposal.State.RECEIVED: waiting & ~assigned,
        }
        return self.filter(conditions[Proposal.State(state)])

    def late(self) -> "ProposalQuerySet":
        """Keep those whose answer was due before today and is still owed."""
        return self.filter(owed_on__lt=clock.today())

    def matching(self, words: str, *, whole: bool = False) -> "ProposalQuerySet":
        """Keep those that a search finds, see ``talka.proposals.searching.Query``; the last filter of a list.

        Of very many, only the newest are kept, more than a list counts; ``whole`` keeps all of them.
        """
        return matching(self, words, whole=whole)


@pghistory.track(exclude=["search", "keys_version", "owed_on"])
class Proposal(models.Model):
    """Something that was sent in about a process, under its number. Title and text are the published ones.

    ``term``, ``due_on`` and ``forward_by`` follow from the receipt and the terms of that day, but are kept: lists of a hundred
    thousand rows sort by them. ``talka.proposals.operations.deadlines`` reckons them anew when a term or a moved day changes.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        ASSIGNED = "assigned", _("being examined")
        ANSWERED = "answered", _("answered")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Channel(models.TextChoices):
        WEB = "web", pgettext_lazy("channel", "web")
        EMAIL = "email", pgettext_lazy("channel", "e-mail")
        PAPER = "paper", pgettext_lazy("channel", "paper")
        DESK = "desk", pgettext_lazy("channel", "in person")
        PHONE = "phone", pgettext_lazy("channel", "telephone")
        MEETING = "meeting", pgettext_lazy("channel", "meeting")
        FORWARDED = "forwarded", pgettext_lazy("channel", "another institution")
        GEOLATVIJA = "geolatvija", pgettext_lazy("channel", "geolatvija.lv")

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField(_("number"))
    reference = models.CharField(_("register number"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default="lv")
    topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals", verbose_name=_("topic")
    )
    area = models.ForeignKey(
        Area, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals", verbose_name=_("territory")
    )
    place_text = models.CharField(_("place in words"), max_length=300, blank=True)
    longitude = models.FloatField(null=True, blank=True, help_text="degrees, WGS 84")
    latitude = models.FloatField(null=True, blank=True, help_text="degrees, WGS 84")
    channel = models.CharField(_("how it came"), max_length=20, choices=Channel, default=Channel.WEB)
    received_at = models.DateTimeField(_("received"))
    registered_at = models.DateTimeField(_("registered"), default=clock.now)
    registered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    source_reference = models.CharField(
        _("number in the other register"),
        max_length=100,
        blank=True,
        help_text="of what was entered from geolatvija.lv, a document system or another register",
    )
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    keep_private = models.BooleanField(_("only for the municipality"), default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_because = models.CharField(max_length=300, blank=True)
    assigned_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("assigned to the group"),
    )
    assigned_person = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("assigned to the person"),
    )
    regime = models.CharField(
        _("treated as"), max_length=20, choices=Regime, default=Regime.SUBMISSION, db_default=Regime.SUBMISSION
    )
    signed = models.BooleanField(_("signed, or the sender identified"), default=False, db_default=False)
    term = models.ForeignKey(Term, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("answer due by"), null=True, blank=True, help_text="extensions included")
    forward_by = models.DateField(_("forward by"), null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)
    mistaken_at = models.DateTimeField(
        null=True, blank=True, help_text="entered by mistake: withdrawn by us, not by its author"
    )
    audience = models.OneToOneField(Audience, on_delete=models.PROTECT, related_name="+")
    bundle = models.ForeignKey(
        Bundle,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("answered together"),
    )
    search = SearchVectorField(default="", editable=False)
    keys_version = models.PositiveSmallIntegerField(default=0, editable=False)

    owed_on = models.GeneratedField(
        expression=Case(When(answered_at__isnull=True, withdrawn_at__isnull=True, then=F("due_on"))),
        output_field=models.DateField(null=True),
        db_persist=True,
        help_text="due_on for as long as an answer is owed",
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="proposals_number_once"),
            models.CheckConstraint(
                name="proposals_one_assignee",
                condition=Q(assigned_group__isnull=True) | Q(assigned_person__isnull=True),
            ),
            models.CheckConstraint(
                name="proposals_received_before_registered", condition=Q(received_at__lte=F("registered_at"))
            ),
            models.CheckConstraint(
                name="proposals_private_stays_so", condition=Q(keep_private=False) | Q(published_at__isnull=True)
            ),
            models.CheckConstraint(
                name="proposals_mistake_is_withdrawn",
                condition=Q(mistaken_at__isnull=True) | Q(withdrawn_at__isnull=False, published_at__isnull=True),
            ),
            models.CheckConstraint(
                name="proposals_proposal_point",
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["process", "-number"],
                name="proposals_public_number",
                condition=Q(published_at__isnull=False),
                include=["id"],
            ),
            models.Index(fields=["process", "assigned_group", "-number"], name="proposals_group_number"),
            models.Index(fields=["process", "topic", "-number"], name="proposals_topic_number"),
            models.Index(fields=["process", "-received_at", "-number"], name="proposals_received"),
            models.Index(
                "process", F("answered_at").desc(nulls_last=True), F("number").desc(), name="proposals_answered"
            ),
            models.Index(
                fields=["-received_at", "-id"],
                name="proposals_public_latest",
                condition=Q(published_at__isnull=False),
                include=["process"],
            ),
            models.Index(
                F("answered_at").desc(nulls_last=True),
                F("id").desc(),
                name="proposals_public_answered",
                condition=Q(published_at__isnull=False),
            ),
            models.Index(
                fields=["process", "-number"],
                name="proposals_on_map",
                condition=Q(published_at__isnull=False, longitude__isnull=False),
            ),
            models.Index(fields=["process", "owed_on", "number"], name="proposals_owed"),
            GinIndex(fields=["search"], name="proposals_search", fastupdate=False),
            models.Index(fields=["keys_version"], name="proposals_keys_version"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keep_words",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=KEEP_WORDS_SQL,
            ),
            pgtrigger.Trigger(
                name="keep_tally",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=TALLY_SQL,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def keep_words(self) -> list[str]:
        """Compute what search knows of title, text and place; return the names of the fields to write with these."""
        self.search, self.keys_version = search_vector_of(self.title, self.text, self.place_text), VERSION
        return ["search", "keys_version"]

    @property
    def is_redacted(self) -> bool:
        """Say whether something in it is covered, so that the text as received is opened on request only.

        Asks the database unless ``unredacted`` was loaded.
        """
        return hasattr(self, "unredacted")

    @property
    def state(self) -> "Proposal.State":
        """Return the state that follows from what has happened."""
        if self.withdrawn_at is not None:
            return self.State.WITHDRAWN
        if self.answered_at is not None:
            return self.State.ANSWERED
        if self.assigned_group_id is not None or self.assigned_person_id is not None:
            return self.State.ASSIGNED
        return self.State.RECEIVED

    @property
    def received_on(self) -> date:
        """Return the day of receipt in the installation's time zone."""
        return timezone.localdate(self.received_at)

    @property
    def waits(self) -> bool:
        """Say whether an answer is still owed."""
        return self.answered_at is None and self.withdrawn_at is None

    @property
    def is_late(self) -> bool:
        """Say whether an answer is still owed after its day."""
        return self.waits and self.due_on is not None and self.due_on < clock.today()


class Receipt(models.Model):
    """What was sent in, word for word, as it came; it can never be changed, only erased whole and for good."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="receipt")
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    at_meeting = models.CharField(_("at which meeting"), max_length=300, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="proposals_receipt_erased_whole", condition=Q(erased_at__isnull=True) | Q(title="", text="")
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="text_as_received",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NOT (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.title = '' AND NEW.text = ''"
                    " AND NEW.id = OLD.id AND NEW.proposal_id = OLD.proposal_id)"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"receipt of {self.proposal_id}"


class ProposalFile(models.Model):
    """A file that came with a proposal; shown in public once somebody has looked at it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    is_public = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "attachment"], name="proposals_file_once")]

    def __str__(self) -> str:
        return str(self.attachment)
