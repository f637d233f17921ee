# SPDX-License-Identifier: EUPL-1.2
"""What somebody decides about a mail: what it becomes, where it belongs, that it is nothing; and how each is taken back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.core.text import shorten
from talka.files.operations import delete_attachment
from talka.mailbox.models import InboundMessage, Landing, MessageFile
from talka.mailbox.operations.receiving import join, land, sender_of, uploads_of
from talka.proposals.models import Addition, Proposal
from talka.proposals.operations.correspondence import (
    dismiss_proposal,
    receive_proposal,
    remove_addition,
    restore_proposal,
)
from talka.proposals.operations.drafting import Content
from talka.proposals.operations.receiving import correct_proposal


class SettledAlready(Refused):
    message = gettext_lazy("Somebody has settled this e-mail already. Look at it again.")


class SplitAlready(Refused):
    message = gettext_lazy("This e-mail has become several proposals, so it cannot be joined to one.")


class ProposalElsewhere(Refused):
    message = gettext_lazy("An e-mail can be joined to another proposal of the same process only.")


def _lock(message: InboundMessage) -> InboundMessage:
    """Return the mail as it is now, locked."""
    return (
        InboundMessage.objects.select_for_update(of=("self",))
        .select_related("account__process", "addition__proposal__process", "about__process")
        .get(pk=message.pk)
    )


def _landed(message: InboundMessage) -> list[Proposal]:
    landings = Landing.objects.filter(message=message).select_related("proposal__process").defer("proposal__search")
    return [landing.proposal for landing in landings]


@transaction.atomic
def land_message(message: InboundMessage, *, by: User) -> Proposal:
    """Make a proposal of a mail that did not become one by itself. A machine gets no acknowledgement."""
    authorize(by, "mailbox.land_message", message)
    message = _lock(message)
    if message.set_aside_as or message.addition is not None or _landed(message):
        raise SettledAlready
    acknowledge = message.kind == InboundMessage.Kind.BROKEN and bool(message.from_address)
    proposal = land(message, message.own, uploads_of(message), acknowledge=acknowledge, by=by)
    if acknowledge:
        message.acknowledged = True
        message.save(update_fields=["acknowledged"])
    record("mailbox.land_message", message, by=by, scope=message.account.process, reference=proposal.reference)
    return proposal


@transaction.atomic
def split_message(message: InboundMessage, *, texts: Sequence[str], key: uuid.UUID, by: User) -> list[Proposal]:
    """Make several proposals of one mail; return the new ones. The same form sent twice (``key``) makes them once.

    Where the mail has landed, the first text becomes what is published of that proposal, and its text as received stays.
    """
    authorize(by, "mailbox.split_message", message)
    message = _lock(message)
    if message.set_aside_as:
        raise SettledAlready
    process, uploads, landed = message.account.process, uploads_of(message), _landed(message)
    rest = list(texts)
    if landed:
        first = landed[0]
        if rest[0] != first.text:
            correct_proposal(
                first, by=by, title=first.title, text=rest[0], topic=first.topic, area=first.area,
                place_text=first.place_text, reason=_("The e-mail held several proposals; this is one of them."),
            )  # fmt: skip
        rest = rest[1:]
    new = []
    for number, text in enumerate(rest):
        proposal = receive_proposal(
            process,
            content=Content(text=text, title=shorten(text, 90), files=uploads),
            sender=sender_of(message),
            key=uuid.uuid5(key, str(number)),
            channel=Proposal.Channel.EMAIL,
            received_at=message.received_at,
            acknowledge=message.kind not in _MACHINES,
            answers=message.message_id,
            by=by,
        )
        position = len(landed) + number + 1
        Landing.objects.get_or_create(proposal=proposal, defaults={"message": message, "position": position})
        new.append(proposal)
    record("mailbox.split_message", message, by=by, scope=process, references=[one.reference for one in new])
    return new


_MACHINES = frozenset(
    {
        InboundMessage.Kind.AUTO_REPLY,
        InboundMessage.Kind.BOUNCE,
        InboundMessage.Kind.LIST,
        InboundMessage.Kind.LOOP,
        InboundMessage.Kind.OWN,
    }
)


@transaction.atomic
def join_message(message: InboundMessage, *, proposal: Proposal, by: User) -> None:
    """Add a mail to an earlier proposal; the entry that it became by itself is no proposal of its own then."""
    authorize(by, "mailbox.join_message", message)
    message = _lock(message)
    landed = _landed(message)
    if message.set_aside_as or message.addition is not None:
        raise SettledAlready
    if len(landed) > 1:
        raise SplitAlready
    if proposal.process_id != message.account.process_id or proposal in landed:
        raise ProposalElsewhere
    join(message, proposal, uploads_of(message), by=by)
    message.about = proposal
    message.save(update_fields=["addition", "about"])
    for entry in landed:
        reason = _("Joined to %(reference)s.") % {"reference": proposal.reference}
        dismiss_proposal(entry, by=by, reason=reason)
    record("mailbox.join_message", message, by=by, scope=message.account.process, reference=proposal.reference)


@transaction.atomic
def unjoin_message(message: InboundMessage, *, by: User) -> Proposal:
    """Take a mail off the proposal that it was joined to: it is a proposal of its own, under its old number if it had one."""
    authorize(by, "mailbox.unjoin_message", message)
    message = _lock(message)
    addition = message.addition
    if addition is None or message.set_aside_as:
        raise SettledAlready
    joined_at = addition.registered_at
    message.addition, message.about = None, None
    if message.kind == InboundMessage.Kind.REPLY:
        message.kind = InboundMessage.Kind.NEW
    message.save(update_fields=["addition", "about", "kind"])
    remove_addition(addition, by=by)
    landed = [
        restore_proposal(entry, by=by) if entry.withdrawn_at is not None and entry.withdrawn_at >= joined_at else entry
        for entry in _landed(message)
    ]
    proposal = landed[0] if landed else land(message, message.own, uploads_of(message), acknowledge=True, by=by)
    record("mailbox.unjoin_message", message, by=by, scope=message.account.process, reference=proposal.reference)
    return proposal


@transaction.atomic
def set_aside_message(message: InboundMessage, *, as_what: str, reason: str, by: User) -> None:
    """Say that a mail is spam or not for us: what it became is no proposal, its numbers stay taken, nobody is written to."""
    authorize(by, "mailbox.set_aside_message", message)
    message = _lock(message)
    if message.set_aside_as:
        raise SettledAlready
    message.set_aside_as, message.set_aside_at = as_what, clock.now()
    message.set_aside_by, message.set_aside_because = by, reason
    addition, message.addition = message.addition, None
    message.save(update_fields=["set_aside_as", "set_aside_at", "set_aside_by", "set_aside_because", "addition"])
    if addition is not None:
        remove_addition(addition, by=by)
    words = [str(InboundMessage.Aside(as_what).label), reason]
    said = ": ".join(word for word in words if word)
    for entry in _landed(message):
        dismiss_proposal(entry, by=by, reason=f"{said[:1].upper()}{said[1:]}")
    record("mailbox.set_aside_message", message, by=by, scope=message.account.process, as_what=as_what)


@transaction.atomic
def take_back_message(message: InboundMessage, *, by: User) -> None:
    """Take it back that a mail was set aside: what it had become, it is again."""
    authorize(by, "mailbox.take_back_message", message)
    message = _lock(message)
    since = message.set_aside_at
    if since is None:
        raise SettledAlready
    message.set_aside_as, message.set_aside_at, message.set_aside_by, message.set_aside_because = "", None, None, ""
    landed = _landed(message)
    if message.kind == InboundMessage.Kind.REPLY and message.about is not None and not landed:
        join(message, message.about, uploads_of(message), by=by)
    message.save(update_fields=["set_aside_as", "set_aside_at", "set_aside_by", "set_aside_because", "addition"])
    for entry in landed:
        if entry.withdrawn_at is not None and entry.withdrawn_at >= since:
            restore_proposal(entry, by=by)
    record("mailbox.take_back_message", message, by=by, scope=message.account.process)


@transaction.atomic
def erase_mail_of(proposal: Proposal) -> int:
    """Delete the mail that became a proposal or was added to it, with its originals and files; return how many.

    The caller's operation says who may and writes the log. A mail that was split goes with the last of its proposals.
    """
    others = Landing.objects.filter(message=OuterRef("pk")).exclude(proposal=proposal)
    with_author = others.exclude(proposal__author__email="")
    landed = InboundMessage.objects.filter(landings__proposal=proposal).exclude(Exists(with_author))
    related = InboundMessage.objects.filter(Q(addition__proposal=proposal) | Q(about=proposal))
    messages = list(InboundMessage.objects.filter(Q(pk__in=landed.values("pk")) | Q(pk__in=related.values("pk"))))
    Addition.objects.filter(proposal=proposal).delete()
    delete_mail(messages)
    return len(messages)


def delete_mail(messages: Sequence[InboundMessage]) -> None:
    """Delete mails with their originals and files."""
    files = MessageFile.objects.filter(message__in=messages, attachment__isnull=False).select_related("attachment")
    attachments = [file.attachment for file in files if file.attachment is not None]
    for message in messages:
        message.delete()
    for attachment in attachments:
        delete_attachment(attachment)


def download_original(message: InboundMessage, *, by: User) -> bytes:
    """Return a mail as it came, and write into the log that somebody took it."""
    authorize(by, "mailbox.download_original", message)
    content = bytes(message.original.content)
    record("mailbox.download_original", message, by=by, scope=message.account.process)
    return content
