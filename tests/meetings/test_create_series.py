# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from talka.accounts.models import User
from talka.audit.models import Event
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting, Series
from talka.meetings.operations.calling import cancel_meeting, change_meeting
from talka.meetings.operations.series import (
    RuleUnreadable,
    SeriesEmpty,
    change_series,
    create_series,
    end_series,
    make_meetings,
    prolong_series,
)
from talka.processes.models import Process
from tests.meetings.factories import at, make_place

TWICE_A_MONTH = "FREQ=MONTHLY;BYDAY=1TU,3TU"


def make_series(
    process: Process, by: User, rule: str = TWICE_A_MONTH, starts: str = "2030-01-01 13:00", **fields: Any
) -> Series:
    return create_series(process, title="Darba grupas sanāksme", rule=rule, starts_at=at(starts), by=by, **fields)


def times(series: Series) -> list[str]:
    meetings = series.meetings.filter(cancelled_at__isnull=True).order_by("starts_at")
    return [f"{timezone.localtime(one.starts_at):%Y-%m-%d %H:%M}" for one in meetings]


def test_a_group_meets_twice_a_month_but_not_on_holidays(process: Process, group: WorkingGroup, carol: User) -> None:
    series = make_series(process, carol, f"{TWICE_A_MONTH};COUNT=5", groups=[group], place=make_place())
    assert times(series) == ["2030-01-15 13:00", "2030-02-05 13:00", "2030-02-19 13:00", "2030-03-05 13:00"]
    meeting = series.meetings.earliest("starts_at")
    assert (list(meeting.groups.all()), meeting.ends_at) == ([group], at("2030-01-15 15:00"))
    assert len({one.uid for one in series.meetings.all()}) == 4
    assert Event.objects.filter(verb="meetings.create_series").exists()


@pytest.mark.parametrize(
    ("holidays", "first"), [("keep", "2030-01-01"), ("skip", "2030-01-08"), ("move", "2030-01-02")]
)
def test_a_holiday_is_kept_left_out_or_moved(process: Process, carol: User, holidays: str, first: str) -> None:
    series = make_series(process, carol, "FREQ=WEEKLY;COUNT=3", holidays=holidays)
    assert times(series)[0] == f"{first} 13:00"


def test_days_of_ones_own_are_left_out(process: Process, carol: User) -> None:
    series = make_series(process, carol, "FREQ=WEEKLY;COUNT=3", "2030-02-05 13:00", left_out=["2030-02-12"])
    assert times(series) == ["2030-02-05 13:00", "2030-02-19 13:00"]


def test_the_hour_stays_over_both_changes_of_the_clock(process: Process, carol: User) -> None:
    assert times(make_series(process, carol, "FREQ=WEEKLY;COUNT=2", "2030-03-26 13:00")) == [
        "2030-03-26 13:00",
        "2030-04-02 13:00",
    ]
    assert times(make_series(process, carol, "FREQ=WEEKLY;COUNT=2", "2030-10-22 13:00")) == [
        "2030-10-22 13:00",
        "2030-10-29 13:00",
    ]
    night = make_series(process, carol, "FREQ=DAILY;COUNT=2", "2030-03-30 03:30")
    assert times(night) == ["2030-03-30 03:30", "2030-03-31 04:30"]


def test_a_series_without_an_end_grows_and_makes_nothing_twice(process: Process, carol: User) -> None:
    series = make_series(process, carol, "FREQ=WEEKLY", "2030-01-08 13:00")
    number = series.meetings.count()
    assert 20 <= number <= 27
    assert make_meetings(series) == 0
    series.meetings.order_by("starts_at").last().delete()  # type: ignore[union-attr]
    assert prolong_series() == 1
    assert series.meetings.count() == number


@pytest.mark.parametrize("rule", ["", "FREQ=HOURLY", "FREQ=WEEKLY;BYDAY=XX"])
def test_a_rule_that_cannot_be_read_is_refused(process: Process, carol: User, rule: str) -> None:
    with pytest.raises(RuleUnreadable):
        make_series(process, carol, rule)
    assert not Series.objects.exists()


def test_meetings_made_later_keep_the_new_hour(process: Process, carol: User) -> None:
    series = make_series(process, carol, "FREQ=WEEKLY", "2030-01-08 13:00")
    change_series(series, by=carol, since=at("2030-01-01 00:00"), shift=timedelta(hours=4))
    last = series.meetings.latest("starts_at")
    last.delete()
    assert prolong_series() == 1
    assert {time[-5:] for time in times(series)} == {"17:00"}


def test_a_series_without_a_meeting_is_refused(process: Process, carol: User) -> None:
    with pytest.raises(SeriesEmpty):
        make_series(process, carol, "FREQ=WEEKLY;UNTIL=20300101")


def test_others_may_not(process: Process, eve: User, clara: User) -> None:
    for person in (eve, clara):
        with pytest.raises(PermissionDenied):
            make_series(process, person)


def test_one_changed_apart_is_kept_when_all_following_change(process: Process, carol: User) -> None:
    series = make_series(process, carol, "FREQ=WEEKLY;COUNT=4", "2030-02-05 13:00")
    second = series.meetings.order_by("starts_at")[1]
    change_meeting(second, by=carol, title="Citādi")
    place = make_place()
    assert change_series(series, by=carol, since=at("2030-02-12 00:00"), shift=timedelta(hours=4), place=place) == 2
    assert times(series) == ["2030-02-05 13:00", "2030-02-12 13:00", "2030-02-19 17:00", "2030-02-26 17:00"]
    changed = Meeting.objects.get(starts_at=at("2030-02-19 17:00"))
    assert (changed.sequence, changed.place, changed.ends_at) == (1, place, at("2030-02-19 19:00"))
    assert change_series(series, by=carol, since=at("2030-02-12 00:00"), apart=True, title="Visas") == 3


def test_a_cancelled_one_stays_cancelled_and_is_not_made_again(process: Process, carol: User) -> None:
    series = make_series(process, carol, "FREQ=WEEKLY;COUNT=3", "2030-02-05 13:00")
    cancel_meeting(series.meetings.order_by("starts_at")[0], by=carol)
    assert make_meetings(series) == 0
    assert change_series(series, by=carol, since=at("2030-02-01 00:00"), title="Jaunais") == 2


def test_what_has_been_held_does_not_change(process: Process, carol: User) -> None:
    series = make_series(process, carol, "FREQ=WEEKLY;COUNT=3", "2030-02-05 13:00")
    Meeting.objects.filter(starts_at=at("2030-02-05 13:00")).update(
        starts_at=at("2020-02-05 13:00"), ends_at=at("2020-02-05 15:00")
    )
    assert change_series(series, by=carol, since=at("2020-01-01 00:00"), title="Jaunais") == 2
    assert end_series(series, by=carol, since=at("2020-01-01 00:00")) == 2
    assert times(series) == ["2020-02-05 13:00"]


def test_an_ended_series_removes_what_nobody_was_told_of_and_cancels_the_rest(process: Process, carol: User) -> None:
    series = make_series(process, carol, "FREQ=WEEKLY;COUNT=3", "2030-02-05 13:00")
    Meeting.objects.filter(starts_at=at("2030-02-19 13:00")).update(agenda_sent_at=at("2030-01-01 00:00"))
    assert end_series(series, by=carol, since=at("2030-02-12 00:00"), reason="Darbs pabeigts.") == 2
    assert times(series) == ["2030-02-05 13:00"]
    assert series.meetings.get(cancelled_at__isnull=False).cancelled_because == "Darbs pabeigts."
    series.refresh_from_db()
    assert make_meetings(series) == 0
