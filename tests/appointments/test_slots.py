# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, date, datetime, time, timedelta

import pytest

from talka.appointments.days_off import days_off
from talka.appointments.slots import Hours, Slot, free_seats, open_days, read_rule, regular_days, slots_on, weekly_rule
from tests.appointments.factories import RIGA

TWENTY = timedelta(minutes=20)


def hours_of(slots: list[Slot]) -> list[str]:
    """Return the hours on the wall at which slots begin."""
    return [slot.starts_at.astimezone(RIGA).strftime("%H:%M") for slot in slots]


def cut(day: date, opens: int, closes: int, minutes: int = 30) -> list[Slot]:
    """Cut a day without a break into slots for one."""
    return slots_on(day, Hours(time(opens), time(closes)), length=timedelta(minutes=minutes), seats=1, zone=RIGA)


def test_the_hour_that_does_not_exist_has_no_slots() -> None:
    slots = cut(date(2026, 3, 29), 2, 5)
    assert hours_of(slots) == ["02:00", "02:30", "04:00", "04:30"]
    assert [slot.starts_at for slot in slots] == [
        datetime(2026, 3, 29, 0, tzinfo=UTC) + timedelta(minutes=30 * n) for n in range(4)
    ]


def test_the_hour_that_comes_twice_has_its_slots_once() -> None:
    slots = cut(date(2026, 10, 25), 2, 5)
    assert hours_of(slots) == ["02:00", "02:30", "03:00", "03:30", "04:00", "04:30"]
    assert slots[3].starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert slots[4].starts_at == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)
    assert all(slot.ends_at - slot.starts_at == timedelta(minutes=30) for slot in slots)


def test_hours_on_the_wall_stay_the_same_when_the_clock_changes() -> None:
    before, after = cut(date(2026, 10, 20), 15, 16), cut(date(2026, 10, 27), 15, 16)
    assert hours_of(before) == hours_of(after) == ["15:00", "15:30"]
    assert after[0].starts_at - before[0].starts_at == timedelta(days=7, hours=1)


def test_the_rest_of_a_day_that_is_shorter_than_a_slot_is_not_given_away() -> None:
    assert hours_of(cut(date(2026, 11, 24), 15, 16, 25)) == ["15:00", "15:25"]


def test_slots_begin_anew_after_the_break() -> None:
    hours = Hours(time(15), time(17), time(15, 50), time(16, 10))
    slots = slots_on(date(2026, 11, 24), hours, length=TWENTY, seats=2, zone=RIGA)
    assert hours_of(slots) == ["15:00", "15:20", "16:10", "16:30"]
    assert {slot.seats for slot in slots} == {2}


@pytest.mark.parametrize(("weekdays", "every"), [([1], 1), ([0, 2, 4], 2), ([6], 1)])
def test_a_rule_is_read_as_it_was_written(weekdays: list[int], every: int) -> None:
    assert read_rule(weekly_rule(weekdays, every)) == (weekdays, every)


def test_every_second_week_is_counted_from_the_week_of_the_first_day() -> None:
    days = regular_days(weekly_rule([1], 2), date(2026, 11, 5), None, date(2026, 11, 1), date(2026, 12, 31))
    assert [str(day) for day in days] == ["2026-11-17", "2026-12-01", "2026-12-15", "2026-12-29"]


def test_no_day_lies_before_the_first_or_after_the_last() -> None:
    days = regular_days(weekly_rule([1]), date(2026, 11, 10), date(2026, 11, 24), date(2026, 1, 1), date(2027, 1, 1))
    assert [str(day) for day in days] == ["2026-11-10", "2026-11-17", "2026-11-24"]
    assert regular_days(weekly_rule([1]), date(2026, 11, 10), None, date(2026, 1, 1), date(2026, 2, 1)) == []


def test_public_holidays_are_left_out_and_a_person_may_open_one() -> None:
    usual, own = Hours(time(15), time(17)), Hours(time(9), time(10))
    free = days_off(date(2026, 11, 1), date(2026, 11, 30))
    assert date(2026, 11, 18) in free
    days = [date(2026, 11, 11), date(2026, 11, 18), date(2026, 11, 25)]
    assert list(open_days(days, usual, free=free, special={})) == [days[0], days[2]]
    assert open_days(days, usual, free=free, special={days[1]: own, days[2]: None}) == {days[0]: usual, days[1]: own}


def test_a_slot_is_taken_by_whatever_touches_it() -> None:
    at = datetime(2026, 11, 24, 13, tzinfo=UTC)
    slot = Slot(at, at + TWENTY, 2)
    assert free_seats(slot, [(at + timedelta(minutes=10), at + timedelta(minutes=30), 2)]) == [1]
    assert free_seats(slot, [(at + TWENTY, at + 2 * TWENTY, 1), (at - TWENTY, at, 2)]) == [1, 2]
    assert free_seats(slot, [(at, at + TWENTY, 1), (at, at + TWENTY, 2)]) == []
