# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Area, Organization, Person, Place, Topic
from talka.files.models import Attachment
from talka.notifications.models import Audience
from talka.plans.models.goals import Goal
from talka.plans.models.plans import Edition, Level, Plan, year_field

QUARTERS = [(1, "I"), (2, "II"), (3, "III"), (4, "IV")]


def frozen_with_edition(edition_id: str) -> Any:
    """Return the trigger that keeps rows of approved editions as they are; ``edition_id``: SQL that finds the edition of OLD."""
    return pgtrigger.Trigger(
        name="as_approved",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
        IF EXISTS (SELECT 1 FROM plans_edition e WHERE e.id = ({edition_id}) AND e.approved_at IS NOT NULL) THEN
            RAISE EXCEPTION 'pgtrigger: Cannot change rows of approved editions in %', TG_TABLE_NAME;
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
        """,  # noqa: S608
    )


class PlanNodeQuerySet(models.QuerySet["PlanNode"]):
    """What lasts through the editions of plans."""

    def visible_to(self, user: Any) -> "PlanNodeQuerySet":
        """Keep those that stand in an edition that the person may see."""
        versions = NodeVersion.objects.filter(edition__in=Edition.objects.visible_to(user))
        return self.filter(pk__in=versions.values("node"))


@pghistory.track(exclude=["latest"])
class PlanNode(models.Model):
    """A part of a plan's tree, an action or an investment, the same through all editions.

    What it says stands in ``NodeVersion``, one for each edition; here stands what the council need not decide: the one person
    who answers for it, and the update that says how it is going.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="nodes")
    kind = models.CharField(_("kind"), max_length=12, choices=Level.Kind)
    owner = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="owned_nodes",
        verbose_name=_("who answers for it"),
    )  # fmt: skip
    latest = models.ForeignKey(
        "ProgressUpdate", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="the update that says how it is going now; set by update_progress alone",
    )  # fmt: skip
    audience = models.OneToOneField(Audience, on_delete=models.PROTECT, related_name="plan_node")
    created_at = models.DateTimeField(default=clock.now)

    objects = PlanNodeQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class NodeVersionQuerySet(models.QuerySet["NodeVersion"]):
    """What editions say of nodes."""

    def visible_to(self, user: Any) -> "NodeVersionQuerySet":
        """Keep those of editions that the person may see."""
        return self.filter(edition__in=Edition.objects.visible_to(user))

    def works(self) -> "NodeVersionQuerySet":
        """Keep actions and investments: what somebody answers for."""
        return self.filter(node__kind__in=(Level.Kind.ACTION, Level.Kind.INVESTMENT))


@pghistory.track()
class NodeVersion(models.Model):
    """What one edition says of a node: its place in the tree, its text, who is responsible, when, where, what it serves."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="versions")
    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="versions")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="versions", verbose_name=_("level"))
    parent = models.ForeignKey(
        PlanNode, on_delete=models.CASCADE, null=True, blank=True, related_name="child_versions",
        verbose_name=_("stands below"),
    )  # fmt: skip
    position = models.PositiveIntegerField(default=0)
    code = models.CharField(_("code"), max_length=40, null=True, blank=True)
    title = models.CharField(_("title"), max_length=1000)
    description = models.TextField(_("description"), blank=True)
    result = models.TextField(_("expected result"), blank=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_versions",
        verbose_name=_("responsible institution"),
    )  # fmt: skip
    partners: "models.ManyToManyField[Organization, Any]" = models.ManyToManyField(
        Organization, blank=True, related_name="+", verbose_name=_("partners")
    )
    partners_note = models.CharField(_("other partners"), max_length=500, blank=True)
    starts_year = year_field(_("starts, year"), null=True, blank=True)
    starts_quarter = models.PositiveSmallIntegerField(_("starts, quarter"), choices=QUARTERS, null=True, blank=True)
    ends_year = year_field(_("ends, year"), null=True, blank=True)
    ends_quarter = models.PositiveSmallIntegerField(_("ends, quarter"), choices=QUARTERS, null=True, blank=True)
    areas: "models.ManyToManyField[Area, Any]" = models.ManyToManyField(
        Area, blank=True, related_name="+", verbose_name=_("territories")
    )
    topics: "models.ManyToManyField[Topic, Any]" = models.ManyToManyField(
        Topic, blank=True, related_name="+", verbose_name=_("topics")
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    serves: "models.ManyToManyField[PlanNode, Any]" = models.ManyToManyField(
        PlanNode, blank=True, related_name="served_by", verbose_name=_("serves, of other plans")
    )
    goals: "models.ManyToManyField[Goal, Any]" = models.ManyToManyField(
        Goal, blank=True, related_name="+", verbose_name=_("national and global goals")
    )
    change_reason = models.TextField(_("why it was changed since the edition before"), blank=True)

    objects = NodeVersionQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "node"], name="plans_version_once"),
            models.UniqueConstraint(
                fields=["edition", "code"], name="plans_version_code_once", deferrable=models.Deferrable.IMMEDIATE
            ),
            models.CheckConstraint(name="plans_version_titled", condition=~Q(title="")),
            models.CheckConstraint(name="plans_version_code_not_empty", condition=~Q(code="")),
            models.CheckConstraint(name="plans_version_not_below_itself", condition=~Q(parent=F("node"))),
            models.CheckConstraint(
                name="plans_version_starts_quarter",
                condition=Q(starts_quarter__isnull=True) | Q(starts_quarter__range=(1, 4), starts_year__isnull=False),
            ),
            models.CheckConstraint(
                name="plans_version_ends_quarter",
                condition=Q(ends_quarter__isnull=True) | Q(ends_quarter__range=(1, 4), ends_year__isnull=False),
            ),
            models.CheckConstraint(
                name="plans_version_term",
                condition=Q(starts_year__isnull=True) | Q(ends_year__isnull=True) | Q(ends_year__gt=F("starts_year"))
                | Q(ends_year=F("starts_year"), starts_quarter__isnull=True)
                | Q(ends_year=F("starts_year"), ends_quarter__isnull=True)
                | Q(ends_year=F("starts_year"), ends_quarter__gte=F("starts_quarter")),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["edition", "parent", "position"], name="plans_version_tree")]
        triggers = [frozen_with_edition("OLD.edition_id")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}" if self.code else self.title

    @property
    def owner_id(self) -> int | None:
        """Return the key of the person who answers for it, to see whether somebody has changed that."""
        return self.node.owner_id

    @property
    def money_lines(self) -> str:
        """Return its money planned as text, to see whether somebody has changed that."""
        rows = self.funding.order_by("source", "fund", "year").values_list("source", "fund", "year", "planned")
        return "; ".join(" ".join(str(part) for part in row if part not in (None, "")) for row in rows)


class FormerCode(models.Model):
    """A code that a node had; so that who reads an old paper finds it."""

    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="former_codes")
    code = models.CharField(max_length=40)
    replaced_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-replaced_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["node", "code"], name="plans_former_code_once")]
        indexes = [models.Index(fields=["code"], name="plans_former_code")]

    def __str__(self) -> str:
        return self.code


class NodeDocument(models.Model):
    """A file or an address that belongs to a node."""

    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    url = models.URLField(_("link"), blank=True)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_document_is_somewhere",
                condition=Q(attachment__isnull=False, url="") | Q(attachment__isnull=True) & ~Q(url=""),
            )
        ]

    def __str__(self) -> str:
        return self.title
