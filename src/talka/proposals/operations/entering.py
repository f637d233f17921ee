# SPDX-License-Identifier: EUPL-1.2
"""What concerns an entry that somebody typed in for its author."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.files.models import Attachment
from talka.files.operations import copy_attachment
from talka.proposals.models import Proposal, ProposalFile, Reply
from talka.proposals.operations.receiving import lock_proposals

ENTERED_BY_MISTAKE = "Kļūdains ieraksts"
"""Why an entry that was taken back is withdrawn; in Latvian as everything that the register keeps."""


class EntryAtWork(Refused):
    message = _(
        "%(reference)s has been published, assigned or answered already, so the entry can no longer be taken back."
    )


@transaction.atomic
def take_back_entry(proposal: Proposal, *, by: User) -> None:
    """Withdraw an entry that was typed in by mistake; its number stays in the register, so that none is missing."""
    authorize(by, "proposals.take_back_entry", proposal)
    (proposal,) = lock_proposals([proposal])
    if proposal.withdrawn_at is not None:
        return
    at_work = (proposal.published_at, proposal.answered_at, proposal.assigned_group_id, proposal.assigned_person_id)
    if any(at_work) or Reply.objects.filter(proposal=proposal).exists():
        raise EntryAtWork(reference=proposal.reference)
    proposal.withdrawn_at, proposal.withdrawn_because = clock.now(), ENTERED_BY_MISTAKE
    proposal.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record("proposals.take_back_entry", proposal, by=by, scope=proposal.process)


@transaction.atomic
def attach_originals(proposal: Proposal, originals: Sequence[Attachment], *, by: User) -> None:
    """Keep copies of files with an entry that are stored already, such as the pages it was typed from; they are not public."""
    authorize(by, "proposals.register_proposal", proposal.process)
    for attachment in originals:
        ProposalFile.objects.create(proposal=proposal, attachment=copy_attachment(attachment, by=by))
