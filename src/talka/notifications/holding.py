# SPDX-License-Identifier: EUPL-1.2
"""What is held about people here: copies of letters, until they are forgotten (``KEEP_LETTERS_DAYS``)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.core.holdings import Copy, Found, Holder, Wanted, register
from talka.core.text import whole_number
from talka.notifications.models import Notification
from talka.notifications.operations import erase_letter
from talka.notifications.permissions import can_send_again


class LetterHolder(Holder):
    """Copies of letters to an address; about those of single processes their own holders know."""

    name = "letters"
    label = _("Copies of letters")
    keys = {
        "email": _("E-mail"), "subject": _("subject"), "text": _("text"), "state": _("whether it was sent"),
        "written_at": _("when it was written"), "sent_at": _("when it was sent"),
    }  # fmt: skip

    def _found(self, letters: Any) -> list[Found]:
        return [
            Found(
                key=f"letter:{one.pk}", title=one.subject, about=one.get_state_display(), subject=one, held=[(_("E-mail"), one.email)],
                erasing=_("The copy of the letter is deleted."),
            )
            for one in letters.order_by("-pk")[:500]
        ]  # fmt: skip

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Return letters to the address; only for the administrators of the installation, who see the mail."""
        if not (wanted.email and can_send_again(by, None)):
            return []
        return self._found(Notification.objects.filter(email__iexact=wanted.email))

    def own(self, user: Any) -> list[Found]:
        """Return letters to the account and its address."""
        return self._found(Notification.objects.filter(Q(user=user) | Q(email__iexact=user.email)))

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found."""
        if not can_send_again(by, None):
            return []
        numbers = [whole_number(one.partition(":")[2]) for one in keys if one.startswith("letter:")]
        return self._found(Notification.objects.filter(pk__in=[number for number in numbers if number is not None]))

    def copy(self, found: Found) -> Copy:
        """Return a letter; a code that opens an account is never given out."""
        one: Any = found.subject
        return Copy({
            "email": one.email, "subject": one.subject, "text": "" if one.opens_account else one.text,
            "state": one.get_state_display(), "written_at": one.created_at, "sent_at": one.sent_at,
        })  # fmt: skip

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Delete the copy."""
        erase_letter(found.subject, by=by, reason=reason)  # type: ignore[arg-type]


register(LetterHolder())
