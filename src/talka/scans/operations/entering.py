# SPDX-License-Identifier: EUPL-1.2
"""From a page to an entry of the register, by one person at a time."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.entering import attach_originals, take_back_entry
from talka.proposals.operations.receiving import register_proposal
from talka.scans.models import HELD_FOR, Scan
from talka.scans.queries import next_of, originals_of, previous_of


class ScanClosed(Refused):
    message = _("This sheet has been dealt with already.")


class ScanHeld(Refused):
    message = _("%(who)s is entering this sheet now.")


class NothingToUndo(Refused):
    message = _("There is nothing of yours to undo.")


class NothingBefore(Refused):
    message = _("There is no sheet before this one to which it could be joined.")


class NothingAfter(Refused):
    message = _("There is no sheet after this one that could be joined to it.")


class NeighborEntered(Refused):
    message = _("The sheet before this one has been entered as %(reference)s. Undo that entry first, then join.")


def _lock(scan: Scan, *, by: User) -> Scan:
    """Return a scan of which nothing has become yet, locked; refuse one that somebody else has."""
    locked = Scan.objects.select_for_update(of=("self",)).select_related("process", "held_by").get(pk=scan.pk)
    if locked.closed_at is not None:
        raise ScanClosed
    if locked.is_held_from(by):
        raise ScanHeld(who=locked.held_by)
    return locked


def _hold(scan: Scan, *, by: User) -> Scan:
    """Give a locked scan to somebody, and back what they held before."""
    Scan.objects.filter(process=scan.process_id, held_by=by).exclude(pk=scan.pk).update(held_by=None, held_until=None)
    scan.held_by, scan.held_until = by, clock.now() + HELD_FOR
    scan.save(update_fields=["held_by", "held_until"])
    return scan


def _close(scan: Scan, *, by: User) -> None:
    scan.closed_at, scan.closed_by, scan.held_by, scan.held_until = clock.now(), by, None, None
    scan.save(
        update_fields=[
            "closed_at", "closed_by", "held_by", "held_until", "proposal", "joined_to", "discarded_because",
        ]
    )  # fmt: skip


@transaction.atomic
def take_next(process: Process, *, by: User) -> Scan | None:
    """Give the next sheet of the pile to somebody: the one they have, else one that nobody has; two never get the same."""
    authorize(by, "scans.take_next", process)
    free = Scan.objects.select_for_update(skip_locked=True, of=("self",)).filter(process=process).free_for(by)
    mine = free.filter(held_by=by, held_until__gte=clock.now())
    scan = mine.in_turn().first() or free.in_turn().first()
    return _hold(scan, by=by) if scan is not None else None


@transaction.atomic
def take_scan(scan: Scan, *, by: User) -> None:
    """Give this sheet to somebody."""
    authorize(by, "scans.take_scan", scan)
    _hold(_lock(scan, by=by), by=by)


@transaction.atomic
def register_scan(
    scan: Scan, *, content: Content, sender: Sender, key: uuid.UUID, received_at: datetime, by: User
) -> Proposal:
    """Make an entry of the register of a letter, with its pages as files; sent twice it gives the same entry."""
    authorize(by, "scans.register_scan", scan)
    Scan.objects.select_for_update().get(pk=scan.pk)
    earlier = Proposal.objects.select_related("process").filter(scans=scan.pk).first()
    if earlier is not None:
        return earlier
    locked = _lock(scan, by=by)
    proposal = register_proposal(
        locked.process, content=content, sender=sender, key=uuid.uuid5(key, f"scan {locked.pk} {locked.taken_back_id}"),
        channel=Proposal.Channel.PAPER, received_at=received_at, by=by,
    )  # fmt: skip
    attach_originals(proposal, originals_of(locked), by=by)
    locked.proposal = proposal
    _close(locked, by=by)
    record("scans.register_scan", locked, by=by, scope=locked.process, reference=proposal.reference)
    return proposal


@transaction.atomic
def skip_scan(scan: Scan, *, by: User) -> None:
    """Put a sheet at the end of the pile."""
    authorize(by, "scans.skip_scan", scan)
    locked = _lock(scan, by=by)
    locked.skipped_at, locked.held_by, locked.held_until = clock.now(), None, None
    locked.save(update_fields=["skipped_at", "held_by", "held_until"])


@transaction.atomic
def discard_scan(scan: Scan, *, reason: str, by: User) -> None:
    """Lay a sheet aside that is not a proposal, such as an advertisement."""
    authorize(by, "scans.discard_scan", scan)
    locked = _lock(scan, by=by)
    locked.discarded_because = reason
    _close(locked, by=by)
    record("scans.discard_scan", locked, by=by, scope=locked.process, reason=reason)


@transaction.atomic
def join_to_previous(scan: Scan, *, by: User) -> Scan:
    """Make one letter of this sheet and the one before it, which is returned."""
    authorize(by, "scans.join_scans", scan)
    previous = previous_of(scan)
    if previous is None:
        raise NothingBefore
    if previous.proposal is not None:
        raise NeighborEntered(reference=previous.proposal.reference)
    return _join(previous, scan, by=by)


@transaction.atomic
def join_next(scan: Scan, *, by: User) -> Scan:
    """Make one letter of this sheet and the one after it; return the sheet that was added."""
    authorize(by, "scans.join_scans", scan)
    following = next_of(scan)
    if following is None:
        raise NothingAfter
    _join(scan, following, by=by)
    return following


def _join(first: Scan, second: Scan, *, by: User) -> Scan:
    first, second = _lock(first, by=by), _lock(second, by=by)  # the lower key first, as everybody does
    Scan.objects.filter(joined_to=second).update(joined_to=first)
    second.joined_to = first
    _close(second, by=by)
    record("scans.join_scans", second, by=by, scope=second.process, to=str(first))
    return _hold(first, by=by)


@dataclass(frozen=True)
class Undone:
    """What was taken back: the sheet that lies open again, and the number that stays in the register, if there was one."""

    scan: Scan
    reference: str = ""


@transaction.atomic
def undo_last(process: Process, *, by: User) -> Undone:
    """Take back what this person did last: an entry (its number stays, marked as a mistake), a discard, a joining."""
    authorize(by, "scans.undo_last", process)
    mine = Scan.objects.select_for_update(of=("self",)).filter(process=process, closed_by=by, closed_at__isnull=False)
    scan = mine.select_related("process", "proposal", "joined_to").order_by("-closed_at", "-pk").first()
    if scan is None:
        raise NothingToUndo
    joined_to, reference = scan.joined_to, ""
    if scan.proposal is not None:
        take_back_entry(scan.proposal, by=by)
        reference, scan.taken_back, scan.proposal = scan.proposal.reference, scan.proposal, None
    scan.joined_to, scan.discarded_because = None, ""
    scan.closed_at = scan.closed_by = scan.skipped_at = None
    scan.save()
    record("scans.undo_last", scan, by=by, scope=process)
    opened = joined_to if joined_to is not None and joined_to.closed_at is None else scan
    return Undone(_hold(_lock(opened, by=by), by=by), reference)
