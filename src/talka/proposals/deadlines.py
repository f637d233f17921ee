# SPDX-License-Identifier: EUPL-1.2
"""When an answer is due: from the day of receipt, the channel, the signature and the legal regime, by the rules of that day.

Terms are counted as Latvian law counts them (Administratīvā procesa likums, Civillikums): the day of receipt is not counted;
a term in months ends on the same day of a later month, or on its last day where there is no such day; a term of days or
months that ends on a day off ends on the next working day. Plain values in and out; no number of a law stands here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from talka.core.working_days import WorkingDays


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True)
class Span:
    """A length of time, such as ten working days."""

    number: int
    unit: Unit


@dataclass(frozen=True)
class Rule:
    """What an act asks for, from a day on, of one regime.

    ``signed``: holds for signed ones, for unsigned ones, or (``None``) for both. ``extension`` is the longest term in all, counted
    from the same day as the answer. ``after_end``: the answer is counted from the end of the consultation. ``own``: set by a process
    for itself, which takes precedence.
    """

    regime: str
    valid_from: date
    answer: Span
    forward: Span | None = None
    extension: Span | None = None
    signed: bool | None = None
    after_end: bool = False
    own: bool = False
    key: int | None = None


class Calendar(WorkingDays):
    """Latvian working days, on which a term ends."""

    def ends(self, day: date, span: Span) -> date:
        """Return the last day of a term that begins on a day.

        >>> Calendar().ends(date(2026, 11, 24), Span(10, Unit.WORKING_DAYS))
        datetime.date(2026, 12, 8)
        >>> Calendar().ends(date(2026, 1, 31), Span(1, Unit.MONTHS))  # the last of February is a Saturday
        datetime.date(2026, 3, 2)
        """
        if span.unit == Unit.WORKING_DAYS:
            return self.later(day, span.number)
        if span.unit == Unit.MONTHS:
            return self.next_working(day + relativedelta(months=span.number))
        return self.next_working(day + timedelta(days=span.number))


@dataclass(frozen=True)
class Dates:
    """What follows for one entry: the rule, until when to answer and to forward, how far the term can be extended (or not at all)."""

    rule: Rule
    due_on: date
    forward_by: date | None
    extend_until: date | None


SIGNED_BY_WAY = {"paper": True, "desk": True, "geolatvija": True}
"""The channels whose entries are signed, or their senders identified, as a rule; all others are not."""


def usually_signed(channel: str) -> bool:
    """Say whether what comes by a channel counts as signed unless somebody says otherwise.

    >>> usually_signed("paper"), usually_signed("web"), usually_signed("phone")
    (True, False, False)
    """
    return SIGNED_BY_WAY.get(channel, False)


def rule_for(rules: Iterable[Rule], day: date, *, regime: str, signed: bool) -> Rule | None:
    """Return the rule that held on a day: a process's own before the common one, the latest, the one for this kind of signature.

    >>> old = Rule("submission", date(2008, 1, 1), Span(1, Unit.MONTHS))
    >>> new = Rule("submission", date(2026, 3, 1), Span(10, Unit.WORKING_DAYS))
    >>> rule_for([new, old], date(2026, 2, 28), regime="submission", signed=True) == old
    True
    >>> rule_for([old, new], date(2026, 3, 1), regime="submission", signed=False) == new
    True
    """
    held = [
        rule for rule in rules if rule.regime == regime and rule.valid_from <= day and rule.signed in {None, signed}
    ]
    return max(held, key=lambda rule: (rule.own, rule.valid_from, rule.signed is not None), default=None)


def dates_for(
    received_on: date,
    *,
    channel: str = "",
    signed: bool | None = None,
    regime: str,
    rules: Iterable[Rule],
    calendar: Calendar,
    consultation_ends: date | None = None,
) -> Dates | None:
    """Return until when to answer what was received on a day; nothing where no rule holds.

    ``signed`` as usual for the channel where it is not said. A consultation without a known end is counted from the receipt, and
    so is what comes after its end.

    >>> rules = [Rule("submission", date(2026, 3, 1), Span(10, Unit.WORKING_DAYS), Span(5, Unit.WORKING_DAYS), Span(1, Unit.MONTHS))]
    >>> found = dates_for(date(2026, 6, 15), channel="web", regime="submission", rules=rules, calendar=Calendar())
    >>> str(found.due_on), str(found.forward_by), str(found.extend_until)  # around Midsummer
    ('2026-07-01', '2026-06-25', '2026-07-15')
    """
    is_signed = usually_signed(channel) if signed is None else signed
    rule = rule_for(rules, received_on, regime=regime, signed=is_signed)
    if rule is None:
        return None
    begins = max(received_on, consultation_ends or received_on) if rule.after_end else received_on
    due_on = calendar.ends(begins, rule.answer)
    longest = calendar.ends(begins, rule.extension) if rule.extension else None
    return Dates(
        rule=rule,
        due_on=due_on,
        forward_by=calendar.ends(received_on, rule.forward) if rule.forward else None,
        extend_until=longest if longest is not None and longest > due_on else None,
    )
