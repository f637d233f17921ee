# SPDX-License-Identifier: EUPL-1.2
"""Accounts of the demonstration: made as the sign-up page makes them, with one password for all."""

from allauth.account.models import EmailAddress

from talka.accounts.models import Invitation, User
from talka.accounts.operations import accept_invitation, create_administrator

PASSWORD = "talka-demo-parole"


def sign_up(*, email: str, name: str, language: str = "lv") -> User:
    """Make an account with a confirmed address."""
    user = User.objects.create_user(email, PASSWORD, name=name, language=language)
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
