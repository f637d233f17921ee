# SPDX-License-Identifier: EUPL-1.2
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from talka.accounts.models import User
from talka.core.holdings import Wanted
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.scheduling.holding import AbsenceHolder
from talka.scheduling.models import Absence
from talka.scheduling.operations.timetables import add_absence, erase_absence
from tests.scheduling.factories import make_timetable


def test_a_person_sees_when_they_are_away_and_is_erased(
    process: Process, group: WorkingGroup, carol: User, leo: User, eve: User
) -> None:
    timetable = make_timetable(process, carol)
    day = date(2027, 2, 4)
    absence = add_absence(timetable, person=leo.person, starts_on=day, ends_on=day, by=carol)
    holder = AbsenceHolder()
    found = holder.own(leo)
    assert [one.key for one in found] == [f"absence:{absence.pk}"]
    assert holder.own(eve) == []
    assert holder.copy(found[0]).values["starts_on"] == day
    wanted = Wanted(name=leo.person.name)
    assert [one.key for one in holder.find(wanted, by=carol)] == [f"absence:{absence.pk}"]
    assert holder.find(wanted, by=eve) == []
    assert holder.get(["absence:x", f"absence:{absence.pk}"], by=eve) == []
    with pytest.raises(PermissionDenied):
        erase_absence(absence, by=leo, reason="")
    holder.erase(holder.get([f"absence:{absence.pk}"], by=carol)[0], by=carol, reason="lūgums", leave_public=False)
    assert not Absence.objects.exists()
