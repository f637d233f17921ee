# SPDX-License-Identifier: EUPL-1.2
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from talka.accounts.models import User
from talka.analytics.queries import Line, Report, report_of
from talka.core import clock
from talka.directory.models import Topic
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations import examining
from talka.proposals.operations.receiving import withdraw_proposal


@pytest.fixture(autouse=True)
def _in_latvian(db: None) -> Any:
    with translation.override("lv"):
        yield


@pytest.fixture
def answer(carol: User) -> Callable[..., None]:
    """Return a function that answers an entry so many days after its receipt."""

    def act(proposal: Proposal, *, days: int, outcome: str = "accepted") -> None:
        with clock.at(proposal.received_at + timedelta(days=days)):
            examining.prepare_reply(proposal, by=carol, outcome=outcome, reason="Jā.", signed_name="Karola")
            examining.publish_replies([proposal], by=carol)

    return act


@pytest.fixture
def five(
    make_proposal: Callable[..., Proposal], answer: Callable[..., None], carol: User, topic: Topic
) -> list[Proposal]:
    """Five entries of the last fifteen days, one of each kind: in time, late, waiting, overdue, withdrawn."""
    with clock.at(clock.now() - timedelta(days=15)):
        made = [make_proposal(f"Priekšlikums {number}.", topic=topic if number else None) for number in range(5)]
    day = clock.today()
    due = [day - timedelta(days=5), day - timedelta(days=9), day + timedelta(days=1), day - timedelta(days=1), day]
    for proposal, due_on in zip(made, due, strict=True):
        Proposal.objects.filter(pk=proposal.pk).update(due_on=due_on)
    Proposal.objects.filter(pk=made[1].pk).update(channel="paper")
    answer(made[0], days=2)
    answer(made[1], days=8, outcome="rejected")
    withdraw_proposal(made[4], by=carol)
    return made


def report(process: Process) -> Report:
    return report_of(process, clock.today() - timedelta(days=40), clock.today(), "lv")


def numbers(line: Line) -> tuple[int, ...]:
    return line.received, line.in_time, line.late, line.waiting, line.overdue, line.withdrawn


def test_each_entry_is_counted_once_as_one_of_five(five: list[Proposal], process: Process) -> None:
    found = report(process)
    assert numbers(found.total) == (5, 1, 1, 1, 1, 1)
    for table in found.tables:
        sums = [sum(column) for column in zip(*(numbers(line) for line in table.lines), strict=True)]
        assert tuple(sums) == numbers(found.total), table.key


def test_paper_and_web_are_counted_by_the_same_definition(five: list[Proposal], process: Process) -> None:
    channels = {line.label: line for line in next(t for t in report(process).tables if t.key == "channel").lines}
    assert numbers(channels["papīrs"]) == (1, 0, 1, 0, 0, 0)
    assert numbers(channels["tīmeklis"]) == (4, 1, 0, 1, 1, 1)


def test_outcomes_median_and_share_follow_from_the_answered(five: list[Proposal], process: Process) -> None:
    found = report(process)
    assert [(one.label, one.number) for one in found.outcomes] == [("pieņemts", 1), ("noraidīts", 1)]
    assert found.median_days == 5.0
    assert found.in_time_percent == 33


def test_an_entry_answered_on_its_last_day_late_in_the_evening_is_in_time(
    make_proposal: Callable[..., Proposal], answer: Callable[..., None], process: Process
) -> None:
    proposal = make_proposal()
    Proposal.objects.filter(pk=proposal.pk).update(due_on=clock.today())
    answer(proposal, days=0)
    assert report(process).total.in_time == 1


def test_one_without_a_due_day_is_never_late(make_proposal: Callable[..., Proposal], process: Process) -> None:
    proposal = make_proposal()
    Proposal.objects.filter(pk=proposal.pk).update(due_on=None)
    assert numbers(report(process).total) == (1, 0, 0, 1, 0, 0)


def test_what_was_entered_by_mistake_is_not_counted(five: list[Proposal], process: Process) -> None:
    Proposal.objects.filter(pk=five[4].pk).update(mistaken_at=clock.now())
    assert report(process).total.received == 4


def test_days_outside_of_the_span_are_left_out(five: list[Proposal], process: Process) -> None:
    assert report_of(process, date(2001, 1, 1), date(2001, 12, 31), "lv").total.received == 0
    assert report_of(process, clock.today(), clock.today(), "lv").total.received == 0


def test_the_page_shows_it_in_few_queries(
    five: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client = sign_in(carol)
    since = (clock.today() - timedelta(days=40)).isoformat()
    with django_assert_max_num_queries(20):
        page = client.get(reverse("analytics:show_report", args=[process.slug]), {"since": since})
    text = page.content.decode()
    assert "data-column" not in text or "table-month" in text
    assert "Pēc saņemšanas veida" in text
    assert "33 %" in text


def test_an_end_before_the_beginning_gets_a_sentence(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    asked = {"since": "2026-03-01", "until": "2026-02-01"}
    page = sign_in(carol).get(reverse("analytics:show_report", args=[process.slug]), asked)
    assert page.status_code == 422
    assert "Pēdējā diena ir agrāka par pirmo." in page.content.decode()


def test_the_workbook_holds_a_sheet_for_each_table(
    five: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    asked = {"since": (clock.today() - timedelta(days=40)).isoformat()}
    answer = sign_in(carol).get(reverse("analytics:export_report", args=[process.slug, "xlsx"]), asked)
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert len(book.sheet_names) == 4
    last = book.get_sheet_by_index(1).to_python()[-1]
    assert last[0] == "Kopā"
    assert [int(value) for value in last[1:]] == [5, 2, 1, 1, 1, 1, 1]


def test_the_document_is_a_tagged_pdf(
    five: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    asked = {"since": (clock.today() - timedelta(days=40)).isoformat()}
    answer = sign_in(carol).get(reverse("analytics:export_report", args=[process.slug, "pdf"]), asked)
    assert answer.content.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in answer.content


def test_a_report_of_nothing_says_so(process: Process, carol: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(carol)
    page = client.get(reverse("analytics:show_report", args=[process.slug]))
    assert "Šajās dienās nekas nav saņemts." in page.content.decode()
    assert client.get(reverse("analytics:export_report", args=[process.slug, "pdf"])).status_code == 200
