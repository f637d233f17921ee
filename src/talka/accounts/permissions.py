# SPDX-License-Identifier: EUPL-1.2
"""Who may invite people and look after the installation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

VERBS = {
    "invite_user": _("sent an invitation"),
    "accept_invitation": _("accepted an invitation"),
    "change_account": _("changed their account"),
    "stop_reminders": _("stopped their reminders"),
    "change_password": _("changed their password"),
    "change_address": _("changed the address with which they sign in"),
    "add_second_step": _("added a second step to their signing in"),
    "remove_second_step": _("removed a second step from their signing in"),
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
