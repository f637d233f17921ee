# SPDX-License-Identifier: EUPL-1.2
"""The terms that hold, the days that were moved, and what follows from both for an entry."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from talka.processes.models import Phase, Process
from talka.proposals.deadlines import Calendar, Dates, Rule, dates_for
from talka.proposals.models import MovedDay, Proposal, Regime, Term


def calendar() -> Calendar:
    """Return the Latvian working days with what was moved here."""
    return Calendar(dict(MovedDay.objects.values_list("day", "is_working")))


def terms_of(process: Process | None) -> "QuerySet[Term]":
    """Return the terms that a process set for itself; without a process, those of the installation."""
    return Term.objects.filter(process=process)


class Reckoning:
    """Reckons the days of many entries from terms, moved days and ends of consultations that are loaded once."""

    def __init__(self) -> None:
        self.calendar = calendar()
        self._rules: dict[int, list[Rule]] = {}
        self._ends: dict[int, list[Phase]] = {}

    def _rules_of(self, process_id: int) -> Iterable[Rule]:
        if process_id not in self._rules:
            terms = Term.objects.filter(Q(process=process_id) | Q(process__isnull=True))
            self._rules[process_id] = [term.rule for term in terms]
        return self._rules[process_id]

    def _consultation_end(self, process_id: int, day: date) -> date | None:
        """Return the last day of the consultation in which something came, or of the last one before it."""
        if process_id not in self._ends:
            phases = Phase.objects.filter(process=process_id, allows__contains=[Phase.Deed.OBJECT])
            self._ends[process_id] = list(phases)
        begun = [phase for phase in self._ends[process_id] if phase.starts_on and phase.starts_on <= day]
        last = max(begun, key=lambda phase: (phase.holds_on(day), phase.starts_on), default=None)
        return last.ends_on if last is not None else None

    def dates(
        self, process_id: int, received_on: date, *, regime: str, signed: bool | None, channel: str = ""
    ) -> Dates | None:
        """Return what follows for something received on a day; nothing where no term holds."""
        ends = self._consultation_end(process_id, received_on) if regime == Regime.CONSULTATION else None
        return dates_for(
            received_on, channel=channel, signed=signed, regime=regime, rules=self._rules_of(process_id),
            calendar=self.calendar, consultation_ends=ends,
        )  # fmt: skip


def longest_extension(proposal: Proposal) -> date | None:
    """Return until when the term of an entry can be extended at most; nothing where its act allows none or it is used up."""
    found = Reckoning().dates(proposal.process_id, proposal.received_on, regime=proposal.regime, signed=proposal.signed)
    if found is None or found.extend_until is None or proposal.due_on is None:
        return None
    return found.extend_until if found.extend_until > proposal.due_on else None
