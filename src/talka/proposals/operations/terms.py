# SPDX-License-Identifier: EUPL-1.2
"""The terms of acts and the moved working days, as people change them; what waits for an answer is reckoned anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core.editing import changed_names, check_unchanged
from talka.core.errors import Refused
from talka.core.jobs import put_off
from talka.core.permissions import authorize
from talka.processes.models import Process
from talka.proposals.models import Extension, MovedDay, Proposal, ProposalQuerySet, Term
from talka.proposals.queries.terms import Reckoning

AT_ONCE = 200
"""As many entries are reckoned anew while the person waits; more of them by the queue."""

BATCH = 1000


class TermKnown(Refused):
    message = _("There is a term for the same that holds from the same day. Change that one.")


class LastTerm(Refused):
    message = _("This is the only term of the installation for it. Enter another before you remove this one.")


class DayKnown(Refused):
    message = _("This day has been entered already. Remove that entry first.")


@transaction.atomic
def save_term(process: Process | None, *, by: User, term: Term | None = None, seen: str = "", **fields: Any) -> Term:
    """Enter or change a term of the installation or, with a process, one that it sets for itself.

    ``fields`` are those of the model, ``seen`` their version when read. Days that follow from the term are reckoned anew.
    """
    authorize(by, "proposals.save_term", process)
    same = {name: fields[name] for name in ("regime", "applies_to", "valid_from")}
    list(Term.objects.select_for_update().filter(process=process))
    if term is not None:
        term = Term.objects.get(pk=term.pk)
        check_unchanged(term, fields, seen)
    if any(one != term for one in Term.objects.filter(process=process, **same)):
        raise TermKnown
    known, changed = {same["regime"]}, sorted(fields)
    if term is not None:
        known.add(term.regime)
        changed = changed_names(term, fields)
    term = term or Term(process=process)
    for name, value in fields.items():
        setattr(term, name, value)
    term.save()
    record("proposals.save_term", term, by=by, scope=process, fields=changed)
    renew_soon(process, regimes=known)
    return term


@transaction.atomic
def delete_term(term: Term, *, by: User) -> None:
    """Remove a term; what was reckoned by it is reckoned by the one that held before, or by that of the installation."""
    authorize(by, "proposals.delete_term", term.process)
    others = Term.objects.select_for_update().filter(process__isnull=True, regime=term.regime).exclude(pk=term.pk)
    if term.process is None and not others:
        raise LastTerm
    record("proposals.delete_term", term, by=by, scope=term.process)
    process, regime = term.process, term.regime
    term.delete()
    renew_soon(process, regimes={regime})


@transaction.atomic
def move_day(day: date, *, by: User, is_working: bool, reason: str) -> MovedDay:
    """Record that offices work on a day that would be free, or are closed on one that would be worked on."""
    authorize(by, "proposals.move_day", None)
    moved, created = MovedDay.objects.get_or_create(day=day, defaults={"is_working": is_working, "reason": reason})
    if not created:
        raise DayKnown
    record("proposals.move_day", moved, by=by, reason=reason, is_working=is_working)
    renew_soon(None)
    return moved


@transaction.atomic
def restore_day(moved: MovedDay, *, by: User) -> None:
    """Take back that a day was moved; it is again what it would be."""
    authorize(by, "proposals.restore_day", None)
    record("proposals.restore_day", moved, by=by)
    moved.delete()
    renew_soon(None)


# --- Reckoning anew -------------------------------------------------------------------------------


def waiting(process_id: int | None, regimes: set[str] | None) -> ProposalQuerySet:
    """Return the entries that wait for an answer, of one process or all, under some regimes or all."""
    rows = Proposal.objects.filter(answered_at__isnull=True, withdrawn_at__isnull=True)
    if process_id is not None:
        rows = rows.filter(process=process_id)
    return rows.filter(regime__in=regimes) if regimes is not None else rows


def renew_soon(process: Process | None, *, regimes: set[str] | None = None) -> None:
    """Reckon the days of what waits anew: now where there are few entries, by the queue where there are many."""
    key = process.pk if process is not None else None
    if waiting(key, regimes).order_by()[: AT_ONCE + 1].count() <= AT_ONCE:
        renew_dates(key, regimes=regimes)
    else:
        named: Any = sorted(regimes) if regimes is not None else None
        put_off("talka.proposals.tasks.renew_dates_of_waiting", process_id=key, regimes=named)


def renew_dates(process_id: int | None, *, regimes: set[str] | None = None) -> int:
    """Give every waiting entry the days that follow from terms and moved days as they are now; return how many changed.

    Doing it twice changes nothing. Of an extended term the later day stays.
    """
    reckoning, number = Reckoning(), 0
    for keys in _batches(waiting(process_id, regimes)):
        with transaction.atomic():
            rows = Proposal.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
            rows = rows.defer("text", "search")
            extended = dict(
                Extension.objects.filter(proposal__in=keys)
                .order_by("extended_at", "pk")
                .values_list("proposal", "until")
            )
            changed = [row for row in rows if row.waits and put_dates(row, reckoning, extended.get(row.pk))]
            Proposal.objects.bulk_update(changed, ["term_id", "due_on", "forward_by"], batch_size=BATCH)
            number += len(changed)
    return number


def _batches(rows: ProposalQuerySet) -> Iterator[list[int]]:
    last = 0
    while keys := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield keys
        last = keys[-1]


def put_dates(proposal: Proposal, reckoning: Reckoning, extended_until: date | None = None) -> bool:
    """Set term and days of an entry without saving it; say whether any of them is another than before."""
    before = (proposal.term_id, proposal.due_on, proposal.forward_by)
    found = reckoning.dates(proposal.process_id, proposal.received_on, regime=proposal.regime, signed=proposal.signed)
    proposal.term_id = found.rule.key if found else None
    proposal.due_on, proposal.forward_by = (found.due_on, found.forward_by) if found else (None, None)
    if proposal.due_on is not None and extended_until is not None:
        proposal.due_on = max(proposal.due_on, extended_until)
    return before != (proposal.term_id, proposal.due_on, proposal.forward_by)
