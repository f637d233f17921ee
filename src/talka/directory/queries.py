# SPDX-License-Identifier: EUPL-1.2
"""What the lists of administration show, read over several models."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from talka.core.text import fold
from talka.directory.models import Membership, Organization, OrganizationQuerySet, Person, Place, Staff, Topic


@dataclass(frozen=True)
class Colleague:
    """A person of an organization, with the offices and the roles they have in it today."""

    person: Person
    offices: list[Membership] = field(default_factory=list)
    roles: list[Staff] = field(default_factory=list)

    @property
    def standing(self) -> str:
        """Say whether the person can sign in: ``signs_in``, ``invited``, ``expired`` (the invitation) or ``not_invited``."""
        if self.person.user_id is not None:
            return "signs_in"
        if self.person.invitation is None:
            return "not_invited"
        return "invited" if self.person.invitation.is_open else "expired"


@dataclass(frozen=True)
class Branch:
    """A topic in the tree, and how deep it lies; the top lies at 0."""

    topic: Topic
    depth: int

    @property
    def dashes(self) -> str:
        """One dash for each step down, to be shown before the name."""
        return "– " * self.depth


def _holding(rows: QuerySet[Any], words: str, *fields: str) -> list[int]:
    """Return the keys of rows in whose texts all the words occur, whatever the case and the diacritics."""
    parts = fold(words).split()
    return [
        pk for pk, *texts in rows.values_list("pk", *fields) if all(part in fold(" ".join(texts)) for part in parts)
    ]


def organizations_of(user: Any) -> set[int]:
    """Return the keys of the organizations whose people and places somebody may open."""
    return set(Organization.objects.worked_for_by(user).values_list("pk", flat=True))


def find_organizations(words: str, *, classification: str = "", ended: bool = False) -> OrganizationQuerySet:
    """Find organizations by the words of their name or by registration number; today's, or those that have ended."""
    rows = Organization.objects.all() if ended else Organization.objects.current()
    if ended:
        rows = rows.exclude(pk__in=Organization.objects.current().values("pk"))
    if classification:
        rows = rows.filter(classification=classification)
    if words:
        rows = rows.filter(pk__in=_holding(rows, words, "name", "registration_number"))
    return rows.select_related("parent")


def find_places(words: str) -> QuerySet[Place]:
    """Find places by the words of their name, address or room."""
    rows = Place.objects.select_related("organization", "area")
    return rows.filter(pk__in=_holding(rows, words, "name", "address", "room")) if words else rows


def people_of(organization: Organization, words: str = "") -> QuerySet[Person]:
    """Find people who hold an office in an organization today or work for it in Talka."""
    rows = Person.objects.filter(
        Q(pk__in=Membership.objects.active().filter(organization=organization).values("person"))
        | Q(pk__in=Staff.objects.active().filter(organization=organization).values("person"))
    )
    return rows.filter(pk__in=_holding(rows, words, "name", "email")) if words else rows


def colleagues(organization: Organization, people: QuerySet[Person] | list[Person]) -> list[Colleague]:
    """Put to each person what they are in an organization today."""
    found = {person.pk: Colleague(person) for person in people}
    for office in Membership.objects.active().filter(organization=organization, person__in=found):
        found[office.person_id].offices.append(office)
    for role in Staff.objects.active().filter(organization=organization, person__in=found):
        found[role.person_id].roles.append(role)
    return list(found.values())


def past_offices(organization: Organization, person: Person) -> QuerySet[Membership]:
    """Find the offices that a person held, or will hold, in an organization, but does not hold today."""
    offices = Membership.objects.filter(organization=organization, person=person)
    return offices.exclude(pk__in=offices.active().values("pk"))


def topic_tree() -> list[Branch]:
    """Return all topics as the tree is read from top to bottom, by name."""
    below: dict[int | None, list[Topic]] = {}
    for topic in Topic.objects.all():
        below.setdefault(topic.parent_id, []).append(topic)

    def walk(parent: int | None, depth: int) -> list[Branch]:
        return [
            branch for topic in below.get(parent, []) for branch in (Branch(topic, depth), *walk(topic.pk, depth + 1))
        ]

    return walk(None, 0)
