# SPDX-License-Identifier: EUPL-1.2
"""What is done with the term of one entry: treated under another act, extended, its author told."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.dates import short_date
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.proposals.models import Author, Extension, Proposal
from talka.proposals.operations.receiving import ProposalWithdrawn, lock_proposals, tell_author
from talka.proposals.operations.terms import put_dates
from talka.proposals.queries.terms import Reckoning, longest_extension


class AnsweredAlready(Refused):
    message = _("This proposal has been answered; its term no longer changes.")


class NoExtension(Refused):
    message = _("The term of this entry cannot be extended, or not any further.")


class TermOver(Refused):
    message = _(
        "The term ended on %(day)s. It can be extended only while it runs; answer now, and say why it took longer."
    )


class OutsideExtension(Refused):
    message = _("Choose a day after %(after)s and no later than %(until)s.")


def _said(day: date) -> str:
    return short_date(day, "en" if get_language() == "en" else "lv")


def _lock_waiting(proposal: Proposal) -> Proposal:
    (proposal,) = lock_proposals([proposal])
    if proposal.withdrawn_at is not None:
        raise ProposalWithdrawn
    if proposal.answered_at is not None:
        raise AnsweredAlready
    return proposal


@transaction.atomic
def change_regime(proposal: Proposal, *, by: User, regime: str, signed: bool, reason: str) -> None:
    """Treat an entry under another act, or as signed or not; its days follow from that."""
    authorize(by, "proposals.change_regime", proposal)
    proposal = _lock_waiting(proposal)
    if (regime, signed) == (proposal.regime, proposal.signed):
        return
    proposal.regime, proposal.signed = regime, signed
    last = proposal.extensions.last()
    put_dates(proposal, Reckoning(), last.until if last is not None else None)
    proposal.save(update_fields=["regime", "signed", "term", "due_on", "forward_by"])
    record(
        "proposals.change_regime", proposal, by=by, scope=proposal.process, reason=reason, regime=regime, signed=signed
    )


@transaction.atomic
def extend_term(proposal: Proposal, *, by: User, until: date, reason: str) -> Extension:
    """Give the answer a later day, within what the act allows and while the term runs; the author gets a letter.

    Authors who cannot be written to stay to be told: ``note_extension_told``.
    """
    authorize(by, "proposals.extend_term", proposal)
    proposal = _lock_waiting(proposal)
    longest = longest_extension(proposal)
    if longest is None or proposal.due_on is None:
        raise NoExtension
    if proposal.due_on < clock.today():
        raise TermOver(day=_said(proposal.due_on))
    if not proposal.due_on < until <= longest:
        raise OutsideExtension(after=_said(proposal.due_on), until=_said(longest))
    extension = Extension.objects.create(
        proposal=proposal, due_before=proposal.due_on, until=until, reason=reason, extended_by=by
    )
    proposal.due_on = until
    proposal.save(update_fields=["due_on"])
    record("proposals.extend_term", proposal, by=by, scope=proposal.process, until=until.isoformat())
    told = tell_author(proposal, "proposals/extend_term", extension=extension)
    if told:
        _mark_told(extension, Author.AnswerBy.EMAIL)
    return extension


@transaction.atomic
def note_extension_told(extension: Extension, *, by: User, told_by: str) -> None:
    """Record that the author was told of a later day by letter or telephone; doing it twice changes nothing."""
    authorize(by, "proposals.note_extension_told", extension.proposal)
    extension = (
        Extension.objects.select_for_update(of=("self",)).select_related("proposal__process").get(pk=extension.pk)
    )
    if extension.told_at is None:
        _mark_told(extension, told_by)
        proposal = extension.proposal
        record("proposals.note_extension_told", proposal, by=by, scope=proposal.process, told_by=told_by)


def _mark_told(extension: Extension, told_by: str) -> None:
    extension.told_at, extension.told_by = clock.now(), told_by
    extension.save(update_fields=["told_at", "told_by"])
