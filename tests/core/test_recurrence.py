# SPDX-License-Identifier: EUPL-1.2
"""Rules that come again, against facts derived from RFC 5545 and against python-dateutil where the two have to agree."""

from datetime import date, datetime
from itertools import islice
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as some

from talka.core.recurrence.expansion import days, occurrences
from talka.core.recurrence.rules import BadRule, Rule

FOREIGN = Path(__file__).resolve().parents[3] / "shared/data/ical/icalrecur_test.txt"


def first(rule: str, starts: str, number: int = 4) -> list[str]:
    times = islice(occurrences(Rule.read(rule), datetime.fromisoformat(starts)), number)
    return [
        f"{one:%Y-%m-%d}" if starts.endswith("13:00") and one.hour == 13 else f"{one:%Y-%m-%d %H:%M}" for one in times
    ]


@pytest.mark.parametrize(
    ("rule", "starts", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=2TU", "2030-01-01 13:00", ["2030-01-08", "2030-02-12", "2030-03-12", "2030-04-09"]),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU", "2030-01-01 13:00", ["2030-01-01", "2030-01-15", "2030-02-05", "2030-02-19"]),
        ("FREQ=WEEKLY;INTERVAL=2", "2030-01-01 13:00", ["2030-01-01", "2030-01-15", "2030-01-29", "2030-02-12"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=MO", "2030-01-01 13:00",
         ["2030-01-01", "2030-01-06", "2030-01-15", "2030-01-20"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU", "2030-01-01 13:00",
         ["2030-01-01", "2030-01-13", "2030-01-15", "2030-01-27"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2030-01-01 13:00", ["2030-01-25", "2030-02-22", "2030-03-29", "2030-04-26"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2030-01-31 13:00", ["2030-01-31", "2030-03-31", "2030-05-31", "2030-07-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2030-01-31 13:00", ["2030-01-31", "2030-02-28", "2030-03-31", "2030-04-30"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2030-03-01 13:00",
         ["2030-03-29", "2030-04-30", "2030-05-31", "2030-06-28"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1", "2030-01-02 13:00", ["2030-01-07", "2030-01-14", "2030-01-21", "2030-01-28"]),
        ("FREQ=YEARLY", "2028-02-29 13:00", ["2028-02-29", "2032-02-29", "2036-02-29", "2040-02-29"]),
        ("FREQ=YEARLY;BYYEARDAY=-1,1", "2030-01-01 13:00", ["2030-01-01", "2030-12-31", "2031-01-01", "2031-12-31"]),
        ("FREQ=YEARLY;BYWEEKNO=1", "2030-01-01 13:00", ["2030-01-01", "2030-12-31", "2031-12-30", "2033-01-04"]),
        ("FREQ=YEARLY;BYDAY=20MO", "2030-01-01 13:00", ["2030-05-20", "2031-05-19", "2032-05-17", "2033-05-16"]),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", "2030-01-01 13:00", ["2032-02-29", "2036-02-29", "2040-02-29", "2044-02-29"]),
        ("FREQ=DAILY;COUNT=2", "2030-01-01 13:00", ["2030-01-01", "2030-01-02"]),
        ("FREQ=DAILY;UNTIL=20300102", "2030-01-01 13:00", ["2030-01-01", "2030-01-02"]),
        ("FREQ=DAILY;UNTIL=20300102T125959", "2030-01-01 13:00", ["2030-01-01"]),
        ("FREQ=HOURLY;INTERVAL=5;BYHOUR=9,14", "2030-01-01 09:00", ["2030-01-01 09:00", "2030-01-01 14:00", "2030-01-06 09:00", "2030-01-06 14:00"]),
        ("FREQ=DAILY;BYHOUR=9;BYMINUTE=0,30", "2030-01-01 09:00", ["2030-01-01 09:00", "2030-01-01 09:30", "2030-01-02 09:00", "2030-01-02 09:30"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2030-01-01 13:00", []),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "2030-01-01 13:00", []),
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "2030-01-01 13:00", []),
    ],
)  # fmt: skip
def test_a_rule_means_these_times(rule: str, starts: str, expected: list[str]) -> None:
    assert first(rule, starts) == expected


def test_days_alone_pass_over_hours() -> None:
    assert list(days(Rule.read("FREQ=DAILY;INTERVAL=2;BYHOUR=3;COUNT=2"), date(2030, 1, 1))) == [
        date(2030, 1, 1), date(2030, 1, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        ("", "FREQ"), ("FREQ=OFTEN", "FREQ"), ("FREQ=DAILY;COUNT=0", "COUNT"), ("FREQ=DAILY;COUNT=2;UNTIL=20300101", "COUNT"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL"), ("FREQ=DAILY;UNTIL=20300231", "UNTIL"), ("FREQ=DAILY;BYDAY=1MO", "BYDAY"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY"), ("FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO"), ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY"), ("FREQ=DAILY;FREQ=DAILY", "FREQ"), ("FREQ=DAILY;X", "X"),
        ("FREQ=DAILY;BYMONTH=٣", "BYMONTH"), ("RSCALE=CHINESE;FREQ=YEARLY", "RSCALE"),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD", "SKIP"), ("FREQ=DAILY;" * 500, "RRULE"),
    ],
)  # fmt: skip
def test_a_wrong_rule_says_which_part(rule: str, part: str) -> None:
    with pytest.raises(BadRule) as refused:
        Rule.read(rule)
    assert refused.value.part == part


_weekdays = some.lists(
    some.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=3, unique=True
)
_months = some.lists(some.integers(1, 12), min_size=1, max_size=4, unique=True)
_month_days = some.lists(some.sampled_from([1, 7, 15, 28, 31, -1, -2]), min_size=1, max_size=3, unique=True)


@given(
    freq=some.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]), interval=some.integers(1, 4),
    weekdays=some.none() | _weekdays, months=some.none() | _months, month_days=some.none() | _month_days,
    day=some.integers(1, 28), month=some.integers(1, 12),
)  # fmt: skip
def test_common_rules_agree_with_dateutil(
    freq: str, interval: int, weekdays: list[str] | None, months: list[int] | None, month_days: list[int] | None,
    day: int, month: int,
) -> None:  # fmt: skip
    parts = [f"FREQ={freq}", f"INTERVAL={interval}"]
    parts += [f"BYDAY={','.join(weekdays)}"] if weekdays else []
    parts += [f"BYMONTH={','.join(map(str, months))}"] if months else []
    parts += [f"BYMONTHDAY={','.join(map(str, month_days))}"] if month_days and freq not in {"YEARLY", "WEEKLY"} else []
    rule, starts = ";".join(parts), datetime(2027, month, day, 13, 5)
    ours = list(islice(occurrences(Rule.read(rule), starts), 6))
    assert str(Rule.read(str(Rule.read(rule)))) == str(Rule.read(rule))
    if ours:  # where there is none at all, dateutil looks for it for seconds
        assert ours == list(islice(rrulestr(rule, dtstart=starts), 6))


@pytest.mark.skipif(not FOREIGN.exists(), reason="the collection is not part of this repository")
def test_all_rules_of_libical_that_have_an_answer_there() -> None:
    """145 of 146; of one (BYWEEKNO with BYMONTHDAY) libical itself says only that it does not know."""
    agreed, without_answer, lines = 0, 0, FOREIGN.read_text().splitlines()
    facts: dict[str, str] = {}
    for line in [*lines, ""]:
        name, _, value = line.partition(":")
        if line.startswith("#"):
            continue
        if line:
            facts[name] = value.strip()
            continue
        if "RRULE" in facts and "***" in facts["INSTANCES"]:
            without_answer += 1
        elif "RRULE" in facts:
            starts = facts["DTSTART"].rstrip("Z")
            rule = Rule.read(facts["RRULE"])
            if "T" in starts:
                found = [
                    f"{one:%Y%m%dT%H%M%S}" for one in islice(occurrences(rule, datetime.fromisoformat(starts)), 3000)
                ]
            else:
                found = [f"{one:%Y%m%d}" for one in islice(days(rule, date.fromisoformat(starts)), 3000)]
            assert found == facts["INSTANCES"].replace("Z", "").split(","), facts["RRULE"]
            agreed += 1
        facts = {}
    assert (agreed, without_answer) == (145, 1)
