# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.alphabet import Alphabetical
from talka.core.permissions import kept
from talka.directory.models import Area, Organization, Person, Place, Staff, in_term, term_check
from talka.files.models import Attachment


class ProcessQuerySet(models.QuerySet["Process"]):
    """Processes that a person may see."""

    def visible_to(self, user: Any) -> "ProcessQuerySet":
        """Keep published public ones, and those the person has a part in.

        Members-only ones open to everybody with a role in them, staff-only ones and drafts to those
        with a role and to the staff of the organizations that take part.
        """
        public = Q(access=Process.Access.PUBLIC, published_at__isnull=False)
        if not user.is_authenticated:
            return self.filter(public)
        if user.is_superuser:
            return self
        mine = Role.objects.active().filter(person__user=user).values("process")
        works_for = Staff.objects.active().filter(person__user=user).values("organization")
        takes_part = Participant.objects.filter(organization__in=works_for).values("process")
        shared = Q(published_at__isnull=False) & Q(pk__in=takes_part)
        owned = Q(owner__in=works_for)
        return self.filter(public | Q(pk__in=mine) | shared | owned)

    def worked_on_by(self, user: Any) -> "ProcessQuerySet":
        """Keep those in which the person has a role that opens the workspace."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            pk__in=Role.objects.active().filter(person__user=user, kind__in=Role.WORKING).values("process")
        )

    def in_progress(self) -> "ProcessQuerySet":
        """Keep those that have begun and have not been closed."""
        return self.filter(published_at__isnull=False, closed_at__isnull=True)


@pghistory.track()
class Process(models.Model):
    """A development programme, a merger, a network, an exchange: joint work from the first invitation on."""

    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("development programme")
        MERGER = "merger", _("merger of municipalities")
        NETWORK = "network", _("cooperation network")
        EXCHANGE = "exchange", _("exchange of experience")
        OTHER = "other", _("other joint work")

    class Access(models.TextChoices):
        PUBLIC = "public", _("everybody")
        MEMBERS = "members", _("those who take part")
        STAFF = "staff", _("staff of the organizations that take part")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    summary = models.TextField(_("in one or two sentences"), blank=True)
    description = models.TextField(_("description"), blank=True)
    easy_language = models.TextField(_("in easy language"), blank=True)
    language = models.CharField(_("language of its texts"), max_length=2, choices=settings.LANGUAGES, default="lv")
    owner = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="owned_processes",
        verbose_name=_("municipality that leads it"),
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("territory"))
    access = models.CharField(_("who may see it"), max_length=10, choices=Access, default=Access.PUBLIC)
    covers_from = models.PositiveSmallIntegerField(_("period from, year"), null=True, blank=True)
    covers_to = models.PositiveSmallIntegerField(_("period to, year"), null=True, blank=True)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies")
    related: "models.ManyToManyField[Process, Any]" = models.ManyToManyField(
        "self", blank=True, verbose_name=_("related processes")
    )
    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "processes"
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="processes_process_covers",
                condition=Q(covers_from__isnull=True) | Q(covers_to__isnull=True) | Q(covers_to__gte=F("covers_from")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Say whether it has not been published yet."""
        return self.published_at is None

    def open_phases(self) -> list["Phase"]:
        """Return the phases that today belongs to, from those already loaded."""
        today = clock.today()
        return [phase for phase in self.phases.all() if phase.holds_on(today)]

    def allows(self, deed: str) -> bool:
        """Say whether an open phase of a published, unclosed process allows this now (a value of ``Phase.Deed``)."""
        if self.published_at is None or self.closed_at is not None:
            return False
        return any(deed in phase.allows for phase in self.open_phases())


@pghistory.track()
class Phase(models.Model):
    """A stretch of a process that says what can be done in it; phases may overlap. Both days belong to it."""

    class Deed(models.TextChoices):
        PROPOSE = "propose", _("submit proposals")
        APPLY = "apply", _("apply to working groups")
        ANSWER = "answer", _("answer surveys")
        OBJECT = "object", _("comment on the draft")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="phases")
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    dates_note = models.CharField(
        _("when, in words"),
        max_length=100,
        blank=True,
        help_text=_("Shown instead of the dates, such as “March” or “at least 30 days”."),
    )
    allows = ArrayField(
        models.CharField(max_length=20, choices=Deed),
        default=list,
        blank=True,
        verbose_name=_("what can be done in it"),
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [term_check("processes_phase_term")]

    def __str__(self) -> str:
        return self.title

    def holds_on(self, day: Any) -> bool:
        """Say whether the day belongs to the phase; one without a first day has not begun."""
        return self.starts_on is not None and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def standing(self) -> str:
        """Say whether it is ``done``, ``now`` or ``later``."""
        today = clock.today()
        if self.holds_on(today):
            return "now"
        return "done" if self.ends_on is not None and self.ends_on < today else "later"


@pghistory.track()
class LegalStep(models.Model):
    """Something that an act asks for on the way: the decision to start, an opinion, an approval, a publication."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="legal_steps")
    title = models.CharField(_("what"), max_length=200)
    act = models.CharField(_("act"), max_length=200, blank=True, help_text=_("The act and its clause that ask for it."))
    responsible = models.CharField(_("who does it"), max_length=300, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    document = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    document_url = models.URLField(_("address of the document"), blank=True)
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        """Say whether its day has passed and it is not done."""
        return self.done_on is None and self.due_on is not None and self.due_on < clock.today()


@pghistory.track()
class Participant(models.Model):
    """An organization that takes part in a process, the owner included."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="participants")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="participations")
    capacity = models.CharField(_("in what capacity"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", Alphabetical("organization__name")]
        constraints = [models.UniqueConstraint(fields=["process", "organization"], name="processes_participant_once")]

    def __str__(self) -> str:
        return str(self.organization)


class RoleQuerySet(models.QuerySet["Role"]):
    """What people may do in a process, and for whom."""

    def active(self) -> "RoleQuerySet":
        """Keep those whose term holds today."""
        return self.filter(in_term())

    def held_by(self, user: Any, process: Any, *kinds: str) -> "RoleQuerySet":
        """Keep the active roles of these kinds that the user has in the process (an object or its key)."""
        if not user.is_authenticated:
            return self.none()
        return self.active().filter(person__user_id=user.pk, process=process, kind__in=kinds)

    def holds(self, user: Any, process: Any, *kinds: str) -> bool:
        """Say whether the user has an active role of these kinds in the process (an object or its key)."""
        if not user.is_authenticated:
            return False
        wanted = process.pk if isinstance(process, models.Model) else process
        return any(one == wanted and kind in kinds for one, kind in self.kinds_of(user))

    def kinds_of(self, user: Any) -> list[tuple[int, str]]:
        """Return the processes and kinds of a user's active roles; read once in a request that only reads."""
        rows = self.active().filter(person__user_id=user.pk).order_by().values_list("process", "kind")
        return kept(user, "processes.roles", lambda: list(rows))


@pghistory.track()
class Role(models.Model):
    """A role in a process, given to a person for an organization, for a term."""

    class Kind(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        CLERK = "clerk", _("clerk")
        GROUP_LEAD = "group_lead", _("lead of a working group")
        EDITOR = "editor", _("editor")
        OBSERVER = "observer", _("observer")
        MEMBER = "member", _("member of a working group")

    WORKING = ("coordinator", "clerk", "group_lead", "editor", "observer")
    SEATED = ("group_lead", "member")
    """Those that come from a seat in a working group, and end with it."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for the organization"),
    )
    kind = models.CharField(_("role"), max_length=20, choices=Kind)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["kind", Alphabetical("person__name")]
        constraints = [
            term_check("processes_role_term"),
            models.UniqueConstraint(
                fields=["process", "person", "organization", "kind"], name="processes_role_once",
                condition=Q(ends_on__isnull=True), nulls_distinct=False,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}"


@pghistory.track()
class Channel(models.Model):
    """A way to take part in a process or to reach those who run it, as the announcement names it."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("by e-mail")
        PAPER = "paper", _("in writing")
        DESK = "desk", _("in person")
        PHONE = "phone", _("by telephone")
        RECEPTION = "reception", _("at reception hours")
        WEB = "web", _("on the web")
        CONTACT = "contact", _("contact person")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(_("how"), max_length=20, choices=Kind)
    value = models.CharField(_("address, number or place"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    person_title = models.CharField(_("title of the office"), max_length=300, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="processes_channel_says_something",
                condition=~Q(value="", note="", person__isnull=True, place__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.value or self.get_kind_display()


@pghistory.track()
class Passage(models.Model):
    """A part of what the page of a process tells: a heading and a text (Markdown), with a file or a link."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="passages")
    title = models.CharField(_("heading"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    document = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    url = models.URLField(_("link"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
