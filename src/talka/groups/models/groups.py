# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.alphabet import Alphabetical
from talka.directory.models import Area, Organization, Person, Topic, in_term, term_check
from talka.processes.models import Process


class WorkingGroupQuerySet(models.QuerySet["WorkingGroup"]):
    """Working groups that a person may see."""

    def visible_to(self, user: Any) -> "WorkingGroupQuerySet":
        """Keep the groups of processes that the person may see."""
        return self.filter(process__in=Process.objects.visible_to(user))

    def led_by(self, user: Any) -> "WorkingGroupQuerySet":
        """Keep the groups that the person leads today, as lead or deputy."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(pk__in=Mandate.objects.active().leading().filter(person__user=user).values("group"))

    def seating(self, user: Any) -> "WorkingGroupQuerySet":
        """Keep the groups in which the person sits today."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(pk__in=Mandate.objects.active().filter(person__user=user).values("group"))


@pghistory.track()
class WorkingGroup(models.Model):
    """A group of a process: thematic, steering or territorial."""

    class Kind(models.TextChoices):
        THEMATIC = "thematic", _("thematic working group")
        STEERING = "steering", _("steering group")
        TERRITORIAL = "territorial", _("territorial group")

    class Joining(models.TextChoices):
        OPEN = "open", _("open to everybody who wants to work in it")
        INVITATION = "invitation", _("by invitation")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="groups")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.THEMATIC)
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(max_length=80)
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("topic")
    )
    subtopics: "models.ManyToManyField[Topic, Any]" = models.ManyToManyField(
        Topic, blank=True, related_name="groups_below", verbose_name=_("sub-topics")
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("territory"))
    description = models.TextField(_("what it does"), blank=True)
    joining = models.CharField(_("who may join"), max_length=20, choices=Joining, default=Joining.INVITATION)
    how_to_join = models.TextField(_("how to join"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        ordering = ["position", Alphabetical("name")]
        constraints = [models.UniqueConstraint(fields=["process", "slug"], name="groups_group_slug_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def subtopic_names(self) -> str:
        """Return the names of the sub-topics, one per line."""
        return "\n".join(topic.name for topic in self.subtopics.all())


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Who sits in groups, and for whom."""

    def active(self) -> "MandateQuerySet":
        """Keep those whose term holds today."""
        return self.filter(in_term())

    def leading(self) -> "MandateQuerySet":
        """Keep leads and deputies."""
        return self.filter(function__in=[Mandate.Function.LEAD, Mandate.Function.DEPUTY])


@pghistory.track()
class Mandate(models.Model):
    """A person in a working group: in what capacity, and whom they represent."""

    class Function(models.TextChoices):
        LEAD = "lead", _("lead")
        DEPUTY = "deputy", _("deputy lead")
        SECRETARY = "secretary", _("secretary")
        MEMBER = "member", _("member")

    class Represents(models.TextChoices):
        INSTITUTION = "institution", _("municipality or institution")
        ASSOCIATION = "association", _("association")
        BUSINESS = "business", _("business")
        RESIDENT = "resident", _("residents")

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="mandates")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mandates")
    function = models.CharField(_("capacity"), max_length=20, choices=Function, default=Function.MEMBER)
    represents = models.CharField(_("represents"), max_length=20, choices=Represents, default=Represents.INSTITUTION)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("organization"),
    )
    title = models.CharField(_("title of the office"), max_length=300, blank=True)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lives or works in")
    )
    substitute = models.CharField(
        _("substitute"), max_length=200, blank=True, help_text="who stands in when the member cannot come"
    )
    name_public = models.BooleanField(_("the name may be published"), default=False)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            term_check("groups_mandate_term"),
            models.UniqueConstraint(
                fields=["group", "person"], name="groups_mandate_once", condition=Q(ends_on__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["group"], name="groups_mandate_one_lead", condition=Q(function="lead", ends_on__isnull=True)
            ),
            models.CheckConstraint(
                name="groups_mandate_represents_whom",
                condition=~Q(represents="association") | Q(organization__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_function_display()}"

    @property
    def leads(self) -> bool:
        """Say whether this is the lead or the deputy, whose names are public with their office."""
        return self.function in {self.Function.LEAD, self.Function.DEPUTY}

    @property
    def shows_name(self) -> bool:
        """Say whether the name may stand on a public page: with consent, and always that of who leads."""
        return self.name_public or self.leads
