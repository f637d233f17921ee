# SPDX-License-Identifier: EUPL-1.2
"""The list of what is due, and the job that erases it."""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.config import cli
from talka.core import clock, holdings
from talka.core.holdings import Holder, Wanted, holders, register
from talka.privacy.tasks import erase_due_data
from talka.processes.models import Process
from talka.proposals.models import Author, Proposal


@pytest.fixture
def due(answered: Proposal, settings: Any) -> Proposal:
    """Answered and closed 40 days ago, where the term is two months."""
    settings.KEEP_MONTHS = 2
    then = clock.now() - timedelta(days=40)
    Process.objects.filter(pk=answered.process_id).update(closed_at=then)
    Proposal.objects.filter(pk=answered.pk).update(answered_at=then)
    return answered


def page(client: Client, **asked: Any) -> str:
    return client.get(reverse("privacy:list_due"), asked).content.decode()


def test_the_list_says_whose_data_goes_on_which_day_and_changes_nothing(
    due: Proposal, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    said = page(client, days=31)
    assert "Zigfrīda Purmale" in said
    assert due.reference in said
    assert "1 ieraksts" in said
    assert "Nekas nav jādzēš" in page(client, days=0)
    assert "Zigfrīda Purmale" in page(client, days=31, process=due.process.slug)
    assert "Zigfrīda Purmale" not in page(client, days=31, process="cits")
    for odd in ("x", "-1", "999999999999999999999", "²"):
        assert "Zigfrīda Purmale" in page(client, days=odd, page=odd)
    assert Author.objects.get(proposal=due).name == "Zigfrīda Purmale"


def test_nobody_sees_what_others_answer_for(
    due: Proposal, eve: User, root: User, adam: User, sign_in: Callable[[User], Client]
) -> None:
    said = page(sign_in(adam), days=92)
    assert "Zigfrīda" in said
    assert "/register/" not in said  # he answers for the data and does not work on the entries
    for user in (eve, root):
        assert "Zigfrīda" not in page(sign_in(user), days=92)


def test_the_list_asks_the_same_number_of_queries_for_many(
    due: Proposal, make_proposal: Callable[..., Proposal], carol: User, sign_in: Callable[[User], Client],
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    client = sign_in(carol)
    then = clock.now() - timedelta(days=40)
    Process.objects.filter(pk=due.process_id).update(closed_at=None)
    for _number in range(8):
        make_proposal()
    Process.objects.filter(pk=due.process_id).update(closed_at=then)
    Proposal.objects.update(answered_at=then)
    with django_assert_max_num_queries(22):
        assert "9 ieraksti" in page(client, days=92)


def test_the_job_erases_what_is_due_and_says_how_much_in_the_systems_log(
    due: Proposal, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    erase_due_data(0)
    assert Author.objects.get(proposal=due).name == "Zigfrīda Purmale"
    settings.KEEP_MONTHS = 1
    with caplog.at_level(logging.INFO, "talka.privacy.tasks"):
        erase_due_data(0)
        erase_due_data(0)
    assert Author.objects.get(proposal=due).name == ""
    said = [record.getMessage() for record in caplog.records if record.name == "talka.privacy.tasks"]
    assert [one for one in said if "proposals" in one] == [
        "personal data erased after its term: proposals 1", "personal data erased after its term: proposals 0",
    ]  # fmt: skip
    assert "Zigfr" not in "".join(said)


def test_a_holder_that_holds_nothing_of_a_kind_need_not_say_so(alice: User) -> None:
    class Empty(Holder):
        name = "empty"

    register(Empty())
    try:
        one = next(holder for holder in holders() if holder.name == "empty")
        assert one.find(Wanted(name="x"), by=alice) == one.own(alice) == one.get(["x"], by=alice) == []
        assert (one.due(until=clock.today(), by=alice), one.count_due(until=clock.today()), one.erase_due()) == (
            [],
            [],
            0,
        )
    finally:
        del holdings._holders["empty"]


def test_every_holder_has_a_name_words_and_explains_its_keys() -> None:
    assert {holder.name for holder in holders()} >= {"account", "following", "letters", "people", "proposals"}
    assert all(str(holder.label) and holder.keys for holder in holders())


def test_a_long_list_is_paged_and_ordered_by_day(
    due: Proposal, make_proposal: Callable[..., Proposal], carol: User, sign_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr("talka.privacy.views.PAGE", 2)
    client = sign_in(carol)
    Process.objects.filter(pk=due.process_id).update(closed_at=None)
    for number in range(4):
        later = make_proposal(f"Priekšlikums {number}")
        Proposal.objects.filter(pk=later.pk).update(answered_at=clock.now() - timedelta(days=30 - number))
    Process.objects.filter(pk=due.process_id).update(closed_at=clock.now() - timedelta(days=40))
    pages = [client.get(reverse("privacy:list_due"), {"days": 92, "page": number}) for number in (1, 2, 3, 9)]
    shown = [[row.title for row in response.context["rows"]] for response in pages]
    assert [len(titles) for titles in shown] == [2, 2, 1, 1]
    assert shown[0][0] == str(due)
    assert shown[2] == shown[3] == ["TP-5 Priekšlikums 3"]


def test_the_command_counts_first_and_then_erases(
    due: Proposal, settings: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KEEP_MONTHS = 1
    monkeypatch.setattr(cli, "_database", nullcontext)
    assert cli.main(["erase-due", "--dry-run"]) == 0
    assert capsys.readouterr().out.split() == ["1", "proposals", *str(due.process).split()]
    assert Author.objects.get(proposal=due).name == "Zigfrīda Purmale"
    assert cli.main(["erase-due"]) == 0
    assert "1  proposals" in capsys.readouterr().out
    assert Author.objects.get(proposal=due).name == ""
