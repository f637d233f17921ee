# SPDX-License-Identifier: EUPL-1.2
"""What comes by itself, such as e-mail: a new proposal, words added to an earlier one, and what turns out to be neither."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.files.forms import Upload
from talka.files.operations import store_attachment
from talka.processes.models import Process
from talka.proposals.models import Addition, Proposal, ProposalFile, Register
from talka.proposals.operations.drafting import Content, Sender, enter, lock_register
from talka.proposals.operations.receiving import lock_proposals


class AnsweredAlready(Refused):
    message = _("%(reference)s has been answered, so it stays what it is.")


@transaction.atomic
def receive_proposal(
    process: Process,
    *,
    content: Content,
    sender: Sender,
    key: uuid.UUID,
    channel: str,
    received_at: datetime,
    acknowledge: bool = True,
    answers: str = "",
    by: User | None = None,
) -> Proposal:
    """Take a proposal that came by itself (``by`` nobody) or that somebody made of what came; also after a phase has ended.

    The same ``key`` gives the same proposal. ``answers`` is the Message-ID that the acknowledgement answers. Nothing
    that nobody has read becomes public at once.
    """
    if by is not None:
        authorize(by, "proposals.register_proposal", process)
    register = lock_register(process)
    earlier = Proposal.objects.filter(submission_key=key).first()
    if earlier is not None:
        return earlier
    proposal = enter(
        register, content, sender, key=key, by=by, channel=channel, received_at=min(received_at, clock.now()),
        acknowledges=acknowledge, answers=answers,
    )  # fmt: skip
    record("proposals.receive_proposal", proposal, by=by, scope=process, channel=channel)
    return proposal


@transaction.atomic
def receive_addition(
    proposal: Proposal,
    *,
    text: str,
    key: uuid.UUID,
    channel: str,
    received_at: datetime,
    from_author: bool,
    sent_from: str = "",
    files: Sequence[Upload] = (),
    by: User | None = None,
) -> Addition:
    """Keep what somebody wrote about a proposal later; the text as received stays, and an answer stays published."""
    (proposal,) = lock_proposals([proposal])
    if by is not None:
        authorize(by, "proposals.receive_addition", proposal)
    earlier = Addition.objects.filter(key=key).first()
    if earlier is not None:
        return earlier
    addition = Addition.objects.create(
        proposal=proposal, text=text, key=key, channel=channel, received_at=min(received_at, clock.now()),
        from_author=from_author, sent_from=sent_from,
    )  # fmt: skip
    for upload in files:
        attachment = store_attachment(upload.inspected, name=upload.name, by=by)
        addition.files.add(ProposalFile.objects.create(proposal=proposal, attachment=attachment))
    record("proposals.receive_addition", proposal, by=by, scope=proposal.process, channel=channel)
    return addition


@transaction.atomic
def read_addition(addition: Addition, *, by: User) -> None:
    """Note that somebody who works on the proposal has read what was added; it waits no longer."""
    authorize(by, "proposals.read_addition", addition.proposal)
    if addition.read_at is None:
        addition.read_at, addition.read_by = clock.now(), by
        addition.save(update_fields=["read_at", "read_by"])
        record("proposals.read_addition", addition.proposal, by=by, scope=addition.proposal.process)


@transaction.atomic
def remove_addition(addition: Addition, *, by: User) -> None:
    """Take away what was added to the wrong proposal, with its files; the message it came in is kept where it came in."""
    (proposal,) = lock_proposals([addition.proposal])
    authorize(by, "proposals.remove_addition", proposal)
    ProposalFile.objects.filter(pk__in=list(addition.files.values_list("pk", flat=True))).delete()
    addition.delete()
    record("proposals.remove_addition", proposal, by=by, scope=proposal.process)


@transaction.atomic
def dismiss_proposal(proposal: Proposal, *, by: User, reason: str) -> Proposal:
    """Mark something registered as no proposal of its own (spam, not for us, part of another); its number stays taken.

    Nobody is written to. Raises ``AnsweredAlready``.
    """
    (proposal,) = lock_proposals([proposal])
    authorize(by, "proposals.dismiss_proposal", proposal)
    if proposal.answered_at is not None:
        raise AnsweredAlready(reference=proposal.reference)
    if proposal.withdrawn_at is None:
        proposal.withdrawn_at, proposal.withdrawn_because = clock.now(), reason
        proposal.save(update_fields=["withdrawn_at", "withdrawn_because"])
        record("proposals.dismiss_proposal", proposal, by=by, scope=proposal.process, reason=reason)
    return proposal


@transaction.atomic
def restore_proposal(proposal: Proposal, *, by: User) -> Proposal:
    """Take a dismissal back: the proposal waits for an answer again."""
    (proposal,) = lock_proposals([proposal])
    authorize(by, "proposals.restore_proposal", proposal)
    if proposal.withdrawn_at is not None:
        proposal.withdrawn_at, proposal.withdrawn_because = None, ""
        proposal.save(update_fields=["withdrawn_at", "withdrawn_because"])
        record("proposals.restore_proposal", proposal, by=by, scope=proposal.process)
    return proposal


@transaction.atomic
def set_reply_address(process: Process, *, address: str, by: User | None) -> None:
    """Say to which address authors may answer our letters; empty where nobody reads answers."""
    if by is not None:
        authorize(by, "proposals.set_reply_address", process)
    register, _created = Register.objects.get_or_create(process=process)
    if register.reply_to != address:
        register.reply_to = address
        register.save(update_fields=["reply_to"])
        record("proposals.set_reply_address", register, by=by, scope=process)
