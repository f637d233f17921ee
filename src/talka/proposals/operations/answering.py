# SPDX-License-Identifier: EUPL-1.2
"""Recommendations, decisions that follow them, answers to many, corrections, and the texts that answers begin with."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Changed, Refused
from talka.core.permissions import authorize
from talka.directory.models import Person
from talka.processes.models import Process
from talka.proposals.models import Proposal, Recommendation, Reply, ReplyTemplate
from talka.proposals.operations.deliveries import begin_delivery
from talka.proposals.operations.examining import AnswerPublished, keep_version, prepare_reply
from talka.proposals.operations.outcomes import pass_outcome_on
from talka.proposals.operations.receiving import ProposalWithdrawn, lock_proposals, tell_followers
from talka.proposals.queries.becoming import named_in_answer


class NothingRecommended(Refused):
    message = _("Nobody has recommended anything for %(reference)s yet.")


class NotAnswered(Refused):
    message = _("%(reference)s has no published answer to correct.")


class TemplateExists(Refused):
    message = _("This process has a template of this name already.")


class ChangedMeanwhile(Changed):
    message = _("Somebody changed the answer to %(reference)s meanwhile. Look at it, then prepare the answers again.")


@transaction.atomic
def recommend_outcome(
    proposal: Proposal, *, by: User, outcome: str, reason: str, forwarded_to: str = "", version: int = 0
) -> Recommendation:
    """Recommend what to decide, for the group or the person to whom the proposal was given.

    ``version`` is the one that was read (0: there was none); raises ``Changed`` where somebody else wrote one since.
    """
    (proposal,) = lock_proposals([proposal])
    authorize(by, "proposals.recommend_outcome", proposal)
    if proposal.withdrawn_at is not None:
        raise ProposalWithdrawn
    if proposal.answered_at is not None:
        raise AnswerPublished(reference=proposal.reference)
    last = Recommendation.objects.filter(proposal=proposal).first()
    if version != (last.version if last else 0):
        raise Changed
    mine = Person.objects.filter(user=by).first()
    recommendation = Recommendation.objects.create(
        proposal=proposal, version=version + 1, outcome=outcome, reason=reason, forwarded_to=forwarded_to,
        group=proposal.assigned_group, person=proposal.assigned_person or mine, recommended_at=clock.now(),
        recommended_by=by,
    )  # fmt: skip
    record("proposals.recommend_outcome", proposal, by=by, scope=proposal.process, outcome=outcome)
    return recommendation


@transaction.atomic
def follow_recommendation(
    proposal: Proposal,
    *,
    by: User,
    version: int,
    signed_name: str,
    signed_title: str = "",
    person: Person | None = None,
) -> Reply:
    """Decide as was recommended, in the words of the recommendation; ``version`` is the one that was read."""
    (proposal,) = lock_proposals([proposal])
    authorize(by, "proposals.prepare_reply", proposal)
    recommended = Recommendation.objects.filter(proposal=proposal).first()
    if recommended is None:
        raise NothingRecommended(reference=proposal.reference)
    if recommended.version != version:
        raise Changed
    reply = Reply.objects.filter(proposal=proposal).first()
    return prepare_reply(
        proposal, by=by, outcome=recommended.outcome, reason=recommended.reason, forwarded_to=recommended.forwarded_to,
        signed_name=signed_name, signed_title=signed_title, person=person, version=reply.version if reply else 0,
    )  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """The answer to one of many: its own text, how its author is addressed, and the version that was read."""

    proposal: Proposal
    reason: str
    version: int = 0
    salutation: str | None = None


@transaction.atomic
def prepare_replies(
    answers: Sequence[Answer],
    *,
    by: User,
    outcome: str,
    signed_name: str,
    signed_title: str = "",
    forwarded_to: str = "",
    person: Person | None = None,
) -> uuid.UUID:
    """Prepare the answers to several proposals at once, all or none, and return the key that they share."""
    batch = uuid.uuid4()
    lock_proposals([answer.proposal for answer in answers])
    for answer in answers:
        try:
            prepare_reply(
                answer.proposal, by=by, outcome=outcome, reason=answer.reason, signed_name=signed_name, signed_title=signed_title,
                forwarded_to=forwarded_to, person=person, version=answer.version, salutation=answer.salutation, batch=batch,
            )  # fmt: skip
        except Changed:
            raise ChangedMeanwhile(reference=answer.proposal.reference) from None
    return batch


@transaction.atomic
def correct_reply(
    proposal: Proposal,
    *,
    by: User,
    outcome: str,
    reason: str,
    signed_name: str,
    because: str,
    signed_title: str = "",
    forwarded_to: str = "",
    person: Person | None = None,
    version: int = 0,
) -> Reply:
    """Publish a corrected answer beside the earlier one, which stays readable; author and followers are told why.

    The proposal stays answered on the day of the first answer. ``version`` is the one that was read.
    """
    (proposal,) = lock_proposals([proposal])
    authorize(by, "proposals.correct_reply", proposal)
    reply = Reply.objects.filter(proposal=proposal).first()
    if proposal.answered_at is None or reply is None:
        raise NotAnswered(reference=proposal.reference)
    if version != reply.version:
        raise Changed
    reply.outcome, reply.reason, reply.forwarded_to = outcome, reason, forwarded_to
    reply.person, reply.signed_name, reply.signed_title = person, signed_name, signed_title
    reply.version += 1
    reply.corrected_at = clock.now()
    reply.save()
    record("proposals.correct_reply", proposal, by=by, scope=proposal.process, outcome=outcome)
    kept = keep_version(reply, by=by, because=because)
    told = begin_delivery(kept, proposal)
    tell_followers(proposal, "proposals/correct_reply", told=told, reply=kept, nodes=named_in_answer(proposal))
    pass_outcome_on(proposal, reply)
    return reply


@transaction.atomic
def create_reply_template(process: Process, *, by: User, name: str, text: str, outcome: str = "") -> ReplyTemplate:
    """Keep a text from which answers of the process can begin."""
    authorize(by, "proposals.write_reply_templates", process)
    template = ReplyTemplate(process=process)
    _save_template(template, by=by, name=name, text=text, outcome=outcome)
    record("proposals.create_reply_template", template, by=by, scope=process)
    return template


@transaction.atomic
def change_reply_template(template: ReplyTemplate, *, by: User, name: str, text: str, outcome: str = "") -> None:
    """Change a template; answers that were made from it stay as they are."""
    authorize(by, "proposals.write_reply_templates", template.process)
    _save_template(template, by=by, name=name, text=text, outcome=outcome)
    record("proposals.change_reply_template", template, by=by, scope=template.process)


def _save_template(template: ReplyTemplate, *, by: User, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(template, name, value)
    template.changed_at, template.changed_by = clock.now(), by
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:
        if "proposals_replytemplate_name_once" not in str(error):
            raise
        raise TemplateExists from None


@transaction.atomic
def delete_reply_template(template: ReplyTemplate, *, by: User) -> None:
    """Delete a template; answers that were made from it stay as they are."""
    authorize(by, "proposals.write_reply_templates", template.process)
    record("proposals.delete_reply_template", template, by=by, scope=template.process)
    template.delete()
