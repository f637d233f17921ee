# SPDX-License-Identifier: EUPL-1.2
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Place
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.meetings.operations.calling import cancel_meeting, change_meeting, restore_meeting
from talka.processes.models import Process
from tests.meetings.factories import at, make_meeting, make_place
from tests.meetings.reading import read_with_ical_js, read_with_icalendar


def feed(name: str = "all_feed", *parts: Any, language: str = "lv", client: Client | None = None, **asked: Any) -> Any:
    with translation.override(language):
        address = reverse(f"{'meetings' if name in {'group_feed', 'meeting_ics'} else 'portal'}:{name}", args=parts)
    return (client or Client()).get(address, asked.pop("query", {}), **asked)


def summaries(response: HttpResponse) -> list[str]:
    return [str(event["SUMMARY"]) for event in read_with_icalendar(response.content)[1]]


@pytest.fixture
def meeting(process: Process, group: WorkingGroup, carol: User) -> Meeting:
    return make_meeting(
        process, carol, "2030-02-12 13:00", "2030-02-12 15:00", title="Skolas, ceļi; tilti", groups=[group], place=make_place(),
        description="**Kārtība**\n- Skolas", help_note="Zvaniet.", remote_url="https://zoom.example.lv/j/1", remote_public=True,
    )  # fmt: skip


def test_a_meeting_is_in_the_feeds_of_all_of_its_process_and_of_its_group(
    meeting: Meeting, process: Process, group: WorkingGroup, carol: User
) -> None:
    make_meeting(process, carol, "2030-03-12 13:00", title="Cita")
    assert summaries(feed()) == summaries(feed("process_feed", process.slug)) == ["Skolas, ceļi; tilti", "Cita"]
    assert summaries(feed("group_feed", process.slug, group.slug)) == ["Skolas, ceļi; tilti"]
    assert summaries(feed(query={"q": "cita"})) == ["Cita"]
    assert feed("process_feed", "nav").status_code == feed("group_feed", process.slug, "nav").status_code == 404


def test_both_libraries_read_a_meeting_whole(meeting: Meeting) -> None:
    response = feed("process_feed", meeting.process.slug)
    with translation.override("lv"):
        accessible = str(Place.Access.FULL.label)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar, [event] = read_with_icalendar(response.content)
    read = read_with_ical_js(response.content)
    [theirs] = read["events"]
    assert str(calendar["X-WR-CALNAME"]) == str(calendar["NAME"]) == read["name"] == meeting.process.title
    assert (read["refresh"], str(calendar["X-PUBLISHED-TTL"])) == ("PT2H", "PT2H")
    assert str(event["UID"]) == theirs["uid"] == f"{meeting.uid}@talka"
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == meeting.changed_at.replace(microsecond=0)
    assert (str(event["STATUS"]), theirs["status"]) == ("CONFIRMED", "CONFIRMED")
    assert event.start == meeting.starts_at
    assert str(event["DTSTART"].params["TZID"]) == "Europe/Riga"
    assert theirs["location"] == "Domes nams, Rožu laukums 6, Liepāja, 2. stāvs, 215. telpa"
    assert theirs["geo"] == [56.5047, 21.0108]
    assert theirs["categories"] == ["Mobilitāte"]
    assert theirs["url"] == f"http://testserver/lv/p/{meeting.process.slug}/meetings/{meeting.pk}/"
    for part in (
        "Kārtība\n- Skolas",
        "https://zoom.example.lv/j/1",
        capfirst(accessible),
        "Uzbrauktuve",
        "Ieeja no",
        "Zvaniet.",
    ):
        assert part in theirs["description"]
    assert str(event["CONFERENCE"]) == "https://zoom.example.lv/j/1"


def test_a_feed_speaks_the_language_of_its_address(meeting: Meeting, carol: User) -> None:
    cancel_meeting(meeting, by=carol, reason="Slimība.")
    assert summaries(feed()) == ["Atcelta: Skolas, ceļi; tilti"]
    assert summaries(feed(language="en")) == ["Cancelled: Skolas, ceļi; tilti"]
    [event] = read_with_ical_js(feed(language="en").content)["events"]
    assert event["location"].endswith("floor 2, room 215")
    assert "/en/p/" in event["url"]


def test_a_change_raises_the_sequence_and_keeps_the_uid_whatever_the_host(
    meeting: Meeting, carol: User, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    change_meeting(meeting, by=carol, title="Cita")
    first = read_with_ical_js(feed().content)["events"][0]
    elsewhere = read_with_ical_js(feed(HTTP_HOST="talka.example.lv").content)["events"][0]
    assert first["sequence"] == elsewhere["sequence"] == 1
    assert first["uid"] == elsewhere["uid"] == f"{meeting.uid}@talka"
    assert elsewhere["url"].startswith("http://talka.example.lv/")


def test_a_cancelled_meeting_stays_marked_as_cancelled(meeting: Meeting, carol: User) -> None:
    cancel_meeting(meeting, by=carol, reason="Vadītāja slima.")
    [event] = read_with_ical_js(feed().content)["events"]
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    assert event["description"].startswith("Vadītāja slima.")
    assert "zoom" not in event["description"]
    restore_meeting(meeting, by=carol)
    [event] = read_with_ical_js(feed().content)["events"]
    assert (event["status"], event["sequence"], event["summary"]) == ("CONFIRMED", 2, "Skolas, ceļi; tilti")


def test_only_a_known_day_is_a_whole_day_and_an_unknown_one_is_left_out(process: Process, carol: User) -> None:
    make_meeting(process, carol, "2030-02-12", title="Diena")
    make_meeting(process, carol, title="Nezināmā")
    _calendar, [event] = read_with_icalendar(feed().content)
    assert (event.start, event.end) == (date(2030, 2, 12), date(2030, 2, 13))
    assert "Stunda vēl nav zināma." in str(event["DESCRIPTION"])


def test_a_feed_holds_what_everybody_may_see_whoever_asks(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    make_meeting(process, carol, "2030-02-12 13:00", title="Iekšējā", access="members")
    make_meeting(process, carol, "2030-02-12 13:00", title="Atklātā", remote_url="https://zoom.example.lv/j/2")
    response = feed(client=sign_in(carol))
    assert summaries(response) == ["Atklātā"]
    assert b"zoom" not in response.content
    assert "Cookie" not in response.get("Vary", "")
    assert "public" in response["Cache-Control"]


def test_a_process_that_is_not_public_has_no_feed(process: Process, group: WorkingGroup, carol: User) -> None:
    make_meeting(process, carol, "2030-02-12 13:00", groups=[group])
    Process.objects.filter(pk=process.pk).update(access="members")
    assert summaries(feed()) == []
    assert feed("process_feed", process.slug).status_code == 404
    assert feed("group_feed", process.slug, group.slug).status_code == 404


def test_who_has_the_feed_is_not_sent_it_again(
    meeting: Meeting, group: WorkingGroup, carol: User, django_assert_num_queries: Any
) -> None:
    first = feed()
    with django_assert_num_queries(1):
        again = feed(HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert feed(HTTP_IF_NONE_MATCH=f"W/{first['ETag']}").status_code == 304
    assert feed(HTTP_IF_MODIFIED_SINCE=first["Last-Modified"]).status_code == 304
    assert feed(HTTP_IF_NONE_MATCH=first["ETag"], language="en").status_code == 200
    assert feed(HTTP_IF_NONE_MATCH=first["ETag"], query={"q": "skolas"}).status_code == 200
    group.name = "Satiksme"
    group.save()
    assert feed(HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200
    second = feed()
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        change_meeting(meeting, by=carol, title="Cita")
    assert feed(HTTP_IF_NONE_MATCH=second["ETag"]).status_code == 200
    assert feed(HTTP_IF_MODIFIED_SINCE=second["Last-Modified"]).status_code == 200


def test_a_meeting_that_goes_is_noticed(meeting: Meeting, process: Process, carol: User) -> None:
    other = make_meeting(process, carol, "2030-03-12 13:00")
    first = feed()
    change_meeting(other, by=carol, access="members")
    assert feed(HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_one_meeting_is_taken_into_a_calendar(meeting: Meeting) -> None:
    response = feed("meeting_ics", meeting.process.slug, meeting.pk)
    assert response["Content-Disposition"] == 'attachment; filename="skolas-celi-tilti.ics"'
    assert summaries(response) == ["Skolas, ceļi; tilti"]


def test_only_reading_is_answered(process: Process) -> None:
    with translation.override("lv"):
        assert Client().post(reverse("portal:all_feed")).status_code == 405
        assert Client().head(reverse("portal:all_feed")).status_code == 200


def test_a_thousand_meetings_come_in_a_moment(
    process: Process, group: WorkingGroup, carol: User, django_assert_num_queries: Any
) -> None:
    place, start = make_place(), at("2018-01-08 16:00")
    meetings = Meeting.objects.bulk_create(
        Meeting(
            process=process, title=f"Darba grupas „Mobilitāte” {number}. sanāksme", place=place, created_by=carol,
            starts_at=start + timedelta(days=4 * number), ends_at=start + timedelta(days=4 * number, hours=2), description="Ceļi. " * 60,
        )
        for number in range(1000)
    )  # fmt: skip
    Meeting.groups.through.objects.bulk_create(
        Meeting.groups.through(meeting=meeting, workinggroup=group) for meeting in meetings
    )
    feed(query={"process": process.slug})
    with django_assert_num_queries(6):
        began = time.process_time()
        response = feed(query={"process": process.slug})
        took = time.process_time() - began
    assert took < 0.6
    assert feed("process_feed", process.slug).status_code == 200
    with django_assert_num_queries(2):
        kept = feed("process_feed", process.slug)
    assert kept.content.count(b"BEGIN:VEVENT") == 1000
    read = read_with_ical_js(response.content)["events"]
    assert [datetime.fromisoformat(event["starts"]) for event in read] == [
        meeting.starts_at.astimezone(UTC) for meeting in meetings if meeting.starts_at
    ]
