# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.core.ical import CalendarEvent, plain, write_calendar
from talka.core.text import clean_line, clean_text
from talka.core.timezones import changes, timezone_lines
from tests.meetings.factories import RIGA, at
from tests.meetings.reading import read_with_ical_js, read_with_icalendar

LONG = "Darba grupas „Izglītība, kultūra; sports” sanāksme par skolu tīklu, ceļiem un māju\\lapu 👩‍👩‍👧 " * 4


def make_event(**fields: Any) -> CalendarEvent:
    known: dict[str, Any] = {
        "uid": "7a1c@talka", "sequence": 2, "created_at": at("2020-01-03 09:00"), "changed_at": at("2020-01-05 10:00"),
        "starts": at("2020-02-12 13:00"), "ends": at("2020-02-12 15:00"), "summary": "Sanāksme", "description": "",
        "location": "", "url": "https://talka.example.lv/lv/p/x/meetings/1/",
    }  # fmt: skip
    return CalendarEvent(**{**known, **fields})


def write(*events: CalendarEvent, zone: ZoneInfo = RIGA) -> bytes:
    return write_calendar("Sanāksmes", events, zone=zone, language="lv")


def test_both_libraries_read_what_was_meant() -> None:
    body = write(make_event(summary=LONG, description="Kārtība:\n1. Skolas; ceļi, tilti\n2. Citi", location="Domes nams, 2. stāvs",
                            categories=["Izglītība, sports", "Kultūra; māksla"], point=(56.5047, 21.0108)))  # fmt: skip
    _calendar, [event] = read_with_icalendar(body)
    theirs = read_with_ical_js(body)["events"][0]
    assert str(event["SUMMARY"]) == theirs["summary"] == LONG
    assert str(event["DESCRIPTION"]) == theirs["description"] == "Kārtība:\n1. Skolas; ceļi, tilti\n2. Citi"
    assert str(event["LOCATION"]) == theirs["location"] == "Domes nams, 2. stāvs"
    assert (
        [str(one) for one in event["CATEGORIES"].cats]
        == theirs["categories"]
        == ["Izglītība, sports", "Kultūra; māksla"]
    )
    assert event["GEO"].to_ical() == "56.5047;21.0108"
    assert theirs["geo"] == [56.5047, 21.0108]
    assert event["SEQUENCE"] == theirs["sequence"] == 2
    assert event.start.astimezone(UTC) == datetime(2020, 2, 12, 11, tzinfo=UTC)
    assert (theirs["starts"], theirs["ends"]) == ("2020-02-12T11:00:00.000Z", "2020-02-12T13:00:00.000Z")


def test_no_line_is_longer_than_75_octets_and_all_end_with_crlf() -> None:
    body = write(make_event(summary=LONG, description=LONG * 3))
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    for line in body.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


texts = st.text(
    alphabet=st.one_of(st.sampled_from(",;\\:\"'\n\r\t\x00 ņģ👩‍👩‍👧🇱🇻"), st.characters(exclude_categories=["Cs"])),
    max_size=300,
)


@given(texts, texts)
@settings(max_examples=150, deadline=None)
def test_any_title_and_any_text_come_back_as_they_were(title: str, text: str) -> None:
    title, text = clean_line(title), clean_text(text)
    body = write(make_event(summary=title, description=text))
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    _calendar, [event] = read_with_icalendar(body)
    assert str(event["SUMMARY"]) == title
    assert str(event.get("DESCRIPTION", "")) == text


def test_hostile_texts_come_back_the_same_from_both_libraries() -> None:
    titles = [
        clean_line(title)
        for title in (LONG, "a,b;c\\n:d", "\\,", "BEGIN:VEVENT", "END:VCALENDAR\r\nX:1", "🇱🇻" * 60, "ņ" * 74)
    ]
    body = write(*(make_event(uid=f"{number}@talka", summary=title) for number, title in enumerate(titles)))
    assert [str(event["SUMMARY"]) for event in read_with_icalendar(body)[1]] == titles
    assert [event["summary"] for event in read_with_ical_js(body)["events"]] == titles


@given(texts)
@settings(max_examples=100, deadline=None)
def test_a_text_cannot_write_lines_of_its_own(text: str) -> None:
    body = write(make_event(summary=text, description=text, location=text, categories=[text]))
    unfolded = body.replace(b"\r\n ", b"").split(b"\r\n")
    assert unfolded.count(b"BEGIN:VEVENT") == unfolded.count(b"END:VEVENT") == unfolded.count(b"END:VCALENDAR") == 1


@pytest.mark.parametrize("year", range(2018, 2031))
def test_the_clock_changes_in_riga_on_the_last_sundays(year: int) -> None:
    spring, autumn = changes(RIGA, year, year)
    assert (spring.onset.month, autumn.onset.month) == (3, 10)
    for change in (spring, autumn):
        assert change.onset.weekday() == 6
        assert (change.onset + timedelta(days=7)).month != change.onset.month
        assert change.at.hour == 1  # the whole of Europe at 01:00 UTC


def _observed(zone: ZoneInfo, moments: list[datetime], first_year: int, last_year: int) -> list[timedelta]:
    """Work out from the written VTIMEZONE, as RFC 5545 3.6.5 says, which offset holds at each moment."""
    written = icalendar.Calendar.from_ical(
        "\r\n".join(["BEGIN:VCALENDAR", *timezone_lines(zone, first_year, last_year), "END:VCALENDAR"])
    )
    onsets = []
    for part in written.walk("VTIMEZONE")[0].subcomponents:
        start, before, after = part["DTSTART"].dt, part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        locals_ = [start]
        if "RRULE" in part:
            endless = ";".join(
                rule for rule in part["RRULE"].to_ical().decode().split(";") if not rule.startswith("UNTIL")
            )
            rule = rrulestr(endless, dtstart=start)
            until = part["RRULE"].get("UNTIL", [datetime(last_year + 5, 1, 1, tzinfo=UTC)])[0]
            locals_ = rule.between(start, (until + before).replace(tzinfo=None), inc=True)
        onsets += [(local - before, after) for local in locals_]
    onsets.sort()
    return [[after for onset, after in onsets if onset <= moment.replace(tzinfo=None)][-1] for moment in moments]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Europe/Riga", 2018, 2030),
        ("Europe/Riga", 1996, 2004),
        ("America/New_York", 2003, 2012),
        ("Asia/Tokyo", 2018, 2030),
        ("Europe/Moscow", 2008, 2016),
    ],
)
def test_the_written_time_zone_says_the_same_as_the_database(name: str, first: int, last: int) -> None:
    zone = ZoneInfo(name)
    hours = (last + 1 - first) * 365 * 24
    moments = [datetime(first, 1, 2, tzinfo=UTC) + timedelta(hours=7 * number) for number in range(hours // 7)]
    moments += [
        change.at + step for change in changes(zone, first, last) for step in (timedelta(seconds=-1), timedelta())
    ]
    assert _observed(zone, moments, first, last) == [moment.astimezone(zone).utcoffset() for moment in moments]


def test_both_libraries_place_meetings_right_on_both_sides_of_each_change_of_the_clock() -> None:
    days = [
        change.at.astimezone(RIGA).date() + timedelta(days=step)
        for change in changes(RIGA, 2018, 2030)
        for step in (-1, 0, 1)
    ]
    starts = [datetime(day.year, day.month, day.day, 13, tzinfo=RIGA) for day in days]
    body = write(
        *(make_event(uid=f"{start:%Y%m%d}@talka", starts=start, ends=start + timedelta(hours=2)) for start in starts)
    )
    assert [event.start.astimezone(UTC) for event in read_with_icalendar(body)[1]] == [
        start.astimezone(UTC) for start in starts
    ]
    read = [datetime.fromisoformat(event["starts"]) for event in read_with_ical_js(body)["events"]]
    assert read == starts


def test_the_hour_that_comes_twice_is_written_without_doubt() -> None:
    second = datetime(2020, 10, 25, 3, 30, fold=1, tzinfo=RIGA)
    body = write(make_event(starts=second, ends=None))
    assert b"DTSTART:20201025T013000Z" in body
    assert datetime.fromisoformat(read_with_ical_js(body)["events"][0]["starts"]) == second.astimezone(UTC)


def test_a_day_without_hours_is_a_whole_day_that_blocks_nothing() -> None:
    body = write(make_event(starts=date(2020, 2, 12), ends=date(2020, 2, 13)))
    _calendar, [event] = read_with_icalendar(body)
    assert (event.start, event.end) == (date(2020, 2, 12), date(2020, 2, 13))
    assert event["TRANSP"] == "TRANSPARENT"
    theirs = read_with_ical_js(body)["events"][0]
    assert (theirs["wholeDay"], theirs["starts"], theirs["ends"]) == (True, "2020-02-12", "2020-02-13")


def test_an_empty_calendar_is_still_one() -> None:
    body = write()
    calendar, events = read_with_icalendar(body)
    assert events == []
    assert str(calendar["X-WR-CALNAME"]) == "Sanāksmes"
    assert read_with_ical_js(body) == {"name": "Sanāksmes", "refresh": "PT2H", "events": []}


def test_markdown_becomes_plain() -> None:
    assert (
        plain('# A\n> **b** un __c__, a_b_c 2*3*4 [d](https://x.lv "t") ![e](f.png)')
        == "A\nb un c, a_b_c 2*3*4 d (https://x.lv) e (f.png)"
    )
