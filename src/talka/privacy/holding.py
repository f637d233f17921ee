# SPDX-License-Identifier: EUPL-1.2
"""What is held about people with an account, and about people of the directory who sit in groups and hold offices."""

from collections.abc import Sequence
from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core.holdings import Copy, Found, Holder, Wanted, keys_in, register
from talka.directory.models import Membership, Person
from talka.groups.models import Mandate
from talka.privacy.operations import close_account, erase_person, is_account_needed, is_needed
from talka.privacy.permissions import can_erase_person, organizations_looked_after
from talka.processes.models import Role
from talka.processes.queries import answered_for_by


class AccountHolder(Holder):
    """Accounts; found for others only by the administrators of the installation."""

    name = "account"
    label = _("Account: address, name, where it is signed in, what was done with it")
    keys = {
        "email": _("E-mail"), "name": pgettext_lazy("person", "Name"), "language": _("language"), "opened_at": _("when it was opened"),
        "signed_in_at": _("when it was last used to sign in"), "addresses": _("addresses"), "second_steps": _("second steps of signing in"),
        "sessions": _("where it is signed in: browser, internet address, moment"), "done": _("what was done, and when, as the log has it"),
    }  # fmt: skip

    def _found(self, accounts: Any) -> list[Found]:
        return [
            Found(
                key=f"account:{one.pk}", title=str(one), about=_("account"), subject=one,
                held=[(_("E-mail"), one.email), (pgettext_lazy("person", "Name"), one.name)],
                erasing=_("The account is closed: nobody signs in with it any more, what it follows ends, and the log keeps no name."),
                kept_because=_("It works for a municipality or has a role in a process; have that ended first.") if is_account_needed(one) else "",
            )
            for one in accounts.order_by("pk")[:100]
        ]  # fmt: skip

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Return the account with the address."""
        if not (wanted.email and by.is_superuser):
            return []
        return self._found(User.objects.filter(email__iexact=wanted.email))

    def own(self, user: Any) -> list[Found]:
        """Return the account itself."""
        return self._found(User.objects.filter(pk=user.pk))

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found."""
        return self._found(User.objects.filter(pk__in=keys_in(keys, "account"))) if by.is_superuser else []

    def copy(self, found: Found) -> Copy:
        """Return what is known of an account; never its password or the secrets of a second step."""
        account: Any = found.subject
        return Copy({
            "email": account.email, "name": account.name, "language": account.language, "opened_at": account.date_joined,
            "signed_in_at": account.last_login, "addresses": list(account.emailaddress_set.values("email", "verified", "primary")),
            "second_steps": list(account.authenticator_set.values("type", "created_at", "last_used_at")),
            "sessions": list(UserSession.objects.filter(user=account).values("user_agent", "ip", "created_at", "last_seen_at")),
            "done": list(Event.objects.filter(actor_id=account.pk).values("at", "verb", "object_label")),
        })  # fmt: skip

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Close the account."""
        close_account(found.subject, by=by, reason=reason)  # type: ignore[arg-type]


class PersonHolder(Holder):
    """People of the directory: members of groups, holders of offices and roles."""

    name = "people"
    label = _("People of the directory: contacts, offices, seats in working groups, roles")
    keys = {
        "name": pgettext_lazy("person", "Name"), "email": _("E-mail"), "phone": _("Telephone"), "offices": _("offices"),
        "seats": _("seats in working groups"), "roles": _("roles in processes"),
    }  # fmt: skip

    def _found(self, person: Person, by: Any, likeness: int = 100) -> Found:
        held = [
            (pgettext_lazy("person", "Name"), person.name),
            (_("E-mail"), person.email),
            (_("Telephone"), person.phone),
        ]
        kept: Any = ""
        if person.user_id is not None:
            kept = _("There is an account: it is closed by the person, on the page “My data”.")
        elif is_needed(person):
            kept = _(
                "The person holds an office, a role or a seat in a group today, or answers for actions of a plan. End that first."
            )
        elif not can_erase_person(by, person):
            kept = _(
                "Others answer for this person: the administrators of the organizations in which offices were held."
            )
        where = Mandate.objects.filter(person=person).select_related("group")
        return Found(
            key=f"person:{person.pk}", title=person.name, about=", ".join(str(seat.group) for seat in where) or _("directory"),
            subject=person, held=[(label, value) for label, value in held if value], likeness=likeness,
            erasing=_("Name and contacts are erased; former offices and signed answers stay as documents."), kept_because=kept,
        )  # fmt: skip

    def _in_scope(self, by: Any) -> Any:
        if by.is_superuser:
            return Person.objects.all()
        looked_after, processes = organizations_looked_after(by), answered_for_by(by)
        units = Q(organization__in=looked_after) | Q(organization__parent__in=looked_after)
        return Person.objects.filter(
            Q(pk__in=Membership.objects.filter(units).values("person"))
            | Q(pk__in=Mandate.objects.filter(group__process__in=processes).values("person"))
            | Q(pk__in=Role.objects.filter(process__in=processes).values("person"))
        )

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Compare with people of the organizations and processes that ``by`` looks after."""
        found = []
        for person in self._in_scope(by).iterator():
            likeness = wanted.likeness(email=person.email, name=person.name, phone=person.phone)
            if likeness:
                found.append(self._found(person, by, likeness))
        return sorted(found, key=lambda one: -one.likeness)[:100]

    def own(self, user: Any) -> list[Found]:
        """Return the person of an account."""
        return [self._found(person, user) for person in Person.objects.filter(user=user)]

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found."""
        return [self._found(person, by) for person in self._in_scope(by).filter(pk__in=keys_in(keys, "person"))]

    def copy(self, found: Found) -> Copy:
        """Return contacts, offices, seats and roles."""
        person: Any = found.subject
        term = ("starts_on", "ends_on")
        return Copy({
            "name": person.name, "email": person.email, "phone": person.phone,
            "offices": list(person.memberships.values("organization__name", "title", *term)),
            "seats": list(person.mandates.values("group__name", "function", "represents", "organization__name", "title", "name_public", *term)),
            "roles": list(person.roles.values("process__title", "kind", *term)),
        })  # fmt: skip

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Erase the person."""
        erase_person(found.subject, by=by, reason=reason)  # type: ignore[arg-type]


register(AccountHolder())
register(PersonHolder())
