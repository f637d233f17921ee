# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import Invitation, User
from talka.audit.models import Event, key_of
from talka.audit.operations import erase_names, record
from talka.core.errors import Refused
from talka.core.holdings import Found, Holder
from talka.core.permissions import authorize
from talka.directory.models import Membership, Person, Staff
from talka.groups.models import Mandate
from talka.notifications.models import Subscription
from talka.notifications.operations import erase_letters_to, erase_subscriptions
from talka.plans.models import PlanNode
from talka.processes.models import Role
from talka.proposals.models import Assignment

Picked = Sequence[tuple[Holder, Found]]


class AccountNeeded(Refused):
    message = _(
        "This account works for a municipality or holds a role in a process. Have the roles ended first; then it can be closed."
    )


class PersonNeeded(Refused):
    message = _(
        "%(name)s holds an office, a role or a seat in a working group today, or answers for actions of a plan. End that first."
    )


def note_search(picked: Picked, *, by: User) -> None:
    """Write into the log of each process concerned that one person's data was looked for, and how much was found."""
    authorize(by, "privacy.find_person")
    scopes = Counter(found.scope for _holder, found in picked if found.scope is not None)
    for scope, number in scopes.items():
        record("privacy.find_person", scope, by=by, scope=scope, found=number)
    if not scopes:
        record("privacy.find_person", by, by=by, found=len(picked))


def export_person(picked: Picked, *, by: User, reason: str) -> None:
    """Write into the log what of one person's data was given out, and on what request."""
    authorize(by, "privacy.export_person")
    for holder, found in picked:
        record("privacy.export_person", found.subject, by=by, scope=found.scope, reason=reason, held=holder.name)


def export_own_data(account: User, *, by: User) -> None:
    """Write into the log that somebody took out their own data."""
    authorize(by, "privacy.export_own_data", account)
    record("privacy.export_own_data", account, by=by)


@transaction.atomic
def erase_picked(picked: Picked, *, by: User, reason: str, leave_public: bool) -> int:
    """Erase what was found of one person, all or nothing, except what must be kept; return how much was erased."""
    number = 0
    for holder, found in picked:
        if not found.kept_because:
            holder.erase(found, by=by, reason=reason, leave_public=leave_public)
            number += 1
    return number


def is_needed(person: Person) -> bool:
    """Say whether somebody holds an office, role or seat today or answers for actions, so that who they are must be known."""
    held = any(model.objects.active().filter(person=person).exists() for model in (Membership, Staff, Role, Mandate))
    return held or PlanNode.objects.filter(owner=person).exists()


def is_account_needed(account: User) -> bool:
    """Say whether an account administers the installation, or belongs to staff or to somebody with a working role."""
    return account.is_superuser or (
        Staff.objects.active().filter(person__user=account).exists()
        or Role.objects.active().filter(person__user=account, kind__in=Role.WORKING).exists()
    )


@transaction.atomic
def close_account(account: User, *, by: User, reason: str = "") -> None:
    """Delete an account with all that hangs on it: sign-in, sessions, letters, what it follows. Proposals stay, untied.

    The log keeps what was done by it, without the name.
    """
    authorize(by, "privacy.close_account", account)
    account = User.objects.select_for_update().get(pk=account.pk)
    if is_account_needed(account):
        raise AccountNeeded
    key, address = account.pk, account.email
    record("privacy.close_account", account, by=by if by.pk != key else None, reason=reason)
    erase_subscriptions(Subscription.objects.of(account))
    erase_letters_to(address)
    invitations = Invitation.objects.filter(Q(email__iexact=address) | Q(accepted_by=account))
    labels = {key_of(account): "", **{key_of(one): "" for one in invitations}}
    invitations.delete()
    _end_sessions(account)
    person = Person.objects.filter(user=account).first()
    account.delete()
    User.pgh_event_model.objects.filter(pgh_obj_id=key).update(email="", name="")  # type: ignore[attr-defined]
    erase_names(actor_id=key, labels=labels)
    if person is not None and not is_needed(person):
        _erase_person(person)


def _end_sessions(account: User) -> None:
    keys = list(UserSession.objects.filter(user=account).values_list("session_key", flat=True))
    sessions: Any = SessionStore.get_model_class().objects
    sessions.filter(session_key__in=keys).delete()
    for session in sessions.filter(expire_date__gte=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()


@transaction.atomic
def erase_person(person: Person, *, by: User, reason: str) -> None:
    """Erase somebody of the directory who holds nothing today; former offices and signed answers stay as documents."""
    authorize(by, "privacy.erase_person", person)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.user_id is not None or is_needed(person):
        raise PersonNeeded(name=person.name)
    record("privacy.erase_person", person, by=by, reason=reason)
    _erase_person(person)


def _erase_person(person: Person) -> None:
    """Empty the row and take the name out of history and log; what points at the person goes on pointing at nobody by name."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    rows: list[Any] = [person]
    for model in (Membership, Staff, Role, Mandate):
        rows += model.objects.filter(person=person)
    if person.invitation is not None:
        rows.append(person.invitation)
    labels = {key_of(row): "" for row in rows}
    given = Assignment.objects.filter(person=person).values_list("proposal", flat=True)
    assigned = Event.objects.filter(
        verb="proposals.assign_proposal",
        details__to=person.name,
        object_key__in=[f"proposals.proposal:{one}" for one in given],
    )
    events = list(assigned.values_list("pk", flat=True))
    invitation, key = person.invitation, person.pk
    person.name, person.email, person.phone, person.invitation = gettext("[erased]"), "", "", None
    person.save()
    if invitation is not None:
        invitation.delete()
    Person.pgh_event_model.objects.filter(pgh_obj_id=key).update(name="")  # type: ignore[attr-defined]
    erase_names(labels=labels, details_of=events)


def erase_due(holders: Sequence[Holder]) -> dict[str, int]:
    """Erase everything whose term has ended; return how much of each holder."""
    return {holder.name: holder.erase_due() for holder in holders}
