# SPDX-License-Identifier: EUPL-1.2
"""Reception hours on the calendar, in its feeds and on the gathering pages."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from dateutil.rrule import rruleset, rrulestr
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.appointments.models import Reception
from talka.appointments.operations.hours import change_reception, close_day, open_extra_day
from talka.appointments.queries import occurrences
from talka.processes.models import Process
from talka.processes.operations import close_process
from talka.proposals.operations.terms import move_day
from tests.appointments.factories import MONDAY, TUESDAY, at, make_reception
from tests.meetings.factories import make_meeting, make_place
from tests.meetings.reading import read_with_ical_js, read_with_icalendar

TITLE = "Plānotāju pieņemšana"


@pytest.fixture(autouse=True)
def _a_monday(db: None) -> Any:
    with time_machine.travel(at(MONDAY)):
        yield


@pytest.fixture
def reception(process: Process, carol: User) -> Reception:
    return make_reception(process, carol, place=make_place(), remote_url="https://zoom.example.lv/j/1")


def get(name: str, *parts: Any, client: Client | None = None, language: str = "lv", **asked: Any) -> Any:
    with translation.override(language):
        address = reverse(name, args=parts)
    return (client or Client()).get(address, asked.pop("query", {}), **asked)


def page(name: str, *parts: Any, **query: str) -> str:
    response = get(name, *parts, query=query)
    assert response.status_code == 200
    return str(response.content.decode())


def days_of(event: Any) -> list[datetime]:
    """Return when an event takes place until the end of 2031, as a calendar program reckons it."""
    if "RRULE" not in event:
        return [event.start.astimezone(UTC)]
    found = rruleset()
    start = event.start.replace(tzinfo=None)
    rule = event["RRULE"].to_ical().decode()
    until = re.search(r";UNTIL=(\w+)Z", rule)
    if until:
        local = datetime.strptime(until[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC).astimezone(event.start.tzinfo)
        rule = rule.replace(until[0], f";UNTIL={local:%Y%m%dT%H%M%S}")
    found.rrule(rrulestr(rule, dtstart=start))
    left_out = event.get("EXDATE", [])
    for one in left_out if isinstance(left_out, list) else [left_out]:
        for moment in one.dts:
            found.exdate(moment.dt.replace(tzinfo=None))
    days = found.between(datetime(2029, 1, 1), datetime(2031, 12, 31))
    return [moment.replace(tzinfo=event.start.tzinfo).astimezone(UTC) for moment in days]


def test_a_calendar_program_reckons_the_same_days_as_the_pages_show(reception: Reception, carol: User) -> None:
    close_day(reception, date(2030, 2, 12), by=carol, reason="Mācības.")
    open_extra_day(reception, by=carol, day=date(2030, 2, 14), opens=time(9), closes=time(10))
    change_reception(reception, by=carol, ends_on=date(2031, 6, 30))
    _calendar, events = read_with_icalendar(get("portal:all_feed").content)
    told = sorted(day for event in events for day in days_of(event))
    rows = Reception.objects.for_pages()
    shown = [one.starts_at for one in occurrences(rows, date(2030, 1, 1), date(2031, 12, 31)) if not one.closed]
    assert told == shown
    assert len(told) > 70
    assert at("2030-02-14 09:00") in told
    assert at("2030-02-12 15:00") not in told
    assert at("2030-12-24 15:00") not in told, "a public holiday"
    assert len({str(event["UID"]) for event in events}) == 2


def test_both_libraries_read_a_reception_whole_and_find_nothing_private(reception: Reception) -> None:
    body = get("appointments:reception_feed", reception.process.slug, reception.pk).content
    [event] = read_with_icalendar(body)[1]
    [theirs] = read_with_ical_js(body)["events"]
    assert str(event["UID"]) == theirs["uid"] == f"{reception.uid}@talka"
    assert theirs["location"].startswith("Domes nams")
    assert (event.start, event.end) == (at("2030-01-08 15:00"), at("2030-01-08 17:20"))
    assert "Laiku var pierakstīt: http://testserver/lv/p/programma/receptions/" in theirs["description"]
    assert b"zoom" not in body


def test_feeds_hold_receptions_beside_meetings_and_follow_each_filter(
    reception: Reception, process: Process, carol: User, eve: User
) -> None:
    make_meeting(process, carol, "2030-02-12 13:00", title="Sanāksme")
    theirs = make_reception(Process.objects.get(slug="kaimini"), eve, title="Kaimiņu pieņemšana", place=None)
    asked_and_found: list[tuple[dict[str, str], set[str]]] = [
        ({}, {"Sanāksme", TITLE, theirs.title}),
        ({"what": "meetings"}, {"Sanāksme"}),
        ({"what": "receptions"}, {TITLE, theirs.title}),
        ({"process": "kaimini"}, {theirs.title}),
        ({"kind": "other"}, {theirs.title}),
        ({"municipality": "kaiminu-novads"}, {theirs.title}),
        ({"group": "1"}, set()),
        ({"q": "rožu"}, {TITLE}),
        ({"q": "nav"}, set()),
    ]
    for asked, found in asked_and_found:
        events = read_with_icalendar(get("portal:all_feed", query=asked).content)[1]
        assert {str(event["SUMMARY"]) for event in events} == found, asked
        body = page("portal:show_calendar", view="month", month="2030-02", **asked)
        assert {title for title in ("Sanāksme", TITLE, theirs.title) if f"{title}</a>" in body} == found, asked
        listed = page("portal:show_calendar", **asked)
        assert {title for title in ("Sanāksme", TITLE, theirs.title) if f">{title}</a>" in listed} == found, asked
    own = read_with_icalendar(get("portal:process_feed", process.slug).content)[1]
    assert {str(event["SUMMARY"]) for event in own} == {"Sanāksme", TITLE}


def test_who_has_the_feed_is_not_sent_it_again_until_something_changes(
    reception: Reception, carol: User, django_assert_num_queries: Any
) -> None:
    first = get("portal:all_feed")
    with django_assert_num_queries(1):
        assert get("portal:all_feed", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    with time_machine.travel(at("2030-02-04 10:00")):
        close_day(reception, TUESDAY, by=carol, reason="Slimība.")
    second = get("portal:all_feed", HTTP_IF_NONE_MATCH=first["ETag"])
    assert second.status_code == 200
    close_process(reception.process, by=carol)
    assert get("portal:all_feed", HTTP_IF_NONE_MATCH=second["ETag"]).status_code == 200
    with time_machine.travel(at("2031-01-02 10:00")):
        third = get("portal:all_feed")
        assert third["ETag"] != second["ETag"], "holidays of one more year are known"


def test_when_a_process_closes_its_receptions_end_with_it(reception: Reception, carol: User) -> None:
    with time_machine.travel(at("2030-02-20 10:00")):
        close_process(reception.process, by=carol)
        [event] = read_with_icalendar(get("portal:all_feed").content)[1]
        assert days_of(event)[-1] == at("2030-02-19 15:00")
        assert f">{TITLE}</a>" not in page("portal:show_calendar")
        assert TITLE in page("portal:show_process", "programma")
        assert "Šī pieņemšana ir beigusies." in page("appointments:show_reception", "programma", reception.pk)


def test_a_month_shows_each_day_and_marks_the_closed_one(reception: Reception, carol: User) -> None:
    make_meeting(reception.process, carol, "2030-02-05 18:00", title="Vakarā")
    close_day(reception, date(2030, 2, 12), by=carol, reason="Mācības.")
    grid = page("portal:show_calendar", view="month", month="2030-02")
    assert grid.count(f"{TITLE}</a>") == 3
    assert grid.count(f"{TITLE}<span") == 1
    assert grid.index(TITLE) < grid.index("Vakarā")
    assert "1 sanāksme · 4 pieņemšanas dienas" in re.sub(r"\s+", " ", grid)
    listed = page("portal:show_calendar", month="2030-02")
    assert listed.count(f"{TITLE}</a>") == 4
    assert "Mācības." in listed
    assert "month=2030-03" in listed
    assert "month=2030-01" in listed


def test_the_calendar_leads_a_year_ahead_and_no_further(reception: Reception) -> None:
    assert "month=2031-02" in page("portal:show_calendar", month="2031-01")
    assert 'rel="next"' not in page("portal:show_calendar", month="2031-02")


def test_pages_of_a_process_and_the_first_page_name_the_next_day(reception: Reception, eve: User) -> None:
    for body in (
        page("portal:show_process", "programma"),
        page("portal:show_home"),
        page("appointments:list_receptions", "programma"),
    ):
        assert TITLE in body
        assert "Otrdienās plkst. 15.00–17.20" in body
        assert "<b>5</b>" in body


def test_hours_in_words_are_listed_without_a_day(process: Process, carol: User) -> None:
    reception = make_reception(process, carol, weekdays=(), starts_on=None, opens=None, closes=None, break_from=None, break_until=None,
                               time_note="reizi nedēļā", bookable=False)  # fmt: skip
    assert "Reizi nedēļā" in page("portal:show_process", "programma")
    assert "Reizi nedēļā" in page("portal:show_calendar")
    assert read_with_icalendar(get("portal:all_feed").content)[1] == []
    assert read_with_icalendar(get("appointments:reception_feed", "programma", reception.pk).content)[1] == []


def test_receptions_of_a_process_that_is_not_public_are_nowhere(
    reception: Reception, bob: User, sign_in: Callable[[User], Client]
) -> None:
    Process.objects.filter(pk=reception.process_id).update(access="members")
    assert TITLE not in page("portal:show_calendar")
    assert read_with_icalendar(get("portal:all_feed").content)[1] == []
    assert get("appointments:reception_feed", "programma", reception.pk).status_code == 404
    assert get("appointments:show_reception", "programma", reception.pk).status_code == 404
    assert TITLE in sign_in(bob).get("/lv/calendar/").content.decode()


@pytest.mark.parametrize("asked", [{}, {"month": "2030-02"}, {"view": "month"}])
def test_more_receptions_need_no_more_queries(
    process: Process, carol: User, django_assert_max_num_queries: Any, asked: dict[str, str]
) -> None:
    for number in range(6):
        make_reception(process, carol, title=f"Pieņemšana {number}")
    with django_assert_max_num_queries(11):
        page("portal:show_calendar", **asked)


def test_a_working_day_that_was_moved_moves_receptions_too(reception: Reception, root: User) -> None:
    first = get("portal:all_feed")
    move_day(TUESDAY, by=root, is_working=False, reason="Ministru kabineta rīkojums")
    move_day(date(2030, 12, 24), by=root, is_working=True, reason="Ministru kabineta rīkojums")
    second = get("portal:all_feed", HTTP_IF_NONE_MATCH=first["ETag"])
    assert second.status_code == 200
    [event] = read_with_icalendar(second.content)[1]
    told = days_of(event)
    assert at("2030-02-05 15:00") not in told
    assert at("2030-12-24 15:00") in told
    body = page("appointments:show_reception", "programma", reception.pk)
    assert "Otrdien, 5. februārī" not in body
    assert "Otrdien, 12. februārī" in body
