# SPDX-License-Identifier: EUPL-1.2
"""The operations between the receipt of a proposal and the answer: assignments, notes, replies."""

from __future__ import annotations

import uuid
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
from talka.proposals.models import Assignment, Author, Note, Proposal, Recommendation, Reply, ReplyVersion
from talka.proposals.operations.deliveries import begin_delivery
from talka.proposals.operations.outcomes import pass_outcome_on
from talka.proposals.operations.receiving import ProposalWithdrawn, lock_proposals, tell_followers
from talka.proposals.queries.becoming import named_in_answer


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
    salutation: str | None = None,
    batch: uuid.UUID | None = None,
) -> Reply:
    """Decide on a proposal and write or change the answer; it is not seen before it is published.

    ``version`` is the one that was read (0: there was none); raises ``Changed`` where somebody else saved since.
    ``salutation`` is how letters address the author (nothing: as before, empty: by rule); ``batch`` is shared by answers
    prepared together.
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
    reply.follows = Recommendation.objects.filter(proposal=proposal).first()
    reply.version += 1
    reply.batch = batch
    reply.decided_at, reply.decided_by = clock.now(), by
    reply.save()
    if salutation is not None:
        Author.objects.filter(proposal=proposal).update(salutation=salutation)
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
        told = begin_delivery(keep_version(reply, by=by), proposal)
        tell_followers(proposal, "proposals/publish_reply", told=told, reply=reply, nodes=named_in_answer(proposal))
        pass_outcome_on(proposal, reply)
        number += 1
    return number


def keep_version(reply: Reply, *, by: User, because: str = "") -> ReplyVersion:
    """Keep the answer as it is published now, beside those published before."""
    last = ReplyVersion.objects.filter(reply=reply).order_by("-number").values_list("number", flat=True).first()
    names = ("outcome", "reason", "forwarded_to", "signed_name", "signed_title")
    return ReplyVersion.objects.create(
        reply=reply, number=(last or 0) + 1, because=because, published_at=clock.now(), published_by=by,
        **{name: getattr(reply, name) for name in names},
    )  # fmt: skip


@transaction.atomic
def reopen_proposal(proposal: Proposal, *, by: User, reason: str) -> None:
    """Take back an answer that was published by mistake, with a reason that stays in the log; what was sent stays sent.

    An answer that was right to give and is wrong in a detail is corrected instead, in public (``correct_reply``).
    """
    (proposal,) = lock_proposals([proposal])
    authorize(by, "proposals.reopen_proposal", proposal)
    if proposal.answered_at is None:
        return
    Reply.objects.filter(proposal=proposal).update(published_at=None, published_by=None, corrected_at=None)
    taken_back = ReplyVersion.objects.filter(reply__proposal=proposal, taken_back_at__isnull=True)
    taken_back.update(taken_back_at=clock.now())
    proposal.answered_at = None
    proposal.save(update_fields=["answered_at"])
    record("proposals.reopen_proposal", proposal, by=by, scope=proposal.process, reason=reason)


def export_register(process: Process, *, by: User, kind: str, number: int, with_authors: bool) -> None:
    """Write into the log that somebody took the register out as a table, and whether personal data was in it."""
    authorize(by, "proposals.export_register", process)
    if with_authors:
        authorize(by, "proposals.export_authors", process)
    record("proposals.export_register", process, by=by, scope=process, kind=kind, number=number, authors=with_authors)
