# SPDX-License-Identifier: EUPL-1.2
"""What django-allauth changes of an account, written into the log."""

from typing import Any

from allauth.account.signals import email_changed, password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.dispatch import Signal, receiver

from talka.accounts.models import User
from talka.accounts.operations import note_account_change

_VERBS: dict[Signal, str] = {
    password_changed: "change_password",
    password_reset: "change_password",
    password_set: "change_password",
    email_changed: "change_address",
    authenticator_added: "add_second_step",
    authenticator_removed: "remove_second_step",
}


@receiver(list(_VERBS))
def note_change(sender: object, *, signal: Signal, user: User, **_more: Any) -> None:
    """Write a change of how somebody signs in into the log."""
    note_account_change(user, _VERBS[signal])
