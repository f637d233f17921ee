# SPDX-License-Identifier: EUPL-1.2
"""The operations between the receipt of a proposal and the answer: assignments, notes, replies."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Changed, Refused
from talka.core.permissions import authorize
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals.models import Assignment, Note, Proposal, Reply
from talka.proposals.operations.outcomes import pass_outcome_on
from talka.proposals.operations.receiving import ProposalWithdrawn, lock_proposals, tell_author, tell_followers


class GroupOfAnotherProcess(Refused):
    message = _("A proposal can be assigned to a group of its own process only.")


class AnswerPublished(Refused):
    message = _("%(reference)s has been answered; take the answer back first to change it.")


class NothingPrepared(Refused):
    message = _("No answer has been prepared for %(reference)s yet.")


@transaction.atomic
def assign_proposals(
    proposals: Sequence[Proposal], *, by: User, group: WorkingGroup | None = None, person: Person | None = None
) -> int:
    """Give proposals to a group or a person to examine, and end earlier assignments; return how many changed hands."""
    number = 0
    allowed: set[int] = set()
    for proposal in lock_proposals(proposals):
        if proposal.process_id not in allowed:
            authorize(by, "proposals.assign_proposal", proposal)
            allowed.add(proposal.process_id)
        if group is not None and group.process_id != proposal.process_id:
            raise GroupOfAnotherProcess
        if proposal.withdrawn_at is not None:
            raise ProposalWithdrawn
        if (proposal.assigned_group_id, proposal.assigned_person_id) == (group and group.pk, person and person.pk):
            continue
        proposal.assignments.filter(ended_at__isnull=True).update(ended_at=clock.now())
        Assignment.objects.create(proposal=proposal, group=group, person=person, assigned_by=by)
        proposal.assigned_group, proposal.assigned_person = group, person
        proposal.save(update_fields=["assigned_group", "assigned_person"])
        record("proposals.assign_proposal", proposal, by=by, scope=proposal.process, to=str(group or person))
        number += 1
    return number


@transaction.atomic
def unassign_proposal(proposal: Proposal, *, by: User) -> None:
    """Take an assignment back; the proposal waits to be assigned again."""
    (proposal,) = lock_proposals([proposal])
    authorize(by, "proposals.unassign_proposal", proposal)
    proposal.assignments.filter(ended_at__isnull=True).update(ended_at=clock.now())
    proposal.assigned_group = proposal.assigned_person = None
    proposal.save(update_fields=["assigned_group", "assigned_person"])
    record("proposals.unassign_proposal", proposal, by=by, scope=proposal.process)


@transaction.atomic
def add_note(proposal: Proposal, *, text: str, by: User) -> Note:
    """Write a note for those who work on the proposal."""
    authorize(by, "proposals.add_note", proposal)
    note = Note.objects.create(proposal=proposal, text=text, written_by=by)
    record("proposals.add_note", proposal, by=by, scope=proposal.process)
    return note


@transaction.atomic
def prepare_reply(
    proposal: Proposal,
    *,
    by: User,
    outcome: str,
    reason: str,
    signed_name: str,
    signed_title: str = "",
    forwarded_to: str = "",
    person: Person | None = None,
    version: int = 0,
) -> Reply:
    """Write or change the answer; it is not seen before it is published.

    ``version`` is the one that was read (0: there was none); raises ``Changed`` where somebody else saved since.
    """
    (proposal,) = lock_proposals([proposal])
    authorize(by, "proposals.prepare_reply", proposal)
    if proposal.withdrawn_at is not None:
        raise ProposalWithdrawn
    if proposal.answered_at is not None:
        raise AnswerPublished(reference=proposal.reference)
    reply = Reply.objects.filter(proposal=proposal).first()
    if version != (reply.version if reply else 0):
        raise Changed
    reply = reply or Reply(proposal=proposal, version=0)
    reply.outcome, reply.reason, reply.forwarded_to = outcome, reason, forwarded_to
    reply.person, reply.signed_name, reply.signed_title = person, signed_name, signed_title
    reply.version += 1
    reply.prepared_at, reply.prepared_by = clock.now(), by
    reply.save()
    record("proposals.prepare_reply", proposal, by=by, scope=proposal.process, outcome=outcome)
    return reply


@transaction.atomic
def publish_replies(proposals: Sequence[Proposal], *, by: User, version: int | None = None) -> int:
    """Give prepared answers to authors and followers; those that are out already stay as they are.

    Returns how many went out; raises ``NothingPrepared`` for the first without an answer, and then none goes out.
    ``version`` is the answer that was read; raises ``Changed`` where it is no longer the one that would go out.
    """
    number = 0
    for proposal in lock_proposals(proposals):
        authorize(by, "proposals.publish_reply", proposal)
        if proposal.withdrawn_at is not None:
            raise ProposalWithdrawn
        if proposal.answered_at is not None:
            continue
        reply = Reply.objects.filter(proposal=proposal).first()
        if reply is None:
            raise NothingPrepared(reference=proposal.reference)
        if version is not None and version != reply.version:
            raise Changed
        reply.published_at, reply.published_by = clock.now(), by
        reply.save(update_fields=["published_at", "published_by"])
        proposal.answered_at = reply.published_at
        proposal.save(update_fields=["answered_at"])
        record("proposals.publish_reply", proposal, by=by, scope=proposal.process, outcome=reply.outcome)
        told = tell_author(proposal, "proposals/publish_reply", reply=reply)
        tell_followers(proposal, "proposals/publish_reply", told=told, reply=reply)
        pass_outcome_on(proposal, reply)
        number += 1
    return number


@transaction.atomic
def reopen_proposal(proposal: Proposal, *, by: User, reason: str) -> None:
    """Take a published answer back for revision, with a reason that stays in the log; what was sent stays sent."""
    (proposal,) = lock_proposals([proposal])
    authorize(by, "proposals.reopen_proposal", proposal)
    if proposal.answered_at is None:
        return
    Reply.objects.filter(proposal=proposal).update(published_at=None, published_by=None)
    proposal.answered_at = None
    proposal.save(update_fields=["answered_at"])
    record("proposals.reopen_proposal", proposal, by=by, scope=proposal.process, reason=reason)


def export_register(process: Process, *, by: User, kind: str, number: int, with_authors: bool) -> None:
    """Write into the log that somebody took the register out as a table, and whether personal data was in it."""
    authorize(by, "proposals.export_register", process)
    if with_authors:
        authorize(by, "proposals.export_authors", process)
    record("proposals.export_register", process, by=by, scope=process, kind=kind, number=number, authors=with_authors)
