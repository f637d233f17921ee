# SPDX-License-Identifier: EUPL-1.2
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from talka.core.foreign_calendars import MOST_BYTES, ForeignCalendar, Trouble, read_calendar

RIGA = ZoneInfo("Europe/Riga")
FOREIGN = Path(__file__).resolve().parents[3] / "shared/data/ical/icalendar/calendars"


def read(*lines: str, first: date = date(2030, 1, 1), end: date = date(2031, 1, 1)) -> ForeignCalendar:
    body = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", *lines, "END:VCALENDAR", ""])
    return read_calendar(body.encode(), zone=RIGA, first=first, end=end)


def event(*lines: str, title: str = "Sēde") -> list[str]:
    return ["BEGIN:VEVENT", "UID:1@example.lv", "DTSTAMP:20290101T000000Z", f"SUMMARY:{title}", *lines, "END:VEVENT"]


def starts(calendar: ForeignCalendar) -> list[str]:
    return [f"{one.starts:%Y-%m-%d %H:%M}" for one in calendar.events]


def test_an_event_is_read_in_the_time_of_the_site() -> None:
    calendar = read("X-WR-CALNAME:Dome", *event("DTSTART:20300212T110000Z", "DURATION:PT2H", "LOCATION:Domes nams"))
    one = calendar.events[0]
    assert (calendar.name, one.title, one.place) == ("Dome", "Sēde", "Domes nams")
    assert (one.starts, one.ends) == (datetime(2030, 2, 12, 13, tzinfo=RIGA), datetime(2030, 2, 12, 15, tzinfo=RIGA))
    assert calendar.unread == []


def test_whole_days_stay_days() -> None:
    one = read(*event("DTSTART;VALUE=DATE:20300212", "DTEND;VALUE=DATE:20300214")).events[0]
    assert (one.whole_day, one.starts, one.ends) == (True, date(2030, 2, 12), date(2030, 2, 14))


def test_what_comes_again_is_written_out_with_its_exceptions() -> None:
    rule = ("DTSTART;TZID=Europe/Riga:20300305T130000", "RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE:20300312T110000Z")
    moved = event("RECURRENCE-ID;TZID=Europe/Riga:20300319T130000", "DTSTART;TZID=Europe/Riga:20300320T150000")
    calendar = read(*event(*rule), *moved)
    assert starts(calendar) == ["2030-03-05 13:00", "2030-03-20 15:00", "2030-03-26 13:00", "2030-04-02 13:00"]


def test_the_hour_on_the_wall_is_kept_over_the_change_of_clocks() -> None:
    spring = read(*event("DTSTART;TZID=Europe/Riga:20300330T033000", "RRULE:FREQ=DAILY;COUNT=3"))
    autumn = read(*event("DTSTART;TZID=Europe/Riga:20301026T033000", "RRULE:FREQ=DAILY;COUNT=3"))
    assert starts(spring) == ["2030-03-30 03:30", "2030-03-31 04:30", "2030-04-01 03:30"]
    assert starts(autumn) == ["2030-10-26 03:30", "2030-10-27 03:30", "2030-10-28 03:30"]


def test_an_endless_rule_ends_with_the_days_that_were_asked_for() -> None:
    calendar = read(*event("DTSTART:20200101T110000Z", "RRULE:FREQ=MONTHLY;BYDAY=2TU"), end=date(2030, 4, 1))
    assert starts(calendar) == ["2030-01-08 13:00", "2030-02-12 13:00", "2030-03-12 13:00"]


@pytest.mark.parametrize(
    ("lines", "found", "trouble"),
    [
        (["DTSTART:kaut kad"], 0, Trouble.NO_START),
        ([], 0, Trouble.NO_START),
        (["DTSTART:20300212T110000Z", "RRULE:FREQ=DAZREIZ"], 1, Trouble.BAD_RULE),
        (["DTSTART:20300212T110000Z", "RRULE:FREQ=SECONDLY"], 2000, None),
        (["DTSTART:20300212T110000Z", "DURATION:P999999999999999999W"], 1, Trouble.BAD_PART),
        (["DTSTART:20300212T110000Z", "DTEND:20300212T100000Z"], 1, None),
        (["DTSTART:00010101T000000Z", "RRULE:FREQ=DAILY"], 0, Trouble.NO_START),
    ],
)
def test_what_is_broken_is_said_and_the_rest_is_read(lines: list[str], found: int, trouble: Trouble | None) -> None:
    calendar = read(*event(*lines, title="Slikts"))
    assert len(calendar.events) == found
    if trouble is not None:
        assert (calendar.unread[0].trouble, calendar.unread[0].title) == (trouble, "Slikts")


def test_one_broken_event_does_not_take_the_others_with_it() -> None:
    zone = ["BEGIN:VTIMEZONE", "TZID:X", "BEGIN:STANDARD", "TZOFFSETTO:+9944", "END:STANDARD", "END:VTIMEZONE"]
    calendar = read(*zone, *event("DTSTART:20300212T110000Z"), *event("rinda bez nozīmes", "DTSTART:x", title="Slikts"))
    assert starts(calendar) == ["2030-02-12 13:00"]
    assert calendar.unread


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff\xfe", b"PK\x03\x04", b'["vcalendar", []]', b"BEGIN:VCARD\nEND:VCARD", b"<html>"]
)
def test_what_is_no_calendar_is_said(body: bytes) -> None:
    calendar = read_calendar(body, zone=RIGA, first=date(2030, 1, 1), end=date(2031, 1, 1))
    assert calendar.events == []
    assert [one.trouble for one in calendar.unread] in ([Trouble.NOT_A_CALENDAR], [])


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    calendar = read_calendar(b"x" * (MOST_BYTES + 1), zone=RIGA, first=date(2030, 1, 1), end=date(2031, 1, 1))
    assert [one.trouble for one in calendar.unread] == [Trouble.TOO_LARGE]


def test_rules_without_a_date_do_not_take_for_ever() -> None:
    rule = ("DTSTART:20300212T110000Z", "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30")
    calendar = read(*[line for _number in range(200) for line in event(*rule)])
    assert calendar.unread[-1].trouble == Trouble.TOO_MANY


@pytest.mark.skipif(not FOREIGN.exists(), reason="the collection is not part of this repository")
def test_calendars_of_many_programs_are_read() -> None:
    files = sorted(FOREIGN.iterdir())
    read_all = [
        read_calendar(one.read_bytes(), zone=RIGA, first=date(1990, 1, 1), end=date(2031, 1, 1)) for one in files
    ]
    assert len(read_all) == 118
    assert sum(bool(one.events) for one in read_all) >= 65
