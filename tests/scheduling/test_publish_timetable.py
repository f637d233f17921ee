# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.processes.models import Process
from talka.scheduling.operations.placing import ClashesLeft, NothingToPublish, move_session, publish_timetable
from talka.scheduling.operations.timetables import AlreadyPublished, add_absence, set_wishes
from tests.meetings.factories import at, make_meeting
from tests.scheduling.factories import make_group, make_timetable, session_of


def test_all_meetings_are_called_in_one_step_and_absences_forgotten(
    process: Process, group: WorkingGroup, carol: User, leo: User, sign_in: Callable[[User], Client]
) -> None:
    make_group(process, carol, "Vide")
    timetable = make_timetable(process, carol)
    set_wishes(timetable, wishes={group: {"sessions": 2, "minutes": 90}}, by=carol)
    add_absence(timetable, person=leo.person, starts_on=date(2027, 2, 4), ends_on=date(2027, 2, 4), by=carol)
    room = timetable.places.get()
    for number, when in ((1, "2027-02-01 10:00"), (2, "2027-02-03 10:00")):
        move_session(session_of(timetable, group, number), starts_at=at(when), place=room, by=carol)
    address = reverse("scheduling:publish_timetable", args=[process.slug, timetable.pk])
    client = sign_in(carol)
    assert not Meeting.objects.exists()
    assert "2" in client.get(address).content.decode()
    client.post(address, {"access": "public"})
    meetings = Meeting.objects.order_by("starts_at")
    assert [(one.starts_at, one.ends_at, one.place, list(one.groups.all())) for one in meetings] == [
        (at("2027-02-01 10:00"), at("2027-02-01 11:30"), room, [group]),
        (at("2027-02-03 10:00"), at("2027-02-03 11:30"), room, [group]),
    ]
    assert "Mobilitāte" in meetings[0].title
    assert not timetable.absences.exists()
    page = client.get(reverse("scheduling:manage_timetable", args=[process.slug, timetable.pk])).content.decode()
    assert reverse("meetings:change_meeting", args=[process.slug, meetings[0].pk]) in page
    with pytest.raises(AlreadyPublished):
        publish_timetable(timetable, by=carol)
    assert Meeting.objects.count() == 2


def test_two_in_one_room_are_not_published(process: Process, group: WorkingGroup, carol: User) -> None:
    other = make_group(process, carol, "Vide")
    timetable = make_timetable(process, carol)
    for one in (group, other):
        place = timetable.places.get()
        move_session(session_of(timetable, one), starts_at=at("2027-02-01 10:00"), place=place, by=carol)
    with pytest.raises(ClashesLeft):
        publish_timetable(timetable, by=carol)
    assert not Meeting.objects.exists()


def test_a_meeting_called_meanwhile_is_noticed(process: Process, group: WorkingGroup, carol: User) -> None:
    timetable = make_timetable(process, carol)
    place = timetable.places.get()
    move_session(session_of(timetable, group), starts_at=at("2027-02-01 10:00"), place=place, by=carol)
    make_meeting(process, carol, "2027-02-01 11:00", "2027-02-01 12:00", place=place)
    with pytest.raises(ClashesLeft):
        publish_timetable(timetable, by=carol)


def test_an_empty_timetable_is_not_published(process: Process, group: WorkingGroup, carol: User) -> None:
    with pytest.raises(NothingToPublish):
        publish_timetable(make_timetable(process, carol), by=carol)


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_it_is_taken_away_as_a_table(
    process: Process, group: WorkingGroup, carol: User, sign_in: Callable[[User], Client], name: str
) -> None:
    timetable = make_timetable(process, carol)
    place = timetable.places.get()
    move_session(session_of(timetable, group), starts_at=at("2027-02-01 10:00"), place=place, by=carol)
    address = reverse("scheduling:download_timetable", args=[process.slug, timetable.pk, name])
    response = sign_in(carol).get(address)
    assert response["Content-Disposition"] == f'attachment; filename="timetable-{timetable.pk}.{name}"'
    if name == "csv":
        assert "2027-02-01,10:00,12:00,Mobilitāte,1,Sēžu zāle,40,0" in response.content.decode()
    assert sign_in(carol).get(address.replace(name, "exe")).status_code == 404


def test_others_may_not(process: Process, group: WorkingGroup, carol: User, eve: User, leo: User) -> None:
    timetable = make_timetable(process, carol)
    for person in (eve, leo):
        with pytest.raises(PermissionDenied):
            publish_timetable(timetable, by=person)
