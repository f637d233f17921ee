# SPDX-License-Identifier: EUPL-1.2
"""Passing a proposal on to another organization, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Organization
from talka.files.forms import Upload
from talka.files.inspection import Inspected
from talka.notifications.operations import send_letter
from talka.processes.models import Process
from talka.proposals.models import Author, Forwarding, Proposal, ProposalFile, Register, Reply
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.examining import AnswerPublished, prepare_reply, publish_replies
from talka.proposals.operations.receiving import ProposalWithdrawn, lock_proposals, receive_forwarded, tell_author


class NoRegisterThere(Refused):
    message = _("The register chosen does not take what is forwarded any more. Choose another one.")


class ReplyKnown(Refused):
    message = _("A reply has been entered already.")


@dataclass(frozen=True)
class Addressee:
    """To whom a proposal is passed on: a register of this installation, or an organization by e-mail or letter."""

    whom: str
    organization: Organization | None = None
    process: Process | None = None
    email: str = ""

    @property
    def way(self) -> Forwarding.Way:
        """Return how it gets there."""
        if self.process is not None:
            return Forwarding.Way.REGISTER
        return Forwarding.Way.EMAIL if self.email else Forwarding.Way.POST


@dataclass(frozen=True)
class Passed:
    """What is passed on: why, with or without the author, and which files."""

    explanation: str
    with_author: bool
    files: Sequence[ProposalFile] = field(default_factory=tuple)


@transaction.atomic
def forward_proposal(
    proposal: Proposal, *, to: Addressee, passed: Passed, is_theirs: bool, signed_name: str, signed_title: str, by: User
) -> Forwarding:
    """Pass a proposal on. What is ``is_theirs`` to answer is answered here as outside our competence, and the author told.

    With the author goes the text as received, without them the version that is (or would be) public.
    Source: Iesniegumu likums, on what lies within the competence of another institution.
    """
    _lock_registers(proposal, to)
    (proposal,) = lock_proposals([proposal])
    authorize(by, "proposals.forward_proposal", proposal)
    if proposal.withdrawn_at is not None:
        raise ProposalWithdrawn
    if is_theirs and proposal.answered_at is not None:
        raise AnswerPublished(reference=proposal.reference)
    receipt = proposal.receipt
    as_received = passed.with_author and receipt.erased_at is None
    title, text = (receipt.title, receipt.text) if as_received else (proposal.title, proposal.text)
    forwarding = Forwarding.objects.create(
        proposal=proposal, organization=to.organization, whom=to.whom, way=to.way, email=to.email,
        arrived_as=_arrive(proposal, to.process, passed, title=title, text=text, by=by) if to.process is not None else None,
        explanation=passed.explanation, title=title, text=text, with_author=passed.with_author, is_theirs=is_theirs,
        forwarded_by=by,
    )  # fmt: skip
    forwarding.files.set(passed.files)
    record(
        "proposals.forward_proposal",
        proposal,
        by=by,
        scope=proposal.process,
        to=to.whom,
        with_author=passed.with_author,
    )
    if forwarding.way == Forwarding.Way.EMAIL:
        send_letter(
            "proposals/forward_proposal", email=to.email, language=proposal.process.language, proposal=proposal,
            forwarding=forwarding, author=Author.objects.get(proposal=proposal) if passed.with_author else None,
        )  # fmt: skip
    if is_theirs:
        _answer_as_theirs(proposal, forwarding, signed_name=signed_name, signed_title=signed_title, by=by)
    else:
        tell_author(proposal, "proposals/tell_forwarded", forwarding=forwarding)
    return forwarding


def _lock_registers(proposal: Proposal, to: Addressee) -> None:
    """Lock both registers in the order that all operations keep, so that two people never wait for each other."""
    keys = {proposal.process_id, to.process.pk if to.process is not None else proposal.process_id}
    locked = list(Register.objects.select_for_update().filter(process__in=keys).order_by("process"))
    if to.process is None:
        return
    there = Process.objects.in_progress().filter(pk=to.process.pk).exists()
    if not there or to.process.pk not in {register.process_id for register in locked}:
        raise NoRegisterThere


def _arrive(proposal: Proposal, there: Process, passed: Passed, *, title: str, text: str, by: User) -> Proposal:
    """Enter the proposal into the other register, with its files and, where asked, its author."""
    author = Author.objects.get(proposal=proposal)
    sender = Sender(language=author.language)
    if passed.with_author:
        names = ("name", "email", "phone", "postal_address", "answer_by", "on_behalf", "on_behalf_name", "name_public")
        sender = Sender(language=author.language, **{name: getattr(author, name) for name in names})
    content = Content(
        text=text, title=title, topic=proposal.topic, area=proposal.area, place_text=proposal.place_text,
        longitude=proposal.longitude, latitude=proposal.latitude, keep_private=proposal.keep_private,
        files=[_upload(file) for file in passed.files],
    )  # fmt: skip
    confirmed = passed.with_author and author.confirmed_at is not None
    arrived = receive_forwarded(there, content=content, sender=sender, confirmed=confirmed, by=by)
    record("proposals.receive_forwarded", arrived, by=by, scope=there, source=str(proposal.process.owner))
    return arrived


def _upload(file: ProposalFile) -> Upload:
    kept = file.attachment
    with kept.content.open("rb") as content:
        return Upload(kept.name, Inspected(kept.kind, kept.extension, content.read()))


def _answer_as_theirs(
    proposal: Proposal, forwarding: Forwarding, *, signed_name: str, signed_title: str, by: User
) -> None:
    reply = Reply.objects.filter(proposal=proposal).first()
    prepare_reply(
        proposal, by=by, outcome=Reply.Outcome.NOT_OURS, reason=forwarding.explanation, forwarded_to=forwarding.whom,
        signed_name=signed_name, signed_title=signed_title, version=reply.version if reply is not None else 0,
    )  # fmt: skip
    publish_replies([proposal], by=by)


@transaction.atomic
def enter_forwarding_reply(forwarding: Forwarding, *, text: str, by: User) -> None:
    """Write down what the other organization replied by letter, mail or telephone; raises ``ReplyKnown`` for a second one."""
    authorize(by, "proposals.enter_forwarding_reply", forwarding.proposal)
    _keep_reply(forwarding, text, by=by)


@transaction.atomic
def reply_to_forwarding(forwarding: Forwarding, *, text: str) -> None:
    """Take the reply of whoever holds the secret link of the letter; there is no account to name."""
    _keep_reply(forwarding, text, by=None)


def _keep_reply(forwarding: Forwarding, text: str, *, by: User | None) -> None:
    forwarding = Forwarding.objects.select_for_update().get(pk=forwarding.pk)
    if forwarding.replied_at is not None:
        raise ReplyKnown
    forwarding.reply, forwarding.replied_at, forwarding.reply_entered_by = text, clock.now(), by
    forwarding.save(update_fields=["reply", "replied_at", "reply_entered_by"])
    proposal = forwarding.proposal
    record("proposals.enter_forwarding_reply", proposal, by=by, scope=proposal.process, source=forwarding.whom)
