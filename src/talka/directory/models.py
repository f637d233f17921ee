# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import Invitation, User
from talka.core import clock
from talka.core.alphabet import Alphabetical
from talka.core.permissions import kept


def term_check(name: str) -> models.CheckConstraint:
    """Return the constraint that a term does not end before it starts; both days belong to it, either may be open."""
    return models.CheckConstraint(
        name=name, condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
    )


def in_term(prefix: str = "") -> Q:
    """Return the condition that today lies within a term with ``starts_on`` and ``ends_on``."""
    today = clock.today()
    started = Q(**{f"{prefix}starts_on__isnull": True}) | Q(**{f"{prefix}starts_on__lte": today})
    return started & (Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": today}))


class Area(models.Model):
    """A municipality's territory, a town or a parish."""

    class Kind(models.TextChoices):
        STATE_CITY = "state_city", _("state city")
        MUNICIPALITY = "municipality", _("municipality")
        TOWN = "town", _("town")
        PARISH = "parish", _("parish")
        NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    code = models.CharField(
        _("ATVK code"), max_length=7, blank=True, help_text=_("Classification of administrative territories")
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )

    class Meta:
        ordering = [Alphabetical("name"), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "kind", "name"], name="directory_area_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.name


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Organizations; who they are is public."""

    def current(self) -> "OrganizationQuerySet":
        """Keep those that exist today."""
        today = clock.today()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=today), Q(valid_to__isnull=True) | Q(valid_to__gte=today)
        )

    def administered_by(self, user: Any) -> "OrganizationQuerySet":
        """Keep those whose people and settings this user looks after."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            Q(
                pk__in=Staff.objects.active()
                .filter(person__user=user, kind=Staff.Kind.ADMINISTRATOR)
                .values("organization")
            )
        )

    def worked_for_by(self, user: Any) -> "OrganizationQuerySet":
        """Keep those whose staff this user is."""
        if not user.is_authenticated:
            return self.none()
        return (
            self
            if user.is_superuser
            else self.filter(pk__in=Staff.objects.active().filter(person__user=user).values("organization"))
        )


@pghistory.track()
class Organization(models.Model):
    """A municipality, institution, department, association or company, for as long as it exists."""

    class Classification(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        INSTITUTION = "institution", _("institution")
        DEPARTMENT = "department", _("department")
        ASSOCIATION = "association", _("association")
        COMPANY = "company", _("company")
        PLANNING_REGION = "planning_region", _("planning region")
        INFORMAL = "informal", _("informal group")

    name = models.CharField(_("name"), max_length=300)
    slug = models.SlugField(max_length=80, unique=True)
    classification = models.CharField(_("kind"), max_length=20, choices=Classification)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="units", verbose_name=_("part of")
    )
    registration_number = models.CharField(_("registration number"), max_length=20, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("territory"))
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("exists until"), null=True, blank=True)
    successors: "models.ManyToManyField[Organization, Any]" = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors"
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = [Alphabetical("name"), "pk"]
        constraints = [
            models.CheckConstraint(
                name="directory_organization_valid_period",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.UniqueConstraint(
                fields=["registration_number"],
                name="directory_organization_number_once",
                condition=~Q(registration_number=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(models.QuerySet["Person"]):
    """People known by name."""

    def of(self, organization: Organization) -> "PersonQuerySet":
        """Keep those who hold or held an office in an organization, or work for it in Talka."""
        return self.filter(
            Q(pk__in=Membership.objects.filter(organization=organization).values("person"))
            | Q(pk__in=Staff.objects.filter(organization=organization).values("person"))
        )


@pghistory.track(exclude=["email", "phone"])
class Person(models.Model):
    """Somebody known by name, who may have neither an account nor an address."""

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    user = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="person")
    invitation = models.OneToOneField(
        Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = [Alphabetical("name"), "pk"]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Offices and memberships."""

    def active(self) -> "MembershipQuerySet":
        """Keep those that hold today."""
        return self.filter(in_term())


@pghistory.track()
class Membership(models.Model):
    """A person in an organization, with the title of the office as it stands there."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    title = models.CharField(_("title of the office"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = [Alphabetical("organization__name"), Alphabetical("person__name"), "pk"]
        constraints = [term_check("directory_membership_term")]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}" if self.title else str(self.person)


class StaffQuerySet(models.QuerySet["Staff"]):
    """Who works for an organization in Talka."""

    def active(self) -> "StaffQuerySet":
        """Keep those whose term holds today."""
        return self.filter(in_term())

    def posts_of(self, user: Any) -> list[tuple[int, str]]:
        """Return the organizations and kinds of a user's active posts; read once in a request that only reads."""
        if not user.is_authenticated:
            return []
        rows = self.active().filter(person__user_id=user.pk).order_by().values_list("organization", "kind")
        return kept(user, "directory.staff", lambda: list(rows))

    def administers(self, user: Any, *organizations: int) -> bool:
        """Say whether the user looks after one of these organizations (by key); without any named, some organization."""
        return any(
            kind == Staff.Kind.ADMINISTRATOR and (not organizations or one in organizations)
            for one, kind in self.posts_of(user)
        )


@pghistory.track()
class Staff(models.Model):
    """A person who works for an organization in Talka: as one of its staff, or looking after its people and settings."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("staff")
        ADMINISTRATOR = "administrator", _("administrator of the organization")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="staff")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="staff")
    kind = models.CharField(_("role"), max_length=20, choices=Kind, default=Kind.STAFF)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "staff"
        constraints = [
            term_check("directory_staff_term"),
            models.UniqueConstraint(
                fields=["person", "organization", "kind"],
                name="directory_staff_once",
                condition=Q(ends_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}"


class Place(models.Model):
    """Where people meet: address, floor, room, a point, and how to get in."""

    class Access(models.TextChoices):
        FULL = "full", _("accessible by wheelchair")
        PARTLY = "partly", _("partly accessible")
        NONE = "none", _("not accessible by wheelchair")
        UNKNOWN = "unknown", _("accessibility not known, please ask")

    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300, blank=True)
    floor = models.CharField(_("floor"), max_length=40, blank=True)
    room = models.CharField(_("room"), max_length=100, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("territory"))
    organization = models.ForeignKey(
        Organization,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="places",
        verbose_name=_("belongs to"),
    )
    longitude = models.FloatField(_("longitude"), null=True, blank=True, help_text=_("degrees, WGS 84"))
    latitude = models.FloatField(_("latitude"), null=True, blank=True, help_text=_("degrees, WGS 84"))
    access = models.CharField(_("accessibility"), max_length=10, choices=Access, default=Access.UNKNOWN)
    access_note = models.TextField(_("about accessibility"), blank=True)
    directions = models.TextField(_("how to get there"), blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)

    class Meta:
        ordering = [Alphabetical("name"), "pk"]
        constraints = [
            models.CheckConstraint(
                name="directory_place_point",
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
            )
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.address) if part)


class Topic(models.Model):
    """A subject in the one tree of subjects, shared by groups, proposals and all that follows."""

    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="subtopics", verbose_name=_("part of")
    )
    words = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name=_("other words for it"))

    class Meta:
        ordering = [Alphabetical("name"), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="directory_topic_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.name
