# SPDX-License-Identifier: EUPL-1.2
"""Mail erased because its sender asked; what became a proposal goes with the author of that."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.mailbox.models import InboundMessage
from talka.mailbox.operations.handling import delete_mail
from talka.mailbox.queries import needed_for
from talka.proposals.operations.erasing import erase_addition


class MailNeeded(Refused):
    message = _("This e-mail belongs to %(reference)s, so it is erased together with that.")


@transaction.atomic
def erase_message(message: InboundMessage, *, by: User, reason: str) -> None:
    """Delete a mail with its original, its files, and what was added of it to a proposal that has been answered."""
    authorize(by, "mailbox.erase_message", message)
    locked = InboundMessage.objects.select_for_update(of=("self",)).filter(pk=message.pk)
    found = locked.select_related("account__process", "addition__proposal__process").first()
    if found is None:
        return
    needed = needed_for(found)
    if needed is not None:
        raise MailNeeded(reference=needed.reference)
    if found.addition is not None:
        erase_addition(found.addition, by=by, reason=reason)
    record("mailbox.erase_message", found, by=by, scope=found.account.process, reason=reason)
    delete_mail([found])
