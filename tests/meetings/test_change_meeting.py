# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core.errors import Changed
from talka.directory.operations import change_place
from talka.groups.models import WorkingGroup
from talka.groups.operations.forming import create_group
from talka.meetings.forms.meetings import MeetingForm
from talka.meetings.models import Meeting
from talka.meetings.operations.calling import (
    MeetingCancelled,
    cancel_meeting,
    change_meeting,
    copy_meeting,
    restore_meeting,
)  # fmt: skip
from talka.processes.models import Process
from tests.meetings.factories import at, make_meeting, make_place

SignIn = Callable[[User], Client]


def address(name: str, meeting: Meeting) -> str:
    with translation.override("lv"):
        return reverse(f"meetings:{name}", args=[meeting.process.slug, meeting.pk])


@pytest.fixture
def meeting(process: Process, group: WorkingGroup, carol: User) -> Meeting:
    return make_meeting(process, carol, "2030-02-12 13:00", "2030-02-12 15:00", groups=[group])


def as_shown(meeting: Meeting, by: User, **changed: Any) -> dict[str, Any]:
    """Return what the browser would send of the form of a meeting."""
    form = MeetingForm(process=meeting.process, by=by, meeting=meeting)
    sent = {}
    for field in form:
        value = field.value()
        if isinstance(value, list):
            value = [getattr(one, "pk", one) for one in value]
        if value is not None and value is not False:
            sent[field.name] = value
    return {**sent, **changed}


def test_the_form_of_a_meeting_changes_nothing_by_itself(meeting: Meeting, carol: User, sign_in: SignIn) -> None:
    before = Meeting.objects.values().get()
    assert sign_in(carol).post(address("change_meeting", meeting), as_shown(meeting, carol)).status_code == 302
    changed = {name for name, value in Meeting.objects.values().get().items() if before[name] != value}
    assert changed == {"changed_at", "sequence"}


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2030-02-12", ""), ("2030-02-12 20:00", "2030-02-13 01:00"), ("2030-02-12 20:00", ""), ("", "")],
)
def test_the_form_keeps_every_kind_of_date(process: Process, carol: User, starts: str, ends: str) -> None:
    meeting = make_meeting(process, carol, starts, ends)
    form = MeetingForm(as_shown(meeting, carol), process=process, by=carol, meeting=meeting)
    assert form.is_valid(), form.errors
    assert [form.cleaned_data[name] for name in ("starts_at", "ends_at", "whole_day")] == [
        meeting.starts_at,
        meeting.ends_at,
        meeting.whole_day,
    ]


def test_a_change_raises_the_sequence(meeting: Meeting, carol: User, sign_in: SignIn) -> None:
    sign_in(carol).post(address("change_meeting", meeting), as_shown(meeting, carol, starts="14:00", title="Cita"))
    changed = Meeting.objects.get()
    assert (changed.title, changed.starts_at, changed.sequence) == ("Cita", at("2030-02-12 14:00"), 1)
    assert changed.changed_at > meeting.changed_at


def test_the_log_names_only_what_was_changed(
    meeting: Meeting, group: WorkingGroup, process: Process, carol: User, sign_in: SignIn
) -> None:
    sign_in(carol).post(address("change_meeting", meeting), as_shown(meeting, carol, title="Kopā par ceļu"))
    assert Event.objects.filter(verb="meetings.change_meeting").latest("pk").details["fields"] == ["title"]
    second = create_group(process, name="Otra grupa", by=carol)
    change_meeting(meeting, by=carol, groups=[group, second])
    assert Event.objects.filter(verb="meetings.change_meeting").latest("pk").details["fields"] == ["groups"]


def test_two_who_change_it_at_once_are_told(meeting: Meeting, carol: User, leo: User, sign_in: SignIn) -> None:
    mine = as_shown(meeting, leo, title="Manējais nosaukums")
    change_meeting(meeting, by=carol, title="Karolas nosaukums")
    client = sign_in(leo)
    response = client.post(address("change_meeting", meeting), mine)
    assert response.status_code == 409
    assert "Manējais nosaukums" in response.content.decode()
    assert Meeting.objects.get().title == "Karolas nosaukums"
    assert client.post(address("change_meeting", meeting), {**mine, "seen": "1"}).status_code == 302
    assert Meeting.objects.get().title == "Manējais nosaukums"
    with pytest.raises(Changed):
        change_meeting(meeting, by=carol, seen=0, title="X")


def test_a_lead_cannot_give_the_meeting_to_other_groups(
    meeting: Meeting, process: Process, carol: User, leo: User, sign_in: SignIn
) -> None:
    other = create_group(process, name="Kultūra", by=carol)
    assert (
        sign_in(leo).post(address("change_meeting", meeting), as_shown(meeting, leo, groups=[other.pk])).status_code
        == 409
    )
    theirs = make_meeting(process, carol, "2030-02-12 13:00", groups=[other])
    assert sign_in(leo).get(address("change_meeting", theirs)).status_code == 403


@pytest.mark.parametrize("verb", ["change_meeting", "cancel_meeting", "copy_meeting", "restore_meeting", "add_paper"])
def test_staff_of_another_municipality_cannot(meeting: Meeting, eve: User, sign_in: SignIn, verb: str) -> None:
    assert (
        sign_in(eve).post(address(verb, meeting), {"title": "X", "reason": "X", "date": "2030-01-01"}).status_code
        == 403
    )
    assert Meeting.objects.get().sequence == 0


@pytest.mark.parametrize("operation", [change_meeting, cancel_meeting, restore_meeting])
def test_operations_ask_who(meeting: Meeting, eve: User, operation: Any) -> None:
    with pytest.raises(PermissionDenied):
        operation(meeting, by=eve)


def test_a_meeting_is_not_found_below_another_process(meeting: Meeting, eve: User, sign_in: SignIn) -> None:
    with translation.override("lv"):
        strange = reverse("meetings:change_meeting", args=["kaimini", meeting.pk])
    assert sign_in(eve).get(strange).status_code == 404


def test_a_cancelled_meeting_says_why_and_comes_back(meeting: Meeting, carol: User, sign_in: SignIn) -> None:
    client = sign_in(carol)
    assert client.post(address("cancel_meeting", meeting), {"reason": " "}).status_code == 422
    assert client.post(address("cancel_meeting", meeting), {"reason": "Vadītāja slima."}).status_code == 302
    cancelled = Meeting.objects.get()
    assert (cancelled.is_cancelled, cancelled.cancelled_because, cancelled.sequence) == (True, "Vadītāja slima.", 1)
    assert "Vadītāja slima." in client.get(address("change_meeting", meeting)).content.decode()
    assert client.post(address("change_meeting", meeting), as_shown(cancelled, carol, title="X")).status_code == 409
    with pytest.raises(MeetingCancelled):
        change_meeting(cancelled, by=carol, title="X")
    cancel_meeting(cancelled, by=carol, reason="Vēlreiz.")
    assert Meeting.objects.get().sequence == 1
    client.post(address("restore_meeting", meeting))
    client.post(address("restore_meeting", meeting))
    back = Meeting.objects.get()
    assert (back.is_cancelled, back.cancelled_because, back.sequence) == (False, "", 2)


def test_a_cancelled_meeting_overlaps_with_nothing(
    meeting: Meeting, group: WorkingGroup, carol: User, sign_in: SignIn
) -> None:
    cancel_meeting(meeting, by=carol, reason="Slimība.")
    other = make_meeting(meeting.process, carol, "2030-02-12 13:00", "2030-02-12 14:00", title="Cita", groups=[group])
    response = sign_in(carol).post(address("change_meeting", other), as_shown(other, carol), follow=True)
    assert "jau tiekas" not in response.content.decode()
    assert "ir cita sanāksme" not in response.content.decode()


def test_once_more_in_two_weeks(meeting: Meeting, group: WorkingGroup, carol: User, sign_in: SignIn) -> None:
    client = sign_in(carol)
    body = client.get(address("copy_meeting", meeting)).content.decode()
    assert 'value="2030-02-26"' in body
    assert 'value="13:00"' in body
    client.post(address("copy_meeting", meeting), {"date": "2030-02-26", "starts": "13:00", "ends": "15:00"})
    copy = Meeting.objects.exclude(pk=meeting.pk).get()
    assert (copy.title, copy.starts_at, list(copy.groups.all())) == (meeting.title, at("2030-02-26 13:00"), [group])
    assert (copy.uid != meeting.uid, copy.sequence) == (True, 0)


def test_two_weeks_over_a_change_of_the_clock_keep_the_hour(process: Process, carol: User, sign_in: SignIn) -> None:
    meeting = make_meeting(process, carol, "2030-03-20 18:00", "2030-03-20 20:00")
    client = sign_in(carol)
    page = client.get(address("copy_meeting", meeting)).content.decode()
    assert 'value="2030-04-03"' in page
    assert 'value="18:00"' in page
    client.post(address("copy_meeting", meeting), {"date": "2030-04-03", "starts": "18:00", "ends": "20:00"})
    assert Meeting.objects.exclude(pk=meeting.pk).get().starts_at == at("2030-04-03 18:00")


def test_an_undated_meeting_is_copied_to_a_date_only(process: Process, carol: User, sign_in: SignIn) -> None:
    meeting = make_meeting(process, carol)
    client = sign_in(carol)
    assert client.post(address("copy_meeting", meeting), {"date": ""}).status_code == 422
    assert client.post(address("copy_meeting", meeting), {"date": "2030-04-03"}).status_code == 302
    assert Meeting.objects.dated().get().whole_day


def test_a_lead_copies_meetings_of_the_own_group_only(
    meeting: Meeting, process: Process, carol: User, leo: User
) -> None:
    assert copy_meeting(meeting, by=leo, starts_at=at("2030-03-01 10:00")).created_by == leo
    other = make_meeting(process, carol, "2030-02-12 13:00", groups=[create_group(process, name="Kultūra", by=carol)])
    with pytest.raises(PermissionDenied):
        copy_meeting(other, by=leo, starts_at=at("2030-03-01 10:00"))


def test_meetings_ahead_change_with_their_place(process: Process, carol: User) -> None:
    place = make_place(organization=process.owner)
    ahead = make_meeting(process, carol, "2030-02-12 13:00", place=place)
    over = make_meeting(process, carol, "2020-02-12 13:00", place=place)
    change_place(place, by=carol, address="Graudu iela 1")
    for meeting in (ahead, over):
        meeting.refresh_from_db()
    assert (ahead.sequence, over.sequence) == (1, 0)
