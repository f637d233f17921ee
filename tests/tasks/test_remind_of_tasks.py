# SPDX-License-Identifier: EUPL-1.2
"""Tasks are reminded of in the one letter of a day: before their day, and once a week when they are late."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from talka.accounts.models import User
from talka.directory.models import Person
from talka.notifications.models import Notification
from talka.proposals.operations.reminding import remind_everybody
from talka.tasks.models import Task
from talka.tasks.operations.reminding import remind_without_account
from talka.tasks.operations.tasks import update_task
from tests.tasks.conftest import GiveTask

DAILY, WITHOUT = "proposals/remind_of_owed", "tasks/remind_of_tasks"


def at(day: str) -> time_machine.travel:
    return time_machine.travel(f"{day} 09:00+02:00")


@pytest.fixture
def monday() -> Iterator[None]:
    """Monday, the 1st of November 2027; the 18th is a holiday."""
    with at("2027-11-01"):
        yield


def letters(template: str = DAILY) -> list[str]:
    return list(Notification.objects.filter(template=template).order_by("pk").values_list("email", flat=True))


def until(task: Task, day: date) -> None:
    Task.objects.filter(pk=task.pk).update(due_on=day)


def test_before_its_day_then_once_a_week_when_late(task: Task, bob: User) -> None:
    until(task, date(2027, 11, 10))
    expected = {
        "2027-11-04": 0,
        "2027-11-05": 1,
        "2027-11-08": 1,
        "2027-11-11": 2,
        "2027-11-12": 2,
        "2027-11-17": 2,
        "2027-11-19": 3,
    }
    for day, number in expected.items():
        with at(day):
            remind_everybody()
            remind_everybody()
        assert len(letters()) == number, day


def test_a_day_that_is_a_holiday_is_reminded_of_on_the_working_days_before(task: Task) -> None:
    until(task, date(2027, 11, 18))
    with at("2027-11-18"):
        assert remind_everybody() == 0
    with at("2027-11-15"):
        assert remind_everybody() == 1


def test_the_letter_names_the_task_and_its_link(task: Task, bob: User) -> None:
    until(task, date(2027, 11, 2))
    with at("2027-11-01"):
        remind_everybody()
    letter = Notification.objects.get(template=DAILY)
    assert task.title in letter.text
    assert task.asked.get().secret in letter.text
    assert letter.email == bob.email


def test_what_is_done_is_not_reminded_of(task: Task, bob: User) -> None:
    update_task(task, state="done", by=bob)
    until(task, date(2027, 11, 2))
    with at("2027-11-01"):
        assert remind_everybody() == 0


def test_who_has_no_account_gets_one_letter_with_all(give: GiveTask, ilze: Person, monday: None) -> None:
    until(give("Viens", to=ilze), date(2027, 11, 2))
    until(give("Divi", to=ilze), date(2027, 11, 3))
    assert remind_without_account() == 1
    assert remind_without_account() == 0
    text = Notification.objects.get(template=WITHOUT).text
    assert "Viens" in text
    assert "Divi" in text
