# SPDX-License-Identifier: EUPL-1.2
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from talka.accounts.models import User
from talka.core import clock
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.scheduling.models import Timetable
from talka.scheduling.operations.placing import move_session
from talka.scheduling.operations.seeking import (
    NoDays,
    NothingToSolve,
    find_timetable,
    give_timetable_up,
    solve_timetable,
)
from talka.scheduling.operations.timetables import (
    BeingSolved,
    GroupOfAnotherProcess,
    NotInGroups,
    add_absence,
    set_wishes,
)
from talka.scheduling.queries.timetables import asked_of
from talka.scheduling.solving.checking import troubles_of
from tests.meetings.factories import at, make_meeting
from tests.scheduling.factories import make_group, make_room, make_timetable, session_of


def _solve(timetable: Timetable, by: User) -> Timetable:
    solve_timetable(timetable, by=by)
    find_timetable(timetable.pk)
    timetable.refresh_from_db()
    return timetable


def test_sessions_are_placed_by_the_queue_without_a_clash(
    process: Process, group: WorkingGroup, carol: User, bob: User, sign_in: Callable[[User], Client]
) -> None:
    other = make_group(process, carol, "Vide", bob.person)
    timetable = make_timetable(process, carol)
    client, address = sign_in(carol), reverse("scheduling:manage_timetable", args=[process.slug, timetable.pk])
    client.post(reverse("scheduling:solve_timetable", args=[process.slug, timetable.pk]))
    job = ProcrastinateJob.objects.get(task_name="talka.scheduling.tasks.find_timetable")
    assert job.args == {"timetable_id": timetable.pk}
    assert "<progress" in client.get(address).content.decode()
    find_timetable(timetable.pk)
    timetable.refresh_from_db()
    assert (timetable.cost, timetable.bound) == (0, 0)
    asked = asked_of(timetable)
    assert len(asked.placed()) == 2
    assert troubles_of(asked.problem, asked.placed()) == []
    page = client.get(address).content.decode()
    assert group.name in page
    assert other.name in page


def test_what_could_not_be_met_is_said_with_the_reason(
    process: Process, group: WorkingGroup, carol: User, leo: User, sign_in: Callable[[User], Client]
) -> None:
    other = make_group(process, carol, "Vide")
    timetable = make_timetable(process, carol, places=[make_room(process, seats=20)])
    set_wishes(timetable, wishes={other: {"others": 80}}, by=carol)
    add_absence(timetable, person=leo.person, starts_on=date(2027, 1, 1), ends_on=date(2027, 3, 1), by=carol)
    _solve(timetable, carol)
    address = reverse("scheduling:manage_timetable", args=[process.slug, timetable.pk])
    page = sign_in(carol).get(address, headers={"Accept-Language": "lv"}).content.decode()
    assert "80" in page
    assert leo.person.name in page
    assert asked_of(timetable).placed() == []


def test_a_group_does_not_meet_while_its_speaker_from_outside_is_away(
    process: Process, group: WorkingGroup, carol: User, clara: User, sign_in: Callable[[User], Client]
) -> None:
    timetable = make_timetable(process, carol)
    address = reverse("scheduling:add_absence", args=[process.slug, timetable.pk])
    away = {
        "person": clara.person.pk,
        "starts_on": timetable.first_day,
        "ends_on": timetable.last_day - timedelta(days=1),
    }
    client = sign_in(carol)
    refused = client.post(address, away)
    assert refused.status_code == 422
    assert "group" in refused.context["form"].errors
    assert client.post(address, {**away, "group": group.pk}).status_code == 302
    assert group.name in client.get(address).content.decode()
    _solve(timetable, carol)
    session = session_of(timetable, group)
    assert session.starts_at is not None
    assert timezone.localdate(session.starts_at) == timetable.last_day
    with pytest.raises(GroupOfAnotherProcess):
        add_absence(
            timetable, person=clara.person, group=make_group(process, carol, "Vide"), by=carol,
            starts_on=timetable.first_day, ends_on=timetable.last_day,
        )  # fmt: skip


def test_meetings_that_stand_already_are_gone_around(process: Process, group: WorkingGroup, carol: User) -> None:
    room = make_room(process)
    make_meeting(process, carol, "2027-02-01 09:00", "2027-02-04 18:00", place=room)
    make_meeting(process, carol, "2027-02-05 09:00", "2027-02-05 15:00", groups=[group])
    timetable = _solve(make_timetable(process, carol, places=[room]), carol)
    session = session_of(timetable, group)
    assert session.starts_at is not None
    assert session.starts_at >= at("2027-02-05 15:00")


def test_what_is_pinned_stays(process: Process, group: WorkingGroup, carol: User) -> None:
    make_group(process, carol, "Vide")
    timetable = make_timetable(process, carol)
    move_session(session_of(timetable, group), starts_at=at("2027-02-03 11:00"), place=timetable.places.get(), by=carol)
    _solve(timetable, carol)
    assert session_of(timetable, group).starts_at == at("2027-02-03 11:00")
    assert len(asked_of(timetable).placed()) == 2


def test_nothing_changes_while_it_is_sought_and_a_late_answer_is_dropped(
    process: Process, group: WorkingGroup, carol: User
) -> None:
    timetable = make_timetable(process, carol)
    solve_timetable(timetable, by=carol)
    for try_it in (
        lambda: solve_timetable(timetable, by=carol),
        lambda: set_wishes(timetable, wishes={group: {"sessions": 2}}, by=carol),
    ):
        with pytest.raises(BeingSolved):
            try_it()
    give_timetable_up(timetable.pk)
    find_timetable(timetable.pk)
    assert session_of(timetable, group).starts_at is None
    _solve(timetable, carol)
    assert session_of(timetable, group).starts_at is not None


def test_who_waits_in_vain_may_ask_again(process: Process, group: WorkingGroup, carol: User) -> None:
    timetable = make_timetable(process, carol)
    with clock.at(clock.now() - timedelta(hours=1)):
        solve_timetable(timetable, by=carol)
    _solve(timetable, carol)
    assert timetable.solved_at is not None


def test_without_groups_or_days_it_says_what_is_missing(process: Process, carol: User) -> None:
    with pytest.raises(NothingToSolve):
        solve_timetable(make_timetable(process, carol), by=carol)
    make_group(process, carol, "Vide")
    with pytest.raises(NoDays):
        solve_timetable(make_timetable(process, carol, weekdays=[6]), by=carol)


def test_only_those_who_sit_in_the_groups_can_be_away(
    process: Process, group: WorkingGroup, carol: User, alice: User, sign_in: Callable[[User], Client]
) -> None:
    timetable = make_timetable(process, carol)
    days = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 2)}
    with pytest.raises(NotInGroups):
        add_absence(timetable, person=alice.person, by=carol, **days)
    address = reverse("scheduling:add_absence", args=[process.slug, timetable.pk])
    assert sign_in(carol).post(address, {"person": alice.person.pk, **days}).status_code == 422


def test_the_page_asks_the_database_a_fixed_number_of_times(
    process: Process,
    carol: User,
    sign_in: Callable[[User], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(8):
        make_group(process, carol, f"Grupa {number}", carol.person)
    timetable = _solve(make_timetable(process, carol), carol)
    client, address = sign_in(carol), reverse("scheduling:manage_timetable", args=[process.slug, timetable.pk])
    client.get(address)
    with django_assert_max_num_queries(24):
        client.get(address)


def test_the_solver_is_loaded_by_the_job_alone() -> None:
    program = "import django, sys; django.setup(); import talka.scheduling.urls, talka.scheduling.tasks; print('ortools' in sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120,
        env={"DJANGO_SETTINGS_MODULE": "talka.config.settings", "TALKA_MODE": "test", "PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert found.stdout.strip() == "False"


def test_others_may_not(process: Process, group: WorkingGroup, carol: User, eve: User, leo: User) -> None:
    timetable = make_timetable(process, carol)
    for person in (eve, leo):
        with pytest.raises(PermissionDenied):
            solve_timetable(timetable, by=person)
