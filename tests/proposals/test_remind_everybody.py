# SPDX-License-Identifier: EUPL-1.2
"""The daily letter: one a day at most, gathering everything, never empty, and off for whoever wants it off."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from talka.accounts.models import User
from talka.core import clock
from talka.core.dates import short_date
from talka.groups.models import WorkingGroup
from talka.notifications.models import Notification
from talka.processes.models import Process
from talka.proposals import tasks
from talka.proposals.deadlines import Calendar
from talka.proposals.models import Proposal, Register, Reminder
from talka.proposals.operations.examining import assign_proposals
from talka.proposals.operations.reminding import remind_everybody
from talka.proposals.queries.terms import calendar
from tests.proposals.conftest import letters
from tests.proposals.entering import at_noon, enter


def in_two_months(*, weekday: int | None = None) -> datetime:
    """Return noon of a working day about two months ahead, or of the next such day of the week after it."""
    day = Calendar().next_working(clock.today() + timedelta(days=60))
    while weekday is not None and day.weekday() != weekday:
        day += timedelta(days=1)
    return at_noon(day)


WORKDAY, SUNDAY = in_two_months(), in_two_months(weekday=6)


@pytest.fixture
def entries(process: Process, group: WorkingGroup, leo: User, carol: User) -> list[Proposal]:
    """One with leo's group and one with nobody, both late on the working day of these tests."""
    first, second = (enter(process, carol, clock.today()) for _number in range(2))
    assign_proposals([first], by=carol, group=group)
    return [first, second]


def written() -> dict[str, Notification]:
    return {letter.email: letter for letter in letters("proposals/remind_of_owed")}


def test_each_gets_one_letter_about_what_is_theirs(entries: list[Proposal]) -> None:
    with clock.at(WORKDAY):
        assert remind_everybody() == 2
    found = written()
    assert set(found) == {"leo@example.lv", "karola@example.lv"}
    assert "TP-1" in found["leo@example.lv"].text
    assert "TP-2" not in found["leo@example.lv"].text
    assert "TP-2" in found["karola@example.lv"].text
    assert found["karola@example.lv"].subject == "1 atbilde, kas jāsniedz jums, ir nokavēta"
    assert entries[0].due_on is not None
    assert short_date(entries[0].due_on, "lv") in found["leo@example.lv"].text


def test_run_twice_on_a_day_it_writes_once_and_the_next_day_again(entries: list[Proposal]) -> None:
    with clock.at(WORKDAY):
        tasks.remind_everybody(0)
        tasks.remind_everybody(0)
    assert len(letters("proposals/remind_of_owed")) == 2
    with clock.at(WORKDAY + timedelta(days=1)):
        tasks.remind_everybody(0)
    assert len(letters("proposals/remind_of_owed")) == 4


def test_the_database_itself_allows_one_a_day(leo: User) -> None:
    Reminder.objects.create(user=leo, day=clock.today(), kind="daily")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(user=leo, day=clock.today(), kind="daily")


def test_nothing_is_written_on_a_day_off(entries: list[Proposal]) -> None:
    with clock.at(SUNDAY):
        assert remind_everybody() == 0
    assert not letters("proposals/remind_of_owed")


def test_before_the_day_as_each_register_asks(entries: list[Proposal], process: Process, leo: User) -> None:
    due, working_days = entries[0].due_on, Calendar()
    assert due is not None
    Proposal.objects.filter(pk=entries[1].pk).update(withdrawn_at=clock.now())

    def reminds(day: date) -> bool:
        Reminder.objects.all().delete()
        with clock.at(at_noon(day)):
            return remind_everybody() == 1

    before = [day for n in range(20, -1, -1) if working_days.is_working(day := due - timedelta(days=n))]
    assert [reminds(day) for day in before[-4:]] == [False, True, True, True]
    (letter, *_rest) = letters("proposals/remind_of_owed")
    assert letter.subject == "Drīz jāsniedz 1 atbilde"
    Register.objects.filter(process=process).update(remind_before=0)
    assert not reminds(due)
    assert reminds(working_days.later(due, 1)), "late it is reminded of all the same"


def test_nobody_gets_an_empty_one(process: Process, leo: User, carol: User) -> None:
    enter(process, carol, clock.today())
    day = calendar().next_working(clock.today())
    with clock.at(at_noon(day)):
        assert remind_everybody() == 0
    assert not Reminder.objects.exists()


def test_who_turned_it_off_gets_none(entries: list[Proposal], leo: User) -> None:
    User.objects.filter(pk=leo.pk).update(gets_reminders=False)
    with clock.at(WORKDAY):
        remind_everybody()
    assert set(written()) == {"karola@example.lv"}


def test_the_letter_says_how_to_turn_it_off(entries: list[Proposal], settings: Any) -> None:
    with clock.at(WORKDAY):
        remind_everybody()
    assert f"{settings.TALKA_URL}/lv/account/reminders/stop/" in written()["leo@example.lv"].text


def test_of_very_many_the_letter_names_the_latest_and_counts_all(
    process: Process, group: WorkingGroup, leo: User, carol: User
) -> None:
    many = [enter(process, carol, clock.today() - timedelta(days=number)) for number in range(23)]
    assign_proposals(many, by=carol, group=group)
    with clock.at(WORKDAY):
        remind_everybody()
    letter = written()["leo@example.lv"]
    assert letter.subject.startswith("23 atbildes")
    assert letter.text.count("TP-") == 20


def test_notes_of_old_letters_are_forgotten(leo: User, settings: Any) -> None:
    today = clock.today()
    for days in (settings.KEEP_LETTERS_DAYS + 1, 1):
        Reminder.objects.create(user=leo, day=today - timedelta(days=days), kind="daily")
    tasks.remove_old_reminders(0)
    assert Reminder.objects.get().day == today - timedelta(days=1)
