# SPDX-License-Identifier: EUPL-1.2
"""Several people writing one set of minutes at the same moment, on the real database."""

import uuid

import pytest

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.meetings.models import AgendaItem, Attendance, Decision, Minutes
from talka.meetings.operations.agenda import add_item
from talka.meetings.operations.approving import approve_minutes
from talka.meetings.operations.calling import MinutesLocked
from talka.meetings.operations.writing import Written, begin_minutes, write_minutes
from talka.meetings.operations.written import Change
from talka.processes.models import Process
from tests.meetings.factories import make_meeting
from tests.proposals.test_at_once import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def item(process: Process, group: WorkingGroup, carol: User, leo: User, bob: User) -> AgendaItem:
    meeting = make_meeting(process, carol, "2031-02-12 13:00", "2031-02-12 15:00", groups=[group])
    add_item(meeting, title="Ietves", by=carol)
    minutes = begin_minutes(meeting, by=leo)
    Attendance.objects.update(mode="on_site")
    minutes.secretary = Attendance.objects.exclude(person=minutes.chair).first().person  # type: ignore[union-attr]
    minutes.save()
    return AgendaItem.objects.get()


def test_minutes_begun_by_several_at_once_are_begun_once(
    process: Process, group: WorkingGroup, carol: User, leo: User, bob: User
) -> None:
    meeting = make_meeting(process, carol, "2031-02-12 13:00", "2031-02-12 15:00", groups=[group])
    begun = together(4, lambda n: begin_minutes(meeting, by=(carol, leo)[n % 2]).pk)
    assert len(set(begun)) == 1
    assert Attendance.objects.filter(meeting=meeting).count() == 2


def test_what_six_people_write_at_once_stays(item: AgendaItem, leo: User) -> None:
    name = f"notes.{item.pk}"
    texts = [f"{n}. runātājs: {uuid.uuid4().hex}" for n in range(6)]
    together(6, lambda n: write_minutes(item.meeting, {name: Change(f"{texts[n]}\n")}, by=leo))
    item.refresh_from_db()
    assert [text for text in texts if text not in item.notes] == []


def test_a_row_sent_many_times_at_once_is_one_decision(item: AgendaItem, leo: User) -> None:
    change = {f"decision.{item.pk}.{uuid.uuid4()}": Change({"text": "Atbalstīt.", "votes_for": "2", "base": ""})}
    together(5, lambda _n: write_minutes(item.meeting, change, by=leo))
    assert Decision.objects.get().votes_for == 2


def test_words_written_while_minutes_are_approved_stand_in_them_or_are_refused(
    item: AgendaItem, carol: User, leo: User
) -> None:
    minutes = Minutes.objects.get()
    deeds = [
        lambda: approve_minutes(minutes, by=carol),
        lambda: write_minutes(item.meeting, {f"notes.{item.pk}": Change("Pēdējā brīdī.")}, by=leo),
    ]
    approved, written = together(2, lambda n: deeds[n]())
    assert isinstance(approved, Minutes)
    item.refresh_from_db()
    stands = item.notes == "Pēdējā brīdī."
    assert stands if isinstance(written, Written) else isinstance(written, MinutesLocked) and not item.notes
