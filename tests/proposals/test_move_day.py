# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.processes.models import Process
from talka.proposals.models import MovedDay
from talka.proposals.operations.terms import DayKnown, move_day, restore_day
from tests.proposals.conftest import text_of
from tests.proposals.entering import enter


def test_a_day_off_moves_what_waits_by_a_day_and_back(process: Process, carol: User, adam: User) -> None:
    entry = enter(process, carol, date(2026, 11, 2))
    assert str(entry.due_on) == "2026-11-16"
    moved = move_day(date(2026, 11, 10), by=adam, is_working=False, reason="MK rīkojums")
    entry.refresh_from_db()
    assert str(entry.due_on) == "2026-11-17"
    move_day(date(2026, 11, 14), by=adam, is_working=True, reason="MK rīkojums")
    entry.refresh_from_db()
    assert str(entry.due_on) == "2026-11-16", "the Saturday is worked on instead"
    restore_day(moved, by=adam)
    entry.refresh_from_db()
    assert str(entry.due_on) == "2026-11-14"
    assert Event.objects.filter(verb="proposals.move_day", reason="MK rīkojums").count() == 2


def test_a_day_is_entered_once(adam: User) -> None:
    move_day(date(2026, 11, 10), by=adam, is_working=False, reason="MK rīkojums")
    with pytest.raises(DayKnown):
        move_day(date(2026, 11, 10), by=adam, is_working=True, reason="Cits")


def test_only_who_administers_an_organization_moves_days(
    process: Process, carol: User, clara: User, dora: User, eve: User
) -> None:
    for user in (carol, clara, dora):
        with pytest.raises(PermissionDenied):
            move_day(date(2026, 11, 10), by=user, is_working=False, reason="MK rīkojums")
    moved = move_day(date(2026, 11, 10), by=eve, is_working=False, reason="working days are the same for all")
    with pytest.raises(PermissionDenied):
        restore_day(moved, by=carol)


def test_the_page_lists_enters_and_removes(adam: User, dora: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(adam)
    page, new = reverse("proposals:list_moved_days"), reverse("proposals:move_day")
    assert "Neviena diena nav pārcelta" in text_of(client.get(page))
    client.post(new, {"day": "2027-05-03", "is_working": "no", "reason": "Rīkojums Nr. 1"})
    moved = MovedDay.objects.get()
    assert (moved.is_working, moved.reason) == (False, "Rīkojums Nr. 1")
    assert "Rīkojums Nr. 1" in text_of(sign_in(dora).get(page))
    assert reverse("proposals:restore_day", args=[moved.pk]) not in sign_in(dora).get(page).content.decode()
    client.post(reverse("proposals:restore_day", args=[moved.pk]))
    assert not MovedDay.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"day": ""}, {"day": "31.02.2027"}, {"reason": ""}, {"is_working": "maybe"}, {"day": "2027-05-04"}]
)
def test_wrong_input_is_said(adam: User, sign_in: Callable[[User], Client], wrong: dict[str, str]) -> None:
    move_day(date(2027, 5, 4), by=adam, is_working=True, reason="MK rīkojums")
    form = {"day": "2027-05-03", "is_working": "no", "reason": "Rīkojums"} | wrong
    assert sign_in(adam).post(reverse("proposals:move_day"), form).status_code == 422
    assert MovedDay.objects.count() == 1
