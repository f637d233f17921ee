# SPDX-License-Identifier: EUPL-1.2
"""The reckoning of terms, against days counted by hand on a calendar and against what must always hold."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.proposals.deadlines import Calendar, Rule, Span, Unit, dates_for, rule_for

OLD = Rule(
    "submission", date(2008, 1, 1), Span(1, Unit.MONTHS), Span(7, Unit.WORKING_DAYS), Span(4, Unit.MONTHS), key=1
)
NEW = Rule(
    "submission", date(2026, 3, 1), Span(10, Unit.WORKING_DAYS), Span(5, Unit.WORKING_DAYS), Span(1, Unit.MONTHS), key=2
)  # fmt: skip
CONSULTATION = Rule("consultation", date(2008, 1, 1), Span(30, Unit.DAYS), after_end=True)

DAYS = st.dates(date(2008, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("received", "due", "forward", "longest"),
    [
        ("2026-02-28", "2026-03-30", "2026-03-10", "2026-06-29"),  # the last day of the old law, a Saturday
        ("2026-03-01", "2026-03-13", "2026-03-06", "2026-04-01"),  # the first day of the new one, a Sunday
        ("2026-03-07", "2026-03-20", "2026-03-13", "2026-04-07"),  # a Saturday; its month ends after Easter Monday
        ("2026-03-26", "2026-04-13", "2026-04-02", "2026-04-27"),  # Good Friday and Easter Monday between
        ("2026-04-23", "2026-05-11", "2026-04-30", "2026-05-25"),  # 1 and 4 May between; its month ends at Pentecost
        ("2026-06-15", "2026-07-01", "2026-06-25", "2026-07-15"),  # Midsummer; 22 June free, 27 June worked on
        ("2027-06-15", "2027-07-01", "2027-06-22", "2027-07-15"),  # Midsummer in the middle of a week
        ("2026-11-13", "2026-11-30", "2026-11-23", "2026-12-14"),  # 18 November on a Wednesday
        ("2028-11-10", "2028-11-27", "2028-11-17", "2028-12-11"),  # 18 November on a Saturday: Monday is free
        ("2026-12-16", "2027-01-05", "2026-12-23", "2027-01-18"),  # Christmas and New Year
        ("2025-04-04", "2025-05-06", "2025-04-15", "2025-08-04"),  # 4 May on a Sunday: Monday is free
        ("2026-01-31", "2026-03-02", "2026-02-10", "2026-06-01"),  # no 31 February; the 28th is a Saturday
    ],
)
def test_days_counted_by_hand(received: str, due: str, forward: str, longest: str) -> None:
    found = dates_for(
        date.fromisoformat(received), channel="paper", regime="submission", rules=[OLD, NEW], calendar=Calendar()
    )
    assert found is not None
    assert (str(found.due_on), str(found.forward_by), str(found.extend_until)) == (due, forward, longest)


def test_a_day_moved_here_counts_both_ways() -> None:
    moved = Calendar({date(2026, 11, 26): False, date(2026, 11, 28): True})
    assert moved.later(date(2026, 11, 25), 1) == date(2026, 11, 27)
    assert moved.later(date(2026, 11, 25), 2) == date(2026, 11, 28), "a Saturday that is worked on"
    assert Calendar({date(2026, 11, 18): True}).later(date(2026, 11, 17), 1) == date(2026, 11, 18), (
        "a holiday worked on"
    )


def test_a_consultation_is_counted_from_its_end_or_from_what_came_after_it() -> None:
    def due(received: date, ends: date | None) -> date:
        found = dates_for(
            received,
            signed=False,
            regime="consultation",
            rules=[CONSULTATION],
            calendar=Calendar(),
            consultation_ends=ends,
        )
        assert found is not None
        assert found.extend_until is None
        return found.due_on

    assert due(date(2026, 9, 1), date(2026, 9, 30)) == date(2026, 10, 30)
    assert due(date(2026, 10, 5), date(2026, 9, 30)) == date(2026, 11, 4)
    assert due(date(2026, 9, 1), None) == date(2026, 10, 1)


def test_a_process_comes_before_the_act_and_a_rule_for_the_signature_before_one_for_both() -> None:
    own = Rule("submission", date(2026, 5, 1), Span(5, Unit.WORKING_DAYS), own=True)
    unsigned = Rule("submission", date(2026, 3, 1), Span(30, Unit.DAYS), signed=False)
    day = date(2026, 6, 1)
    assert rule_for([own, NEW, OLD], day, regime="submission", signed=True) == own
    assert rule_for([own, NEW, OLD], date(2026, 4, 30), regime="submission", signed=True) == NEW
    assert rule_for([unsigned, NEW], day, regime="submission", signed=False) == unsigned
    assert rule_for([unsigned, NEW], day, regime="submission", signed=True) == NEW


def test_without_a_rule_no_day_is_made_up() -> None:
    assert (
        dates_for(date(2007, 12, 31), channel="web", regime="submission", rules=[OLD, NEW], calendar=Calendar()) is None
    )
    assert dates_for(date(2026, 5, 5), channel="web", regime="information", rules=[NEW], calendar=Calendar()) is None


def test_an_extension_that_gives_no_day_more_is_none() -> None:
    rule = Rule("submission", date(2026, 1, 1), Span(10, Unit.WORKING_DAYS), extension=Span(14, Unit.DAYS))
    found = dates_for(date(2026, 3, 2), signed=True, regime="submission", rules=[rule], calendar=Calendar())
    assert found is not None
    assert (found.due_on, found.extend_until) == (date(2026, 3, 16), None)


@given(DAYS, st.integers(1, 60))
def test_a_term_in_working_days_holds_exactly_so_many(day: date, number: int) -> None:
    calendar = Calendar()
    due = calendar.ends(day, Span(number, Unit.WORKING_DAYS))
    between = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert sum(calendar.is_working(one) for one in between) == number
    assert calendar.is_working(due)


@given(DAYS, st.sampled_from(Unit), st.integers(1, 40))
def test_no_term_ends_on_a_day_off_or_before_it_begins_and_who_comes_later_waits_no_less(
    day: date, unit: Unit, number: int
) -> None:
    calendar, span = Calendar(), Span(number, unit)
    due = calendar.ends(day, span)
    assert calendar.is_working(due)
    assert day < due
    assert calendar.ends(day + timedelta(days=1), span) >= due


@given(DAYS, st.dictionaries(DAYS, st.booleans(), max_size=20))
@settings(max_examples=50)
def test_what_people_moved_is_believed(day: date, moved: dict[date, bool]) -> None:
    calendar = Calendar(moved | {day: True})
    assert calendar.is_working(day)
    assert calendar.next_working(day) == day
    assert all(calendar.is_working(one) == works for one, works in moved.items() if one != day)


@given(DAYS)
def test_every_day_has_one_rule_and_the_answer_is_due_within_it(day: date) -> None:
    found = dates_for(day, channel="web", regime="submission", rules=[NEW, OLD], calendar=Calendar())
    assert found is not None
    assert found.rule == (NEW if day >= NEW.valid_from else OLD)
    assert found.forward_by is not None
    assert day < found.forward_by <= found.due_on
    assert found.extend_until is not None
    assert found.due_on < found.extend_until
