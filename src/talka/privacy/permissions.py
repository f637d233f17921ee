# SPDX-License-Identifier: EUPL-1.2
"""Who answers to a person for what is kept about them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.directory.models import Organization, Person, Staff
from talka.directory.permissions import can_change_person
from talka.processes.queries import answered_for_by

VERBS = {
    "find_person": _("looked for one person's data"),
    "export_person": _("gave out one person's data"),
    "export_own_data": _("took out their own data"),
    "close_account": _("closed an account"),
    "erase_person": _("erased a person of the directory"),
}


def organizations_looked_after(user: Any) -> Any:
    """Return the organizations that somebody administers by an office there, not as administrator of the installation."""
    if not user.is_authenticated:
        return Organization.objects.none()
    held = Staff.objects.active().filter(person__user_id=user.pk, kind=Staff.Kind.ADMINISTRATOR)
    return Organization.objects.filter(pk__in=held.values("organization"))


def can_find_person(user: Any, _obj: None) -> bool:
    """Coordinators and administrators of organizations, each for what they answer for; the installation's, for accounts and letters."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or answered_for_by(user).exists() or organizations_looked_after(user).exists()


can_export_person = can_find_person
can_list_due = can_find_person


def can_export_own_data(user: Any, account: Any) -> bool:
    """The one whose account it is."""
    return user.is_authenticated and user.pk == account.pk


def can_close_account(user: Any, account: User) -> bool:
    """The one whose account it is, and the administrators of the installation when asked by letter."""
    return user.is_authenticated and (user.pk == account.pk or user.is_superuser)


def can_erase_person(user: Any, person: Person) -> bool:
    """Whoever may change what is known of them, but not the person's own hand: they have an account to close."""
    return can_change_person(user, person) and person.user_id != user.pk
