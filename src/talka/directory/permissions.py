# SPDX-License-Identifier: EUPL-1.2
"""Who may change who, where and about what."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.directory.models import Organization, Person, Staff
from talka.directory.signals import role_asked

VERBS = {
    "create_organization": _("entered an organization"),
    "change_organization": _("changed an organization"),
    "succeed_organization": _("recorded a successor"),
    "create_area": _("entered a territory"),
    "create_person": _("entered a person"),
    "change_person": _("changed a person"),
    "create_membership": _("recorded an office"),
    "end_membership": _("ended an office"),
    "appoint_staff": _("gave a role in the organization"),
    "dismiss_staff": _("ended a role in the organization"),
    "invite_person": _("invited a person to sign in"),
    "accept_invitation": _("accepted an invitation"),
    "create_place": _("entered a place"),
    "change_place": _("changed a place"),
    "create_topic": _("entered a topic"),
    "change_topic": _("changed a topic"),
}


def _has_role(user: Any) -> bool:
    return any(answer for _receiver, answer in role_asked.send(Person, user=user))


def _works_anywhere(user: Any) -> bool:
    if not user.is_authenticated:
        return False
    return user.is_superuser or bool(Staff.objects.posts_of(user)) or _has_role(user)


def can_view_directory(user: Any, _obj: None) -> bool:
    """See the lists of administration: anybody who works for an organization in Talka."""
    return _works_anywhere(user)


def can_administer_organization(user: Any, organization: Organization) -> bool:
    """Its administrators, those of the organization it is part of, and the installation's."""
    if not user.is_authenticated:
        return False
    above = [organization.pk] + ([organization.parent_id] if organization.parent_id else [])
    return user.is_superuser or Staff.objects.administers(user, *above)


def can_create_organization(user: Any, parent: Organization | None) -> bool:
    """The administrators of the one it is part of; on its own, whoever administers any or brings them into joint work."""
    if parent is not None:
        return can_administer_organization(user, parent)
    if not user.is_authenticated:
        return False
    return user.is_superuser or Staff.objects.administers(user) or _has_role(user)


def can_change_organization(user: Any, organization: Organization) -> bool:
    """Its administrators."""
    return can_administer_organization(user, organization)


def can_succeed_organization(user: Any, organization: Organization) -> bool:
    """Its administrators."""
    return can_administer_organization(user, organization)


def can_create_area(user: Any, _obj: None) -> bool:
    """The administrators of the installation."""
    return user.is_authenticated and user.is_superuser


def can_create_person(user: Any, _obj: None) -> bool:
    """Anybody who works for an organization in Talka or has a role in joint work."""
    return _works_anywhere(user)


def can_change_person(user: Any, person: Person) -> bool:
    """The person, and the administrators of all organizations that they hold an office or role in.

    Being entered in a second organization does not open a person to its administrators.
    """
    if not user.is_authenticated:
        return False
    if user.is_superuser or person.user_id == user.pk:
        return True
    mine = Organization.objects.administered_by(user)
    today = [*person.memberships.active().values_list("organization", flat=True),
             *person.staff.active().values_list("organization", flat=True)]  # fmt: skip
    held = today or list(person.memberships.values_list("organization", flat=True))
    looked_after = Organization.objects.filter(Q(pk__in=mine.values("pk")) | Q(parent__in=mine.values("pk")))
    return bool(held) and not set(held) - set(looked_after.values_list("pk", flat=True))


def can_create_membership(user: Any, organization: Organization) -> bool:
    """The organization's staff."""
    return user.is_authenticated and (
        user.is_superuser
        or any(one in (organization.pk, organization.parent_id) for one, _kind in Staff.objects.posts_of(user))
    )


def can_end_membership(user: Any, organization: Organization) -> bool:
    """The organization's administrators."""
    return can_administer_organization(user, organization)


def can_appoint_staff(user: Any, organization: Organization) -> bool:
    """The organization's administrators."""
    return can_administer_organization(user, organization)


def can_dismiss_staff(user: Any, organization: Organization) -> bool:
    """The organization's administrators."""
    return can_administer_organization(user, organization)


def can_invite_person(user: Any, _person: Person) -> bool:
    """Anybody who works here; what the person may then do is given separately."""
    return _works_anywhere(user)


def can_create_place(user: Any, _obj: None) -> bool:
    """Anybody who works for an organization in Talka or has a role in joint work."""
    return _works_anywhere(user)


def can_change_place(user: Any, place: Any) -> bool:
    """The staff of the organization it belongs to; of a place nobody owns, any staff."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return any(not place.organization_id or one == place.organization_id for one, _kind in Staff.objects.posts_of(user))


def can_create_topic(user: Any, _obj: None) -> bool:
    """Anybody who works for an organization in Talka or has a role in joint work."""
    return _works_anywhere(user)


def can_change_topic(user: Any, _topic: Any) -> bool:
    """Whoever administers an organization: topics are shared by all."""
    return user.is_authenticated and (user.is_superuser or Staff.objects.administers(user))
