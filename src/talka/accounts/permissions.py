# SPDX-License-Identifier: EUPL-1.2
"""Who may invite people and look after the installation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

VERBS = {
    "invite_user": _("sent an invitation"),
    "accept_invitation": _("accepted an invitation"),
    "change_account": _("changed their account"),
    "create_administrator": _("made an administrator of the installation"),
}


def can_invite_user(user: Any, _obj: None) -> bool:
    """Anybody signed in; the app that points at the invitation asks whether it may be sent."""
    return user.is_authenticated


def can_administer_installation(user: Any, _obj: None) -> bool:
    """The administrators of the installation."""
    return user.is_authenticated and user.is_superuser


def can_change_account(user: Any, account: Any) -> bool:
    """The one whose account it is."""
    return user.is_authenticated and user.pk == account.pk
