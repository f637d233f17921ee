# SPDX-License-Identifier: EUPL-1.2
"""Figures of the register."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Avg, F, Sum

from talka.processes.models import Process, Role
from talka.proposals.models import READERS, Proposal, Tally

_WAITING = (Proposal.State.RECEIVED, Proposal.State.ASSIGNED)


@dataclass(frozen=True)
class Figures:
    """The tiles of the register, of what the person sees in it.

    ``waiting``: neither answered nor withdrawn; ``unassigned``: those of them given to nobody; ``prepared``: those of
    them with an answer that is not published; ``late``: those of
    them whose answer was due before today; ``answered``: with a published answer; ``average_days``: from the moment of
    receipt to that of the answer, over all answered, in days with one decimal, ``None`` without any.
    """

    waiting: int
    unassigned: int
    prepared: int
    late: int
    answered: int
    average_days: float | None


def figures(process: Process, user: Any) -> Figures:
    """Count what the person sees in the register; for those who see all of it, from the kept counters."""
    rows = Proposal.objects.worked_on_by(user).filter(process=process)
    if Role.objects.held_by(user, process, *READERS).exists():
        rows = Proposal.objects.filter(process=process)
        kept = Tally.objects.filter(process=process).values("state").annotate(all=Sum("number"))
        numbers = {row["state"]: row["all"] for row in kept}
    else:
        states = (*_WAITING, Proposal.State.ANSWERED)
        numbers = {str(state): rows.in_state(state).count() for state in states}
    prepared = rows.filter(answered_at__isnull=True, withdrawn_at__isnull=True, reply__isnull=False).count()
    took: timedelta | None = rows.in_state("answered").aggregate(mean=Avg(F("answered_at") - F("received_at")))["mean"]
    return Figures(
        waiting=numbers.get("received", 0) + numbers.get("assigned", 0),
        unassigned=numbers.get("received", 0),
        prepared=prepared,
        late=rows.late().count(),
        answered=numbers.get("answered", 0),
        average_days=round(took.total_seconds() / 86_400, 1) if took is not None else None,
    )


def count_waiting(process: Process) -> int:
    """Return how many proposals of a process have neither been answered nor withdrawn."""
    return Tally.objects.filter(process=process, state__in=_WAITING).aggregate(all=Sum("number"))["all"] or 0
