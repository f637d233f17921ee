# SPDX-License-Identifier: EUPL-1.2
"""Invitations go out once, with an entry for the calendar that names only its reader, and follow the meeting."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person
from talka.groups.models import Mandate, WorkingGroup
from talka.groups.operations.seating import end_mandate, seat_person
from talka.meetings.models import Attendance, Invitation, Meeting
from talka.meetings.operations import calling, inviting
from talka.meetings.queries.invited import invited
from talka.notifications.models import Notification
from talka.notifications.operations import deliver
from talka.processes.models import Process
from talka.processes.newcomers import NewPerson
from tests.meetings.factories import at, make_meeting, make_place
from tests.meetings.inviting import invitation_of, letters_to
from tests.meetings.reading import read_with_ical_js, read_with_icalendar

NOW = "2030-02-01 09:00"


@pytest.fixture(autouse=True)
def in_february() -> Iterator[None]:
    """Be before the meeting."""
    with time_machine.travel(at(NOW)):
        yield


@pytest.fixture
def meeting(in_february: None, process: Process, group: WorkingGroup, carol: User, leo: User, bob: User) -> Meeting:
    return make_meeting(
        process, carol, "2030-02-12 13:00", "2030-02-12 15:00", title="Mobilitātes sanāksme", groups=[group],
        place=make_place(), remote_url="https://video.example.lv/mobilitate",
    )  # fmt: skip


def event_of(letter: Notification) -> tuple[Any, Any]:
    """Return the calendar of a letter and its event."""
    calendar, events = read_with_icalendar(letter.calendar.encode())
    (event,) = events
    return calendar, event


def test_every_member_gets_one_letter_with_an_entry_that_names_nobody_else(
    meeting: Meeting, leo: User, bob: User
) -> None:
    sent = inviting.send_invitations(meeting, by=leo)
    assert (sent.invited, sent.letters) == (2, 2)
    (letter,) = letters_to(bob)
    calendar, event = event_of(letter)
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == f"{meeting.uid}@talka"
    assert str(event["ATTENDEE"]) == "mailto:bruno@example.lv"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["ORGANIZER"].params["CN"] == "Talkas novads"
    assert event["CONFERENCE"] == "https://video.example.lv/mobilitate"
    assert "leo@" not in letter.calendar + letter.text
    assert invitation_of(meeting, bob).secret in letter.text


def test_ical_js_reads_the_entry_as_the_meeting_it_is(meeting: Meeting, leo: User, bob: User) -> None:
    inviting.send_invitations(meeting, by=leo)
    (read,) = read_with_ical_js(letters_to(bob)[0].calendar.encode())["events"]
    assert (read["starts"], read["ends"]) == ("2030-02-12T11:00:00.000Z", "2030-02-12T13:00:00.000Z")
    assert (read["summary"], read["status"]) == ("Mobilitātes sanāksme", "CONFIRMED")


def test_the_letter_carries_the_request_where_mail_programs_look(meeting: Meeting, leo: User, bob: User) -> None:
    inviting.send_invitations(meeting, by=leo)
    deliver(letters_to(bob)[0].pk, last_try=False)
    parts = list(mail.outbox[-1].message().walk())
    calendars = [part for part in parts if part.get_content_type() == "text/calendar"]
    assert [part.get_param("method") for part in calendars] == ["REQUEST"]
    assert [part.get_filename() for part in parts if part.get_content_type() == "application/ics"] == ["invite.ics"]


def test_sending_again_writes_to_nobody(meeting: Meeting, leo: User, bob: User) -> None:
    inviting.send_invitations(meeting, by=leo)
    again = inviting.send_invitations(meeting, by=leo)
    assert (again.invited, again.taken_back, again.letters) == (0, 0, 0)
    assert len(letters_to(bob)) == 1


def test_members_who_come_later_are_invited_and_those_who_left_are_taken_off_the_calendar(
    meeting: Meeting, group: WorkingGroup, leo: User, bob: User, alice: User, carol: User
) -> None:
    inviting.send_invitations(meeting, by=leo)
    seat_person(group, person=alice.person, by=carol, represents="resident")
    with time_machine.travel(at("2030-02-03 09:00")):
        end_mandate(Mandate.objects.get(person=bob.person), by=carol)
        assert ([one.name for one in invited(meeting).to_invite], len(invited(meeting).to_take_back)) == (["Alise"], 1)
        sent = inviting.send_invitations(meeting, by=leo)
    assert (sent.invited, sent.taken_back) == (1, 1)
    calendar, event = event_of(letters_to(bob, "meetings/take_back_invitation")[0])
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert invitation_of(meeting, bob).withdrawn_at is not None
    assert len(letters_to(alice)) == 1


def test_who_is_invited_by_hand_stays_invited(meeting: Meeting, leo: User) -> None:
    guest = inviting.invite_person(meeting, person=NewPerson("Viesis", "viesis@example.com"), by=leo)
    inviting.send_invitations(meeting, by=leo)
    guest.refresh_from_db()
    assert (guest.added, guest.withdrawn_at) == (True, None)
    assert Notification.objects.filter(email="viesis@example.com").count() == 1


def test_a_moved_meeting_is_told_at_once_and_asked_about_again(meeting: Meeting, leo: User, bob: User) -> None:
    inviting.send_invitations(meeting, by=leo)
    Invitation.objects.filter(person=bob.person).update(answer="accepted", answered_at=clock.now(), answered_sequence=0)
    calling.change_meeting(meeting, by=leo, starts_at=at("2030-02-13 13:00"), ends_at=at("2030-02-13 15:00"))
    first, second = letters_to(bob)
    assert event_of(second)[1]["SEQUENCE"] > event_of(first)[1]["SEQUENCE"]
    assert event_of(second)[1]["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert invitation_of(meeting, bob).is_outdated
    assert invited(meeting).coming == 0


def test_another_title_alone_is_told_to_nobody(meeting: Meeting, leo: User, bob: User) -> None:
    inviting.send_invitations(meeting, by=leo)
    calling.change_meeting(meeting, by=leo, title="Cits nosaukums")
    assert len(letters_to(bob)) == 1


def test_cancelled_it_leaves_calendars_and_restored_it_comes_back_with_a_higher_sequence(
    meeting: Meeting, leo: User, bob: User
) -> None:
    inviting.send_invitations(meeting, by=leo)
    calling.cancel_meeting(meeting, by=leo, reason="Vadītājs saslimis")
    (cancelled,) = letters_to(bob, "meetings/take_back_invitation")
    assert "Vadītājs saslimis" in cancelled.text
    calendar, event = event_of(cancelled)
    assert calendar["METHOD"] == "CANCEL"
    calling.restore_meeting(meeting, by=leo)
    assert event_of(letters_to(bob)[-1])[1]["SEQUENCE"] > event["SEQUENCE"]


def test_removed_during_the_meeting_a_member_stays_present(meeting: Meeting, leo: User, bob: User) -> None:
    inviting.send_invitations(meeting, by=leo)
    with time_machine.travel(at("2030-02-12 14:00")):
        Attendance.objects.create(meeting=meeting, person=bob.person)
        inviting.withdraw_invitation(invitation_of(meeting, bob), by=leo)
    assert invitation_of(meeting, bob).withdrawn_at is not None
    assert Attendance.objects.filter(meeting=meeting, person=bob.person).exists()


def test_on_the_night_when_the_clock_is_put_back_the_hour_stays_the_one_that_was_meant(
    process: Process, group: WorkingGroup, carol: User, leo: User, bob: User
) -> None:
    twice = at("2030-10-27 03:30").replace(fold=1)
    meeting = calling.call_meeting(
        process, title="Nakts", by=carol, groups=[group], starts_at=twice, ends_at=twice + timedelta(hours=1)
    )
    inviting.send_invitations(meeting, by=carol)
    body = letters_to(bob)[0].calendar.encode()
    (read,) = read_with_ical_js(body)["events"]
    assert read["starts"] == "2030-10-27T01:30:00.000Z"
    assert read_with_icalendar(body)[1][0].decoded("DTSTART").timestamp() == twice.timestamp()


def test_only_those_who_have_not_answered_are_reminded(meeting: Meeting, leo: User, bob: User) -> None:
    inviting.send_invitations(meeting, by=leo)
    Invitation.objects.filter(person=leo.person).update(answer="declined", answered_at=clock.now(), answered_sequence=0)
    assert inviting.remind_invited(meeting, by=leo) == 1
    assert [len(letters_to(one)) for one in (leo, bob)] == [1, 2]


def test_a_meeting_without_a_date_or_one_that_is_over_invites_nobody(
    process: Process, group: WorkingGroup, carol: User, meeting: Meeting
) -> None:
    with pytest.raises(inviting.NoDateYet):
        inviting.send_invitations(make_meeting(process, carol, groups=[group]), by=carol)
    with time_machine.travel(at("2030-03-01 09:00")), pytest.raises(inviting.MeetingOver):
        inviting.send_invitations(meeting, by=carol)


def test_somebody_who_does_not_run_the_meeting_cannot_invite(meeting: Meeting, bob: User, eve: User) -> None:
    for one in (bob, eve):
        with pytest.raises(PermissionDenied):
            inviting.send_invitations(meeting, by=one)
    assert not Invitation.objects.exists()


def test_six_hundred_are_invited_in_as_many_queries_as_six(
    process: Process, group: WorkingGroup, carol: User, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    people = Person.objects.bulk_create(Person(name=f"Cilvēks {n}", email=f"c{n}@example.lv") for n in range(600))
    Mandate.objects.bulk_create(Mandate(group=group, person=one, starts_on=clock.today()) for one in people)
    meeting = make_meeting(process, carol, "2030-02-12 13:00", groups=[group])
    with django_assert_max_num_queries(45):
        sent = inviting.send_invitations(meeting, by=carol)
    assert sent.letters == 600


def test_the_page_says_who_is_invited_to_whoever_runs_the_meeting(
    meeting: Meeting, leo: User, bob: User, sign_in: Callable[[User], Client]
) -> None:
    parts, client = [meeting.process.slug, meeting.pk], sign_in(leo)
    page = client.get(reverse("meetings:manage_invitations", args=parts)).content.decode()
    assert "Nosūtīt uzaicinājumus" in page
    client.post(reverse("meetings:send_invitations", args=parts))
    Invitation.objects.filter(person=bob.person).update(needs="Zīmju valodas tulks")
    assert "Zīmju valodas tulks" in client.get(reverse("meetings:manage_invitations", args=parts)).content.decode()
    public = reverse("meetings:show_meeting", args=parts)
    assert "Bruno" not in Client().get(public).content.decode()


def test_the_page_refuses_a_guest_without_an_address_beside_the_field(
    meeting: Meeting, leo: User, sign_in: Callable[[User], Client]
) -> None:
    address = reverse("meetings:invite_person", args=[meeting.process.slug, meeting.pk])
    response = sign_in(leo).post(address, {"name": "Viesis bez adreses"})
    assert response.status_code == 422
    assert "Viesis bez adreses" in response.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.skipif(shutil.which("khal") is None, reason="khal is not installed")
def test_khal_takes_the_invitation_into_its_calendar(meeting: Meeting, leo: User, bob: User, tmp_path: Path) -> None:
    inviting.send_invitations(meeting, by=leo)
    entry, settings = tmp_path / "invite.ics", tmp_path / "config"
    entry.write_text(letters_to(bob)[0].calendar, newline="")
    (tmp_path / "kept").mkdir()
    settings.write_text(
        f"[calendars]\n[[kept]]\npath = {tmp_path}/kept\n[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
        f"longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        f"local_timezone = Europe/Riga\ndefault_timezone = Europe/Riga\n[sqlite]\npath = {tmp_path}/khal.db\n"
    )
    khal = ["khal", "-c", str(settings)]
    surroundings = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    subprocess.run(
        [*khal, "import", "-a", "kept", "--batch", str(entry)], check=True, env=surroundings, capture_output=True
    )
    listed = subprocess.run([*khal, "list", "2030-02-12", "1d"], check=True, env=surroundings, capture_output=True)
    assert "13:00-15:00 Mobilitātes sanāksme" in listed.stdout.decode()
