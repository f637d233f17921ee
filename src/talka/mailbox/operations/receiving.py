# SPDX-License-Identifier: EUPL-1.2
"""One mail comes in: kept byte for byte, recognized, and settled as far as that needs nobody."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.ratelimit import spend
from talka.directory.models import Person
from talka.files.forms import Upload
from talka.files.inspection import SEALED, Inspected, TooManyPixels, UnknownKind, inspect, keep_sealed
from talka.files.operations import store_attachment
from talka.mailbox import queries
from talka.mailbox.models import InboundMessage, Landing, MailAccount, MessageFile, Original
from talka.mailbox.parsing import Parsed, Part, bare_subject, content_hash, parse
from talka.mailbox.recognizing import kind_of, results_of, wants_no_answer
from talka.meetings.operations.answering import take_calendar_answer, take_written_answer
from talka.meetings.reading_answers import Said
from talka.notifications.operations import own_domain, record_return
from talka.plans.models import UpdateRequest
from talka.plans.operations.replies import take_reply
from talka.proposals.models import Author, Proposal
from talka.proposals.operations.correspondence import receive_addition, receive_proposal
from talka.proposals.operations.deliveries import return_mail
from talka.proposals.operations.drafting import Content, Sender
from talka.tasks.operations.replies import take_reply as take_task_reply

DECORATION_BYTES = 20_000
"""A picture within the text smaller than this is a logo or a line: kept with the mail, not given to the proposal."""

_log = logging.getLogger(__name__)
_NAMESPACE = uuid.UUID("7f1d4a0e-2b3c-5d6e-8f90-a1b2c3d4e5f6")


@dataclass(frozen=True)
class Looked:
    """A file of a mail after it was looked at: kept (``upload``), or refused and why."""

    part: Part
    upload: Upload | None = None
    refusal: str = ""

    @property
    def is_decoration(self) -> bool:
        """Say whether it is a small picture of the layout."""
        return self.part.inline and self.part.kind.startswith("image/") and len(self.part.content) < DECORATION_BYTES


def receive_message(
    account: MailAccount,
    raw: bytes,
    *,
    arrived_at: datetime | None = None,
    uid: int = 0,
    uid_validity: int = 0,
    is_whole: bool = True,
) -> InboundMessage | None:
    """Keep a mail and settle it; the same mail a second time changes nothing and gives nothing.

    Whatever is in the mail, this ends well: what cannot be settled is kept as it came, for somebody to look at. Only a
    database that does not answer raises.
    """
    parsed = parse(raw)
    if not is_whole:
        parsed = replace(parsed, broken=True)
    looked = look_at(parsed.files)
    try:
        return _receive(account, raw, parsed, looked, arrived_at, uid, uid_validity, is_whole=is_whole)
    except OperationalError:
        raise
    except (DatabaseError, ValueError, TypeError, OSError) as error:
        _log.error("a mail was kept without its contents: %s", type(error).__name__)
        bare = Parsed(broken=True, message_id="")
        return _receive(account, raw, bare, (), arrived_at, uid, uid_validity, is_whole=is_whole)


@transaction.atomic
def _receive(
    account: MailAccount,
    raw: bytes,
    parsed: Parsed,
    looked: Sequence[Looked],
    arrived_at: datetime | None,
    uid: int,
    uid_validity: int,
    *,
    is_whole: bool,
) -> InboundMessage | None:
    account = (
        MailAccount.objects.select_for_update(of=("self",), no_key=True).select_related("process").get(pk=account.pk)
    )
    if uid and uid_validity == account.uid_validity and uid <= account.last_uid:
        return None
    if uid:
        account.uid_validity, account.last_uid = uid_validity, uid
        account.save(update_fields=["uid_validity", "last_uid"])
    digest = content_hash(raw)
    if InboundMessage.objects.filter(account=account, content_hash=digest).exists():
        return None
    moment = min(arrived_at or clock.now(), clock.now())
    message = InboundMessage.objects.create(
        account=account,
        kind=_kind(account, parsed),
        content_hash=digest,
        message_id=parsed.message_id[:250],
        from_name=parsed.from_name,
        from_address=parsed.from_address,
        to=", ".join(parsed.to)[:2_000],
        subject=parsed.subject,
        written_at=parsed.written_at,
        received_at=moment,
        own=parsed.own,
        history=parsed.history,
        signature=parsed.signature,
        checks=results_of(parsed, trusted_server=account.trusted_server),
        report=parsed.report,
        is_whole=is_whole,
    )
    Original.objects.create(message=message, content=raw)
    _keep_files(message, looked)
    record("mailbox.receive_message", message, by=None, scope=account.process, kind=message.kind)
    _settle(message, parsed, looked)
    return message


def _kind(account: MailAccount, parsed: Parsed) -> str:
    own = {account.address.lower(), *queries.own_addresses()}
    own_letter = queries.is_own_letter(parsed.message_id)
    return kind_of(parsed, own_addresses=own, own_domain=own_domain(), own_letter=own_letter)


def look_at(parts: Sequence[Part]) -> list[Looked]:
    """Look at the files of a mail, by the rules for every file from outside."""
    return [_look_at(part, taken=number < settings.MAX_MAIL_FILES) for number, part in enumerate(parts)]


def _look_at(part: Part, *, taken: bool) -> Looked:
    refusal = MessageFile.Refusal
    if not part.content:
        return Looked(part, refusal=refusal.EMPTY)
    if not taken:
        return Looked(part, refusal=refusal.TOO_MANY)
    if len(part.content) > settings.MAX_FILE_BYTES:
        return Looked(part, refusal=refusal.TOO_LARGE)
    try:
        return Looked(part, Upload(part.name or "file", _inspected(part)))
    except TooManyPixels:
        return Looked(part, refusal=refusal.TOO_MANY_PIXELS)
    except UnknownKind:
        return Looked(part, refusal=refusal.UNKNOWN_KIND)


def _inspected(part: Part) -> Inspected:
    is_packet = part.kind in {"application/ms-tnef", "application/vnd.ms-tnef"} or part.name.lower() == "winmail.dat"
    kind = "application/ms-tnef" if is_packet else part.kind
    return keep_sealed(kind, part.content) if kind in SEALED else inspect(part.content)


def _keep_files(message: InboundMessage, looked: Sequence[Looked]) -> None:
    for one in looked:
        kept = store_attachment(one.upload.inspected, name=one.upload.name, by=None) if one.upload else None
        MessageFile.objects.create(
            message=message, name=(kept.name if kept else one.part.name)[:200], size=len(one.part.content),
            attachment=kept, refusal=one.refusal, is_decoration=one.is_decoration,
        )  # fmt: skip


def uploads_of(message: InboundMessage) -> list[Upload]:
    """Return the files of a mail that belong to what it proposes, as they were looked at when it came."""
    kept = message.files.filter(attachment__isnull=False, is_decoration=False).select_related("attachment")
    found = []
    for file in kept:
        attachment = file.attachment
        if attachment is None:
            continue
        with attachment.content.open("rb") as content:
            found.append(Upload(file.name, Inspected(attachment.kind, attachment.extension, content.read())))
    return found


# --- Settling -------------------------------------------------------------------------------------


def _settle(message: InboundMessage, parsed: Parsed, looked: Sequence[Looked]) -> None:
    """Do what needs nobody: a new mail lands, a reply is joined, a returned letter is marked; all else waits."""
    kinds = InboundMessage.Kind
    process = message.account.process
    if message.kind == kinds.BOUNCE and _says_undelivered(parsed):
        letter = record_return((*parsed.reported, *parsed.answers), because=parsed.report)
        message.about = queries.proposal_of_thread(letter.thread) if letter else None
        if letter is not None:
            return_mail(letter, because=letter.returned_because)
    elif message.kind in {kinds.NEW, kinds.AUTO_REPLY, kinds.BROKEN} and (said := queries.calendar_answer(parsed)):
        _take_calendar_answer(message, parsed, said)
    elif message.kind == kinds.NEW and (invitation := queries.find_invitation(process, parsed)) is not None:
        message.kind, message.invitation = kinds.INVITATION, invitation
        take_written_answer(invitation, text=message.own)
    elif message.kind == kinds.NEW and (request := queries.find_request(process, parsed)) is not None:
        _take_update(message, parsed, request)
    elif message.kind == kinds.NEW and (owner := queries.find_task_owner(process, parsed)) is not None:
        _take_task_reply(message, parsed, owner)
    elif message.kind in {kinds.NEW, kinds.AUTO_REPLY, kinds.BOUNCE}:
        message.about = queries.find_answered(process, parsed)
    uploads = [one.upload for one in looked if one.upload is not None and not one.is_decoration]
    if message.kind == kinds.NEW and message.about is not None:
        message.kind = kinds.REPLY
        join(message, message.about, uploads)
    elif message.kind == kinds.NEW:
        message.acknowledged = not wants_no_answer(parsed) and not spend("acknowledge_mail", parsed.from_address)
        land(message, message.own, uploads, acknowledge=message.acknowledged)
    message.save(update_fields=["kind", "about", "addition", "acknowledged", "update_request", "invitation"])


def _take_calendar_answer(message: InboundMessage, parsed: Parsed, said: Said) -> None:
    """Give what a calendar answered to the invitation; what is about a meeting of ours but not clear waits for a person.

    Nobody is answered: a calendar that answers by itself must not get letters.
    """
    ours, invitation = queries.invitation_of_answer(message.account.process, said, parsed)
    if invitation is not None and message.checks.get("dmarc") != "fail":
        message.kind, message.invitation = InboundMessage.Kind.INVITATION, invitation
        take_calendar_answer(invitation, said=said)
    else:
        message.kind = InboundMessage.Kind.BROKEN if ours else InboundMessage.Kind.AUTO_REPLY


def _take_update(message: InboundMessage, parsed: Parsed, request: UpdateRequest) -> None:
    """Give a reply about actions of a plan to what reads it; the sender hears what was understood."""
    message.kind, message.update_request = InboundMessage.Kind.UPDATE, request
    message.acknowledged = not wants_no_answer(parsed) and not spend("acknowledge_mail", parsed.from_address)
    take_reply(
        request, text=message.own, mail_key=message.message_id or message.content_hash, from_address=message.from_address,
        received_at=message.received_at, acknowledge=message.acknowledged,
    )  # fmt: skip


def _take_task_reply(message: InboundMessage, parsed: Parsed, owner: Person) -> None:
    """Give a reply about tasks to what reads it; the sender hears what was understood."""
    message.kind = InboundMessage.Kind.TASK
    message.acknowledged = not wants_no_answer(parsed) and not spend("acknowledge_mail", parsed.from_address)
    take_task_reply(
        owner, message.account.process, text=message.own, mail_key=message.message_id or message.content_hash,
        from_address=message.from_address, received_at=message.received_at, acknowledge=message.acknowledged,
    )  # fmt: skip


def _says_undelivered(parsed: Parsed) -> bool:
    """Say whether a report is final; one that says “delayed” or “delivered” takes nothing back."""
    return not parsed.report or parsed.report.lower().startswith("failed")


def key_of_part(message: InboundMessage, position: int) -> uuid.UUID:
    """Return the key under which a part of a mail becomes a proposal, the same each time."""
    return uuid.uuid5(_NAMESPACE, f"{message.account_id}/{message.content_hash}/{position}")


def sender_of(message: InboundMessage) -> Sender:
    """Return the sender as the mail names them; nothing of it is proven."""
    by_mail = Author.AnswerBy.EMAIL if message.from_address else ""
    language = message.account.process.language
    email = message.from_address if len(message.from_address) <= 254 else ""
    return Sender(name=message.from_name, email=email, answer_by=by_mail if email else "", language=language)


def land(
    message: InboundMessage,
    text: str,
    uploads: Sequence[Upload],
    *,
    acknowledge: bool,
    position: int = 1,
    by: User | None = None,
) -> Proposal:
    """Make a proposal of a mail or a part of it; the caller's operation says who may."""
    title = bare_subject(message.subject)[:200] if position == 1 else ""
    with translation.override(message.account.process.language):
        text = text or title or _("(The e-mail has no text; see its files.)")
    proposal = receive_proposal(
        message.account.process,
        content=Content(text=text, title=title, files=list(uploads)),
        sender=sender_of(message),
        key=key_of_part(message, position),
        channel=Proposal.Channel.EMAIL,
        received_at=message.received_at,
        acknowledge=acknowledge,
        answers=message.message_id,
        by=by,
    )
    Landing.objects.get_or_create(proposal=proposal, defaults={"message": message, "position": position})
    return proposal


def join(message: InboundMessage, proposal: Proposal, uploads: Sequence[Upload], *, by: User | None = None) -> None:
    """Add a mail to a proposal; the caller saves the message and says who may."""
    author = Author.objects.filter(proposal=proposal).first()
    message.addition = receive_addition(
        proposal,
        text=message.own or message.subject,
        key=uuid.uuid4(),
        channel=Proposal.Channel.EMAIL,
        received_at=message.received_at,
        from_author=author is not None and bool(author.email) and author.email == message.from_address,
        sent_from=message.from_address,
        files=uploads,
        by=by,
    )
