# SPDX-License-Identifier: EUPL-1.2
"""What is known of the author of an entry, set right by those who keep the register."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names, check_unchanged
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.proposals.models import Author, Proposal
from talka.proposals.operations.deliveries import send_waiting


class AuthorErased(Refused):
    message = _("The personal data of this entry has been erased, so nothing can be added to it.")


@dataclass(frozen=True)
class Contacts:
    """Who the author is, how to reach them, and how they wish to be answered; all of it may be empty."""

    name: str = ""
    email: str = ""
    phone: str = ""
    postal_address: str = ""
    answer_by: str = ""


@transaction.atomic
def change_author(proposal: Proposal, *, by: User, contacts: Contacts, reason: str, seen: str = "") -> Author:
    """Change name, contacts and the way of answering, as the author asked; the log names the fields, not what is in them.

    Staff know from whom they have an address, so mail goes to a changed one without confirmation, and so does an answer that
    waited for it. Answers that are published otherwise keep their way: ``deliver_otherwise``.
    """
    authorize(by, "proposals.change_author", proposal)
    author = Author.objects.select_for_update(of=("self",)).select_related("proposal__process").get(proposal=proposal)
    if author.erased_at is not None:
        raise AuthorErased
    fields = vars(contacts) | {"email": contacts.email.lower()}
    check_unchanged(author, fields, seen)
    changed = changed_names(author, fields)
    if not changed:
        return author
    for name in changed:
        setattr(author, name, fields[name])
    if "name" in changed:
        author.salutation = ""
    if "email" in changed:
        author.confirmed_at = clock.now() if author.email else None
    author.save(update_fields=[*changed, "salutation", "confirmed_at"])
    record("proposals.change_author", proposal, by=by, scope=proposal.process, reason=reason, fields=changed)
    if "email" in changed and author.email:
        send_waiting(author)
    return author
