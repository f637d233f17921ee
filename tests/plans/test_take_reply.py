# SPDX-License-Identifier: EUPL-1.2
"""A reply by mail: what is clear is entered, what is not goes to the coordinator; nothing is entered twice or for others."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from talka.accounts.models import User
from talka.core import clock
from talka.plans.models import PlanNode, ProgressUpdate, UnclearReply, UpdateRequest
from talka.plans.operations.answering import Answer
from talka.plans.operations.progress import update_progress
from talka.plans.operations.replies import (
    NothingTaken,
    ReplySettled,
    Taken,
    set_aside_reply,
    settle_reply,
    take_reply,
)
from talka.processes.models import Process
from tests.plans.asking import ask, give, letters, request_of
from tests.plans.factories import SmallPlan, make_plan


@pytest.fixture
def small(process: Process, carol: User, dora: User, bob: User) -> SmallPlan:
    plan = make_plan(process, by=carol, published=True)
    give(plan, dora.person, plan.action, plan.investment, by=carol)
    give(plan, bob.person, plan.other_action, by=carol)
    return plan


@pytest.fixture
def request_to_dora(small: SmallPlan, carol: User, dora: User) -> UpdateRequest:
    return request_of(ask(small, by=carol), dora)


def reply(request: UpdateRequest, text: str, *, sender: str = "dora@example.lv", key: str = "<a@example.lv>") -> Taken:
    return take_reply(request, text=text, mail_key=key, from_address=sender, received_at=clock.now())


def test_what_is_clear_is_entered_and_said_back(small: SmallPlan, request_to_dora: UpdateRequest, dora: User) -> None:
    taken = reply(request_to_dora, "R1.1.1.1: pabeigts. Visas ielas apsekotas.\nI1.1.1.1 procesā, 30 %")
    assert taken.unclear is None
    first, second = ProgressUpdate.objects.order_by("pk")
    assert (first.node, first.state, first.percent) == (small.action.node, "done", 100)
    assert first.text == "Visas ielas apsekotas."
    assert (second.state, second.percent, second.channel) == ("under_way", 30, "mail")
    assert (second.person, second.entered_by, second.round) == (dora.person, None, request_to_dora.round)
    letter = letters("plans/take_reply")["dora@example.lv"]
    assert "R1.1.1.1 Apsekot ielas: izpildīts" in letter.text
    assert "I1.1.1.1 Veloceliņš Grīzupes ielā: tiek īstenots, 30 %" in letter.text


def test_the_same_mail_delivered_again_changes_nothing(request_to_dora: UpdateRequest) -> None:
    for _time in range(3):
        reply(request_to_dora, "R1.1.1.1: pabeigts\nI1.1.1.1 ???")
    assert ProgressUpdate.objects.count() == UnclearReply.objects.count() == 1
    assert len(letters("plans/take_reply")) == 1


def test_what_is_unclear_waits_for_the_coordinator_and_the_rest_is_entered(
    small: SmallPlan, request_to_dora: UpdateRequest
) -> None:
    taken = reply(request_to_dora, "R1.1.1.1: pabeigts\nI1.1.1.1 nav pabeigts\nR9.9 izpildīts")
    assert [version.node for version, _update in taken.entered] == [small.action.node]
    assert taken.unclear is not None
    assert taken.unclear.doubts == [("I1.1.1.1", "no_state"), ("", "unknown_code")]
    assert "I1.1.1.1: nav pateikts, kā sokas" in letters("plans/take_reply")["dora@example.lv"].text


def test_nobody_answers_for_what_is_somebody_else_s(small: SmallPlan, request_to_dora: UpdateRequest) -> None:
    taken = reply(request_to_dora, "R1.1.1.2: atcelts")
    assert taken.unclear is not None
    assert taken.unclear.doubts == [("", "unknown_code")]
    assert not ProgressUpdate.objects.filter(node=small.other_action.node).exists()


def test_from_another_address_nothing_is_entered_and_nobody_is_written_to(request_to_dora: UpdateRequest) -> None:
    for number, sender in enumerate(("eve@example.lv", "", "dora@example.lv.evil.example")):
        taken = reply(request_to_dora, "R1.1.1.1: atcelts", sender=sender, key=f"<{number}@x>")
        assert taken.unclear is not None
        assert taken.unclear.doubts == [("", "other_address")]
    assert not ProgressUpdate.objects.exists()
    assert not letters("plans/take_reply")


def test_long_after_the_last_day_and_from_a_hidden_plan_a_person_reads_it(request_to_dora: UpdateRequest) -> None:
    with clock.at(clock.now() + timedelta(days=200)):
        taken = reply(request_to_dora, "R1.1.1.1: pabeigts")
    assert taken.unclear is not None
    assert taken.unclear.doubts == [("", "too_late")]


@pytest.mark.parametrize(("text", "doubt"), [("", "nothing"), ("  \x00 ", "nothing"), ("Paldies!", "no_code")])
def test_an_empty_or_friendly_reply_says_nothing(request_to_dora: UpdateRequest, text: str, doubt: str) -> None:
    taken = reply(request_to_dora, text)
    assert taken.unclear is not None
    assert taken.unclear.doubts == [("", doubt)]


def test_a_letter_quoted_without_a_mark_is_not_read_as_an_answer(request_to_dora: UpdateRequest) -> None:
    letter = letters("plans/open_round")["dora@example.lv"].text
    taken = reply(request_to_dora, f"Viss kārtībā.\n{letter}")
    assert taken.unclear is not None
    assert taken.unclear.doubts == [("", "quoted")]
    assert not ProgressUpdate.objects.exists()


def test_a_later_word_stays_when_an_older_mail_comes_late(
    small: SmallPlan, request_to_dora: UpdateRequest, carol: User
) -> None:
    update_progress(small.action.node, state="done", by=carol)
    earlier = clock.now() - timedelta(days=3)
    taken = take_reply(
        request_to_dora, text="I1.1.1.1 procesā", mail_key="<b@x>", from_address="DORA@example.lv", received_at=earlier
    )
    assert taken.entered[0][1].said_on == (clock.today() - timedelta(days=3))
    assert reply(request_to_dora, "R1.1.1.1 procesā").unclear is not None
    assert PlanNode.objects.get(pk=small.action.node_id).latest.state == "done"  # type: ignore[union-attr]


def test_html_and_a_huge_text_do_no_harm(request_to_dora: UpdateRequest) -> None:
    reply(request_to_dora, "R1.1.1.1: pabeigts. <script>alert(1)</script>" + " ļoti gari" * 50_000)
    update = ProgressUpdate.objects.get()
    assert len(update.text) <= 20_000
    assert "<script>" in update.text  # kept as text; every page escapes it


def test_the_coordinator_takes_in_or_sets_aside(small: SmallPlan, request_to_dora: UpdateRequest, carol: User) -> None:
    first = reply(request_to_dora, "I1.1.1.1 nav pabeigts").unclear
    second = reply(request_to_dora, "Paldies!", key="<c@x>").unclear
    assert first is not None
    assert second is not None
    with pytest.raises(NothingTaken):
        settle_reply(first, answers=[Answer(small.investment.node)], by=carol)
    assert settle_reply(first, answers=[Answer(small.investment.node, "under_way", 90)], by=carol) == 1
    update = ProgressUpdate.objects.get()
    assert (update.person, update.entered_by, update.channel) == (request_to_dora.person, carol, "mail")
    set_aside_reply(second, reason="Tikai pateicība", by=carol)
    assert not UnclearReply.objects.waiting().exists()
    with pytest.raises(ReplySettled):
        set_aside_reply(first, reason="Vēlreiz", by=carol)


def test_eve_and_a_clerk_see_and_settle_none(
    small: SmallPlan, request_to_dora: UpdateRequest, carol: User, clara: User, eve: User
) -> None:
    unclear = reply(request_to_dora, "Paldies!").unclear
    assert unclear is not None
    assert list(UnclearReply.objects.visible_to(carol)) == [unclear]
    for other in (eve, clara):
        assert not UnclearReply.objects.visible_to(other).exists()
        with pytest.raises(PermissionDenied):
            settle_reply(unclear, answers=[Answer(small.action.node, "done")], by=other)
        with pytest.raises(PermissionDenied):
            set_aside_reply(unclear, reason="Nē", by=other)
