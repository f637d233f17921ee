# SPDX-License-Identifier: EUPL-1.2
"""Many entries at once, from a table; and many taken back that were entered by mistake."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from talka.accounts.models import User
from talka.audit.operations import record_many
from talka.core import clock
from talka.core.permissions import authorize
from talka.notifications.models import Audience
from talka.processes.models import Process
from talka.proposals.models import Author, Proposal, Receipt
from talka.proposals.operations.drafting import (
    Content,
    Sender,
    acknowledge,
    draft_author,
    draft_proposal,
    lock_register,
)
from talka.proposals.operations.receiving import lock_proposals
from talka.proposals.queries.terms import Reckoning


@dataclass(frozen=True)
class Entry:
    """One proposal that came by another way, as ``register_proposal`` takes it."""

    content: Content
    sender: Sender
    channel: str
    received_at: datetime
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def register_proposals(
    process: Process, entries: Sequence[Entry], *, by: User, with_letters: bool = False
) -> list[Proposal]:
    """Enter many proposals in their order, by the same rules as ``register_proposal``; files are not taken.

    Authors with an address get the letter with number and link only if ``with_letters`` says so. The log of
    each entry tells of it; whoever calls records the whole once for the process.
    """
    authorize(by, "proposals.register_proposal", process)
    register, reckoning = lock_register(process), Reckoning()
    proposals = [
        draft_proposal(
            register, entry.content, entry.sender, key=entry.key, registered_by=by, channel=entry.channel,
            received_at=entry.received_at, reckoning=reckoning,
        )
        for entry in entries
    ]  # fmt: skip
    register.save(update_fields=["last_number"])
    for proposal, audience in zip(proposals, Audience.objects.bulk_create(Audience() for _ in proposals), strict=True):
        proposal.audience = audience
    Proposal.objects.bulk_create(proposals)
    pairs = list(zip(proposals, entries, strict=True))
    Receipt.objects.bulk_create(
        Receipt(
            proposal=proposal, title=entry.content.title, text=entry.content.text, at_meeting=entry.content.at_meeting
        )
        for proposal, entry in pairs
    )
    authors = Author.objects.bulk_create(draft_author(proposal, entry.sender) for proposal, entry in pairs)
    record_many("proposals.register_proposal", proposals, by=by)
    if with_letters:
        for author in authors:
            if author.email:
                acknowledge(author)
    return proposals


@transaction.atomic
def undo_registration(proposals: Sequence[Proposal], *, by: User, reason: str) -> int:
    """Mark entries as entered by mistake: withdrawn, off the public pages, under their numbers. Nobody gets a letter.

    Returns how many; those withdrawn already stay as they are. What has been assigned or answered is the caller's
    to leave out.
    """
    locked = lock_proposals(proposals)
    for process in {proposal.process_id: proposal.process for proposal in locked}.values():
        authorize(by, "proposals.undo_registration", process)
    mistaken = [proposal for proposal in locked if proposal.withdrawn_at is None]
    now = clock.now()
    keys = [proposal.pk for proposal in mistaken]
    Proposal.objects.filter(pk__in=keys).update(
        withdrawn_at=now, withdrawn_because=reason, mistaken_at=now, published_at=None
    )
    record_many("proposals.undo_registration", mistaken, by=by, reason=reason)
    return len(mistaken)
