# SPDX-License-Identifier: EUPL-1.2
"""Accounts of the demonstration: made as the sign-up page makes them, with one password for all."""

from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from talka.accounts.models import Invitation, User
from talka.accounts.operations import accept_invitation, create_administrator

PASSWORD = "talka-demo-parole"


@cache
def _kept_password() -> str:
    """Return the password as it is kept; making it takes long on purpose, so it is made once for all."""
    return make_password(PASSWORD)


def sign_up(*, email: str, name: str, language: str = "lv") -> User:
    """Make an account with a confirmed address."""
    user = User.objects.create_user(email, name=name, language=language)
    user.password = _kept_password()
    user.save(update_fields=["password"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def take_up(invitation: Invitation) -> User:
    """Make the account that an invitation asks for, and accept the invitation with it."""
    user = sign_up(email=invitation.email, name=invitation.name, language=invitation.language)
    accept_invitation(invitation, user=user)
    return user


def build(*, email: str, name: str) -> User:
    """Make the administrator of the installation, who enters everything that comes first."""
    return create_administrator(email=email, name=name, password=PASSWORD)
