# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.accounts.operations import invite_user
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.core.text import slug
from talka.directory.models import Area, Membership, Organization, Person, Place, Staff, Topic
from talka.directory.signals import place_changed


class PersonCanSignIn(Refused):
    message = _("%(name)s can sign in already.")


class PersonWithoutAddress(Refused):
    message = _("Enter an e-mail address for %(name)s first; the invitation is sent there.")


class LastAdministrator(Refused):
    message = _("This is the only administrator of the organization. Give the role to somebody else first.")


class KnownByAnotherName(Refused):
    message = _(
        "You are known here already as %(name)s. Ask whoever invited you to enter you with the address of your account."
    )


class PartOfItself(Refused):
    message = _("%(name)s cannot be part of an organization that is part of it.")


def _free_address_part(name: str) -> str:
    """Return a part of an address that no organization has yet."""
    part = slug(name) or "organization"
    taken = set(Organization.objects.filter(slug__startswith=part).values_list("slug", flat=True))
    return next(
        free for free in (part, *(f"{part}-{number}" for number in range(2, len(taken) + 3))) if free not in taken
    )


@transaction.atomic
def create_organization(
    *,
    name: str,
    classification: str,
    by: User,
    parent: Organization | None = None,
    address_part: str = "",
    **fields: Any,
) -> Organization:
    """Enter an organization; ``fields`` are those of the model."""
    authorize(by, "directory.create_organization", parent)
    organization = Organization.objects.create(
        name=name, classification=classification, parent=parent, slug=_free_address_part(address_part or name), **fields
    )
    record("directory.create_organization", organization, by=by, scope=organization)
    return organization


@transaction.atomic
def change_organization(organization: Organization, *, by: User, **fields: Any) -> None:
    """Change what is known of an organization."""
    authorize(by, "directory.change_organization", organization)
    above = fields.get("parent")
    while above is not None:
        if above.pk == organization.pk:
            raise PartOfItself(name=organization.name)
        above = above.parent
    changed = changed_names(organization, fields)
    for name, value in fields.items():
        setattr(organization, name, value)
    organization.save(update_fields=list(fields))
    record("directory.change_organization", organization, by=by, scope=organization, fields=changed)


@transaction.atomic
def succeed_organization(
    organization: Organization, *, by: User, successors: Sequence[Organization], ended_on: date
) -> None:
    """Record that an organization ended on a day and who follows it (a merger of municipalities is this, several times)."""
    authorize(by, "directory.succeed_organization", organization)
    organization.valid_to = ended_on
    organization.save(update_fields=["valid_to"])
    organization.successors.add(*successors)
    record(
        "directory.succeed_organization",
        organization,
        by=by,
        scope=organization,
        successors=[str(s) for s in successors],
    )


@transaction.atomic
def create_area(*, name: str, kind: str, by: User, parent: Area | None = None, code: str = "") -> Area:
    """Enter a territory."""
    authorize(by, "directory.create_area", None)
    area = Area.objects.create(name=name, kind=kind, parent=parent, code=code)
    record("directory.create_area", area, by=by)
    return area


@transaction.atomic
def create_person(*, name: str, by: User, email: str = "", phone: str = "") -> Person:
    """Enter a person, who need not have an account or an address."""
    authorize(by, "directory.create_person", None)
    person = Person.objects.create(name=name, email=email.lower(), phone=phone)
    record("directory.create_person", person, by=by)
    return person


@transaction.atomic
def add_person(
    organization: Organization, *, name: str, by: User, email: str = "", phone: str = "", title: str = "",
    starts_on: date | None = None, role: str = "", invite: bool = False, language: str = "lv",
) -> Person:  # fmt: skip
    """Enter somebody of an organization: an office, a role in Talka (``Staff.Kind``, or none), an invitation by mail.

    Whoever signs in with the address already, or stands in this organization with it, is not entered twice.
    """
    authorize(by, "directory.create_membership", organization)
    person = None
    if email:
        person = Person.objects.filter(user__email__iexact=email).first()
        person = person or Person.objects.of(organization).filter(email__iexact=email).first()
    person = person or create_person(name=name, email=email, phone=phone, by=by)
    if (title or not role) and not organization.memberships.active().filter(person=person, title=title).exists():
        create_membership(person, organization=organization, title=title, starts_on=starts_on, by=by)
    if role:
        appoint_staff(person, organization=organization, kind=role, by=by)
    if invite and person.user_id is None:
        invite_person(person, by=by, language=language)
    return person


@transaction.atomic
def change_person(person: Person, *, by: User, name: str, email: str, phone: str) -> None:
    """Change a person's name and contacts."""
    authorize(by, "directory.change_person", person)
    person.name, person.email, person.phone = name, email.lower(), phone
    person.save(update_fields=["name", "email", "phone"])
    record("directory.change_person", person, by=by)


@transaction.atomic
def create_membership(
    person: Person,
    *,
    organization: Organization,
    title: str,
    by: User,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Record that a person holds an office in an organization."""
    authorize(by, "directory.create_membership", organization)
    membership = Membership.objects.create(
        person=person, organization=organization, title=title, starts_on=starts_on, ends_on=ends_on
    )
    record("directory.create_membership", membership, by=by, scope=organization)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: User, ends_on: date) -> None:
    """Record the last day of an office."""
    authorize(by, "directory.end_membership", membership.organization)
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])
    record("directory.end_membership", membership, by=by, scope=membership.organization)


@transaction.atomic
def appoint_staff(person: Person, *, organization: Organization, by: User, kind: str = Staff.Kind.STAFF) -> Staff:
    """Let a person work for an organization in Talka; doing it twice changes nothing."""
    authorize(by, "directory.appoint_staff", organization)
    staff, created = Staff.objects.get_or_create(
        person=person, organization=organization, kind=kind, ends_on=None, defaults={"starts_on": clock.today()}
    )
    if created:
        record("directory.appoint_staff", staff, by=by, scope=organization)
    return staff


@transaction.atomic
def dismiss_staff(staff: Staff, *, by: User) -> None:
    """End a role in an organization today; the last administrator stays."""
    authorize(by, "directory.dismiss_staff", staff.organization)
    others = (
        Staff.objects.active()
        .select_for_update()
        .filter(organization=staff.organization, kind=Staff.Kind.ADMINISTRATOR)
    )
    if staff.kind == Staff.Kind.ADMINISTRATOR and not [other for other in others if other.pk != staff.pk]:
        raise LastAdministrator
    record("directory.dismiss_staff", staff, by=by, scope=staff.organization)
    staff.delete()


@transaction.atomic
def invite_person(person: Person, *, by: User, language: str = "lv") -> None:
    """Send a person a letter with which they sign in for the first time and are known as this person."""
    authorize(by, "directory.invite_person", person)
    if person.user_id:
        raise PersonCanSignIn(name=person.name)
    if not person.email:
        raise PersonWithoutAddress(name=person.name)
    person.invitation = invite_user(email=person.email, name=person.name, language=language, by=by)
    person.save(update_fields=["invitation"])
    record("directory.invite_person", person, by=by)


@transaction.atomic
def link_person(person: Person, *, user: User) -> None:
    """Record that this user is this person, after the invitation was accepted."""
    known = Person.objects.filter(user=user).exclude(pk=person.pk).first()
    if known is not None:
        raise KnownByAnotherName(name=known.name)
    person.user = user
    person.save(update_fields=["user"])
    record("directory.accept_invitation", person, by=user)


@transaction.atomic
def create_place(*, name: str, by: User, **fields: Any) -> Place:
    """Enter a place; ``fields`` are those of the model."""
    authorize(by, "directory.create_place", None)
    place = Place.objects.create(name=name, **fields)
    record("directory.create_place", place, by=by)
    return place


@transaction.atomic
def change_place(place: Place, *, by: User, **fields: Any) -> None:
    """Change what is known of a place."""
    authorize(by, "directory.change_place", place)
    changed = changed_names(place, fields)
    for name, value in fields.items():
        setattr(place, name, value)
    place.save(update_fields=list(fields))
    place_changed.send(Place, place=place)
    record("directory.change_place", place, by=by, fields=changed)


@transaction.atomic
def create_topic(*, name: str, by: User, parent: Topic | None = None, words: Sequence[str] = ()) -> Topic:
    """Enter a topic, or return the one that has this name at this place of the tree."""
    authorize(by, "directory.create_topic", None)
    topic, created = Topic.objects.get_or_create(name=name, parent=parent, defaults={"words": list(words)})
    if created:
        record("directory.create_topic", topic, by=by)
    return topic


@transaction.atomic
def change_topic(topic: Topic, *, by: User, name: str, words: Sequence[str]) -> None:
    """Change how a topic is called and which other words lead to it; its place in the tree stays."""
    authorize(by, "directory.change_topic", topic)
    topic.name, topic.words = name, list(words)
    topic.save(update_fields=["name", "words"])
    record("directory.change_topic", topic, by=by)
