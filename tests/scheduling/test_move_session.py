# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.scheduling.models import Timetable
from talka.scheduling.operations.placing import NotPlaced, RoomNotChosen, move_session, pin_session
from tests.meetings.factories import at
from tests.scheduling.factories import make_group, make_room, make_timetable, session_of


@pytest.fixture
def timetable(process: Process, group: WorkingGroup, carol: User, bob: User) -> Timetable:
    """Two groups in which bob sits; “Mobilitāte” is on Monday at ten, “Vide” on Tuesday."""
    other = make_group(process, carol, "Vide", bob.person)
    timetable = make_timetable(process, carol, places=[make_room(process), make_room(process, "Bibliotēka")])
    room = timetable.places.get(name="Sēžu zāle")
    move_session(session_of(timetable, group), starts_at=at("2027-02-01 10:00"), place=room, by=carol)
    move_session(session_of(timetable, other), starts_at=at("2027-02-02 10:00"), place=room, by=carol)
    return timetable


def _address(timetable: Timetable, group: WorkingGroup) -> str:
    session = session_of(timetable, group)
    return reverse("scheduling:move_session", args=[timetable.process.slug, timetable.pk, session.pk])


def _fields(timetable: Timetable, **fields: object) -> dict[str, object]:
    room = timetable.places.get(name="Bibliotēka")
    return {"day": "2027-02-02", "hour": "11:00", "place": room.pk, "pinned": "on", **fields}


def test_what_gets_worse_is_said_before_it_is_done(
    timetable: Timetable, group: WorkingGroup, carol: User, bob: User, sign_in: Callable[[User], Client]
) -> None:
    response = sign_in(carol).post(_address(timetable, group), _fields(timetable, preview="1"))
    worse = [one.text for one in response.context["worse"]]
    assert len(worse) == 1
    assert bob.person.name in worse[0]
    assert "Mobilitāte" in worse[0]
    assert "Vide" in worse[0]
    assert session_of(timetable, group).starts_at == at("2027-02-01 10:00")


def test_a_clash_is_shown_at_once_and_mending_it_gets_better(
    timetable: Timetable, group: WorkingGroup, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    room = timetable.places.get(name="Sēžu zāle")
    assert client.post(_address(timetable, group), _fields(timetable, place=room.pk)).status_code == 302
    page = client.get(reverse("scheduling:manage_timetable", args=[timetable.process.slug, timetable.pk]))
    assert page.context["blocked"]
    assert [one.blocks for one in page.context["clashes"]] == [True]
    assert (
        reverse("scheduling:publish_timetable", args=[timetable.process.slug, timetable.pk])
        not in page.content.decode()
    )
    response = client.post(_address(timetable, group), _fields(timetable, hour="14:00", preview="1"))
    assert len(response.context["better"]) == 2
    assert response.context["worse"] == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": "rīt"}, "day"),
        ({"hour": "25:00"}, "hour"),
        ({"day": "2027-03-28", "hour": "03:30"}, "hour"),
        ({"day": "2027-10-31", "hour": "03:30"}, "hour"),
        ({"place": "0"}, "place"),
    ],
)
def test_wrong_input_is_said_beside_the_field(
    timetable: Timetable,
    group: WorkingGroup,
    carol: User,
    sign_in: Callable[[User], Client],
    wrong: dict[str, str],
    field: str,
) -> None:
    response = sign_in(carol).post(_address(timetable, group), _fields(timetable, **wrong))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_who_is_slower_is_told(
    timetable: Timetable, group: WorkingGroup, carol: User, sign_in: Callable[[User], Client]
) -> None:
    session = session_of(timetable, group)
    fields = _fields(timetable, seen=session.mark)
    move_session(session, starts_at=at("2027-02-04 10:00"), place=timetable.places.get(name="Bibliotēka"), by=carol)
    client = sign_in(carol)
    response = client.post(_address(timetable, group), fields)
    assert response.status_code == 409
    assert session_of(timetable, group).starts_at == at("2027-02-04 10:00")
    again = {**fields, "seen": response.context["form"].data["seen"]}
    assert client.post(_address(timetable, group), again).status_code == 302


def test_a_room_of_elsewhere_is_refused(
    timetable: Timetable, process: Process, group: WorkingGroup, carol: User
) -> None:
    with pytest.raises(RoomNotChosen):
        move_session(
            session_of(timetable, group), starts_at=at("2027-02-04 10:00"), place=make_room(process, "Cita"), by=carol
        )


def test_a_session_is_pinned_and_released(
    timetable: Timetable, process: Process, group: WorkingGroup, carol: User, sign_in: Callable[[User], Client]
) -> None:
    session, client = session_of(timetable, group), sign_in(carol)
    address = reverse("scheduling:pin_session", args=[process.slug, timetable.pk, session.pk])
    client.post(address, {"pinned": "0"})
    assert not session_of(timetable, group).pinned
    client.post(address, {"pinned": "1"})
    assert session_of(timetable, group).pinned
    unplaced = make_timetable(process, carol, title="Cits")
    with pytest.raises(NotPlaced):
        pin_session(session_of(unplaced, group), pinned=True, by=carol)


def test_others_may_not(timetable: Timetable, group: WorkingGroup, eve: User, leo: User) -> None:
    for person in (eve, leo):
        with pytest.raises(PermissionDenied):
            move_session(
                session_of(timetable, group),
                starts_at=at("2027-02-04 10:00"),
                place=timetable.places.all()[0],
                by=person,
            )
