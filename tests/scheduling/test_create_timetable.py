# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.scheduling.models import Timetable
from talka.scheduling.operations.timetables import change_timetable, remove_timetable, set_wishes
from talka.scheduling.queries.timetables import allowed_days
from tests.scheduling.factories import make_group, make_room, make_timetable


def _fields(**fields: object) -> dict[str, object]:
    return {
        "title": "Februāra sēdes", "first_day": "2027-02-01", "last_day": "2027-02-26", "opens": "09:00",
        "closes": "20:00", "weekdays": ["0", "1", "2", "3", "4"], "step": "30", "pause": "30", "weigh_people": "3",
        "weigh_weeks": "2", "weigh_evenings": "2", "evening_from": "17:00", "liking": "spread", "weigh_days": "1",
        "weigh_rooms": "1", "seconds": "30", "days_off": "24.02.2027.", **fields,
    }  # fmt: skip


def test_the_coordinator_begins_a_timetable_with_all_groups(
    process: Process, group: WorkingGroup, carol: User, sign_in: Callable[[User], Client]
) -> None:
    room = make_room(process)
    address = reverse("scheduling:create_timetable", args=[process.slug])
    response = sign_in(carol).post(address, _fields(places=[room.pk]))
    timetable = Timetable.objects.get()
    assert response["Location"] == reverse("scheduling:set_wishes", args=[process.slug, timetable.pk])
    assert timetable.days_off == [date(2027, 2, 24)]
    assert [wish.group for wish in timetable.wishes.all()] == [group]
    assert timetable.wishes.get().planned.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"last_day": "2027-01-01"}, "last_day"),
        ({"last_day": "2029-01-01"}, "last_day"),
        ({"closes": "08:00"}, "closes"),
        ({"days_off": "rīt"}, "days_off"),
        ({"days_off": "31.02.2027."}, "days_off"),
        ({"weekdays": ["9"]}, "weekdays"),
        ({"pause": "-5"}, "pause"),
        ({"seconds": "100000"}, "seconds"),
        ({"step": "7"}, "step"),
        ({"places": ["0"]}, "places"),
        ({"places": []}, "places"),
    ],
)
def test_wrong_input_is_said_beside_the_field_and_nothing_is_lost(
    process: Process, carol: User, sign_in: Callable[[User], Client], wrong: dict[str, object], field: str
) -> None:
    fields = _fields(**{"places": [make_room(process).pk], **wrong})
    response = sign_in(carol).post(reverse("scheduling:create_timetable", args=[process.slug]), fields)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Februāra sēdes" in response.content.decode()
    assert not Timetable.objects.exists()


def test_groups_of_residents_are_wished_into_the_evening(process: Process, carol: User, alice: User) -> None:
    residents = make_group(process, carol, "Iedzīvotāji")
    residents.mandates.create(person=alice.person, represents="resident")
    office = make_group(process, carol, "Pārvalde", carol.person)
    wishes = {wish.group: wish.evening for wish in make_timetable(process, carol).wishes.all()}
    assert wishes == {residents: True, office: False}


def test_holidays_and_own_days_off_are_left_out(process: Process, carol: User) -> None:
    timetable = make_timetable(
        process, carol, first_day=date(2027, 3, 25), last_day=date(2027, 3, 31), days_off=[date(2027, 3, 30)]
    )
    assert [day.day for day in allowed_days(timetable)] == [25, 31]
    timetable.holidays = True
    assert [day.day for day in allowed_days(timetable)] == [25, 26, 29, 31]


def test_what_groups_need_is_saved_for_all_at_once(
    process: Process, group: WorkingGroup, carol: User, sign_in: Callable[[User], Client]
) -> None:
    other = make_group(process, carol, "Vide")
    timetable = make_timetable(process, carol)
    fields = {}
    for one, sessions in ((group, 3), (other, 0)):
        prefix = f"group-{one.pk}"
        fields |= {f"{prefix}-sessions": sessions, f"{prefix}-minutes": 90, f"{prefix}-others": 10}
    address = reverse("scheduling:set_wishes", args=[process.slug, timetable.pk])
    assert sign_in(carol).post(address, fields).status_code == 302
    wish = timetable.wishes.get()
    assert (wish.group, wish.planned.count(), wish.minutes, wish.others) == (group, 3, 90, 10)
    response = sign_in(carol).post(address, {**fields, f"group-{group.pk}-minutes": "daudz"})
    assert response.status_code == 422
    assert "daudz" in response.content.decode()


def test_fewer_sessions_take_the_last_ones_away(process: Process, group: WorkingGroup, carol: User) -> None:
    timetable = make_timetable(process, carol)
    set_wishes(timetable, wishes={group: {"sessions": 3}}, by=carol)
    set_wishes(timetable, wishes={group: {"sessions": 2}}, by=carol)
    assert [one.number for one in timetable.wishes.get().planned.all()] == [1, 2]


def test_somebody_elses_change_is_shown_and_nothing_typed_is_lost(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    timetable = make_timetable(process, carol)
    address = reverse("scheduling:change_timetable", args=[process.slug, timetable.pk])
    client = sign_in(carol)
    seen = client.get(address).context["form"].initial["seen"]
    change_timetable(timetable, by=carol, title="Cits nosaukums")
    response = client.post(address, _fields(places=[timetable.places.get().pk], seen=seen))
    assert response.status_code == 409
    assert "Cits nosaukums" in response.content.decode()
    assert "Februāra sēdes" in response.content.decode()


def test_others_may_not(process: Process, group: WorkingGroup, carol: User, eve: User, leo: User) -> None:
    for person in (eve, leo):
        with pytest.raises(PermissionDenied):
            make_timetable(process, person)
        with pytest.raises(PermissionDenied):
            remove_timetable(make_timetable(process, carol), by=person)


def test_a_timetable_is_removed(process: Process, carol: User, sign_in: Callable[[User], Client]) -> None:
    timetable = make_timetable(process, carol)
    sign_in(carol).post(reverse("scheduling:remove_timetable", args=[process.slug, timetable.pk]))
    assert not Timetable.objects.exists()
