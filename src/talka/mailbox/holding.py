# SPDX-License-Identifier: EUPL-1.2
"""What mailboxes hold about people: every mail as it came, also one that became no proposal."""

import io
from collections.abc import Sequence
from functools import partial
from typing import IO, Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from talka.core.holdings import Copy, Found, Holder, Wanted, keys_in, register
from talka.mailbox.models import InboundMessage
from talka.mailbox.operations.erasing import erase_message
from talka.mailbox.queries import needed_for
from talka.processes.queries import answered_for_by

MOST = 200


class MailHolder(Holder):
    """Senders of mail."""

    name = "mail"
    label = _("E-mail that arrived: sender, text, files, the e-mail as it came")
    keys = {
        "process": _("process"), "kind": _("kind"), "name": pgettext_lazy("person", "Name"), "email": _("E-mail"), "to": _("to"),
        "subject": _("subject"), "written_at": _("when it was written"), "received_at": _("received"), "text": _("text"),
        "history": _("quoted from earlier e-mail"), "signature": _("signature"), "set_aside": _("why it was set aside"),
        "belongs_to": _("register numbers of the proposals it belongs to"), "files": _("files beside this one"),
    }  # fmt: skip

    def _found(self, message: InboundMessage, likeness: int = 100) -> Found:
        needed = needed_for(message)
        return Found(
            key=f"mail:{message.pk}", title=message.subject or gettext("without a subject"), about=str(message.account.process),
            subject=message, scope=message.account.process, likeness=likeness,
            held=[(pgettext_lazy("person", "Name"), message.from_name), (_("E-mail"), message.from_address)],
            erasing=_("The e-mail is deleted as it came, with its text and files."),
            kept_because=_("It belongs to %(reference)s and is erased together with that.") % {"reference": needed.reference} if needed else "",
        )  # fmt: skip

    def _rows(self, **conditions: Any) -> Any:
        return InboundMessage.objects.filter(**conditions).select_related("account__process")

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Compare with everybody who wrote to mailboxes of the processes that ``by`` answers for."""
        rows = self._rows(account__process__in=answered_for_by(by))
        alike = {
            key: likeness
            for key, name, email in rows.values_list("pk", "from_name", "from_address").iterator()
            if (likeness := wanted.likeness(email=email, name=name))
        }
        best = sorted(alike, key=lambda key: (-alike[key], -key))[:MOST]
        messages = {message.pk: message for message in self._rows(pk__in=best)}
        return [self._found(messages[key], alike[key]) for key in best]

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found."""
        rows = self._rows(account__process__in=answered_for_by(by), pk__in=keys_in(keys, "mail"))
        return [self._found(message) for message in rows.order_by("pk")]

    def copy(self, found: Found) -> Copy:
        """Return a mail: what was read of it, its files, and itself as it came."""
        one: Any = found.subject
        landed = list(one.landings.values_list("proposal__reference", flat=True))
        added = [one.addition.proposal.reference] if one.addition else []
        values = {
            "process": str(one.account.process), "kind": one.get_kind_display(), "name": one.from_name, "email": one.from_address,
            "to": one.to, "subject": one.subject, "written_at": one.written_at, "received_at": one.received_at, "text": one.own,
            "history": one.history, "signature": one.signature, "belongs_to": landed + added,
            "set_aside": ": ".join(part for part in (one.get_set_aside_as_display(), one.set_aside_because) if part),
        }  # fmt: skip
        kept = one.files.filter(attachment__isnull=False).select_related("attachment")
        files: list[Any] = [(file.name, partial(file.attachment.content.open, "rb")) for file in kept]
        return Copy(values, [("e-mail.eml", partial(_original, one)), *files])

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Delete the mail."""
        erase_message(found.subject, by=by, reason=reason)  # type: ignore[arg-type]


def _original(message: InboundMessage) -> IO[bytes]:
    return io.BytesIO(bytes(message.original.content))


register(MailHolder())
