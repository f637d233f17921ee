# SPDX-License-Identifier: EUPL-1.2
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import Invitation, User
from talka.accounts.signals import invitation_accepted, invitation_sent
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize


class InvitationEnded(Refused):
    message = _("This invitation has been used or is out of date. Ask whoever invited you to send a new one.")


@transaction.atomic
def invite_user(*, email: str, name: str, by: User, language: str = "lv") -> Invitation:
    """Ask somebody by mail to sign in for the first time; an earlier unused invitation to the address ends."""
    authorize(by, "accounts.invite_user", None)
    Invitation.objects.filter(email=email.lower(), accepted_at__isnull=True).update(expires_at=clock.now())
    invitation = Invitation.objects.create(email=email.lower(), name=name, language=language, invited_by=by)
    record("accounts.invite_user", invitation, by=by)
    invitation_sent.send(Invitation, invitation=invitation)
    return invitation


class AddressInUse(Refused):
    message = _(
        "Somebody signs in with the address of this invitation already. Sign in with it, then open the link in the letter again."
    )


@transaction.atomic
def open_account(invitation: Invitation, *, name: str, language: str, password: str = "") -> User:
    """Make the account that an invitation asks for and take the invitation up; the letter has confirmed the address.

    Without a password the person signs in by codes sent to the address.
    """
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise AddressInUse
    account = User.objects.create_user(invitation.email, password or None, name=name, language=language)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    accept_invitation(invitation, user=account)
    return account


@transaction.atomic
def accept_invitation(invitation: Invitation, *, user: User) -> None:
    """Take up an invitation as ``user``, who holds its secret link."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open:
        raise InvitationEnded
    invitation.accepted_at, invitation.accepted_by = clock.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record("accounts.accept_invitation", invitation, by=user)
    invitation_accepted.send(Invitation, invitation=invitation, user=user)


@transaction.atomic
def change_account(account: User, *, by: User, name: str, language: str, gets_reminders: bool | None = None) -> None:
    """Change one's own name and language, and whether one wants reminders (as before where that is not said)."""
    authorize(by, "accounts.change_account", account)
    account.name, account.language = name, language
    if gets_reminders is not None:
        account.gets_reminders = gets_reminders
    account.save(update_fields=["name", "language", "gets_reminders"])
    record("accounts.change_account", account, by=by)


@transaction.atomic
def stop_reminders(account: User) -> None:
    """Send no more reminders to whoever holds the link from one; doing it twice changes nothing."""
    if account.gets_reminders:
        account.gets_reminders = False
        account.save(update_fields=["gets_reminders"])
        record("accounts.stop_reminders", account, by=account)


def note_account_change(account: User, verb: str) -> None:
    """Write into the log what somebody changed of how they sign in."""
    record(f"accounts.{verb}", account, by=account)


@transaction.atomic
def create_administrator(*, email: str, name: str, password: str) -> User:
    """Make an administrator from the command line, or make one of somebody who can already sign in."""
    account = User.objects.filter(email__iexact=email).first() or User(email=email.lower())
    account.name, account.is_superuser = name or account.name, True
    account.set_password(password)
    account.save()
    EmailAddress.objects.update_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )
    record("accounts.create_administrator", account, by=None)
    return account
