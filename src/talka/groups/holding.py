# SPDX-License-Identifier: EUPL-1.2
"""What groups hold about people who are not in the directory: applications to join."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.audit.models import key_of
from talka.core.holdings import Copy, Found, Holder, Wanted, keys_in, register
from talka.groups.models import Application
from talka.groups.operations.applications import erase_application
from talka.notifications.models import Notification
from talka.processes.queries import answered_for_by

MOST = 200


class ApplicationHolder(Holder):
    """Those who applied to join a working group."""

    name = "applications"
    label = _("Working groups: who applied to join")
    keys = {
        "group": _("working group"), "process": _("process"), "received_at": _("moment of receipt"), "name": pgettext_lazy("person", "Name"),
        "email": _("E-mail"), "phone": _("Telephone"), "represents": _("represents"), "organization_name": _("organization"),
        "title": _("title of the office"), "area": _("territory"), "reason": _("why"), "name_public": _("whether the name may be published"),
        "language": _("language"), "state": _("state"), "declined_because": _("why it is declined"), "letters": _("letters about it to the address"),
    }  # fmt: skip

    def _found(self, one: Application, likeness: int = 100) -> Found:
        held = [
            (pgettext_lazy("person", "Name"), one.name), (_("E-mail"), one.email), (_("Telephone"), one.phone), (_("why"), one.reason),
        ]  # fmt: skip
        return Found(
            key=f"application:{one.pk}", title=str(one.group), about=str(one.group.process), subject=one, scope=one.group.process,
            held=[(label, value) for label, value in held if value], likeness=likeness,
            erasing=_("The application and the letters about it are deleted; a mandate that came of it stays until it is ended."),
        )  # fmt: skip

    def _rows(self, **conditions: Any) -> Any:
        return Application.objects.filter(**conditions).select_related("group__process", "area")

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Compare with everybody who applied in the processes that ``by`` answers for."""
        rows = self._rows(group__process__in=answered_for_by(by))
        alike = {
            key: likeness
            for key, name, email, phone in rows.values_list("pk", "name", "email", "phone")
            if (likeness := wanted.likeness(email=email, name=name, phone=phone))
        }
        best = sorted(alike, key=lambda key: (-alike[key], key))[:MOST]
        found = {one.pk: one for one in self._rows(pk__in=best)}
        return [self._found(found[key], alike[key]) for key in best]

    def own(self, user: Any) -> list[Found]:
        """Return the applications with the account's address, once it is proved that it is theirs."""
        if not user.emailaddress_set.filter(email__iexact=user.email, verified=True).exists():
            return []
        return [self._found(one) for one in self._rows(email__iexact=user.email).order_by("pk")]

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found."""
        rows = self._rows(group__process__in=answered_for_by(by), pk__in=keys_in(keys, "application"))
        return [self._found(one) for one in rows.order_by("pk")]

    def copy(self, found: Found) -> Copy:
        """Return what the person told, and the letters about it."""
        one: Any = found.subject
        letters = Notification.objects.filter(Q(text__contains=one.secret) | Q(thread=key_of(one))).order_by("pk")
        return Copy({
            "group": one.group.name, "process": str(one.group.process), "received_at": one.received_at, "name": one.name, "email": one.email,
            "phone": one.phone, "represents": one.get_represents_display(), "organization_name": one.organization_name, "title": one.title,
            "area": str(one.area or ""), "reason": one.reason, "name_public": one.name_public, "language": one.language,
            "state": str(one.state.label), "declined_because": one.declined_because,
            "letters": [{"at": letter.sent_at or letter.created_at, "subject": letter.subject, "text": letter.text} for letter in letters],
        })  # fmt: skip

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Delete the application."""
        erase_application(found.subject, by=by, reason=reason)  # type: ignore[arg-type]


register(ApplicationHolder())
