# SPDX-License-Identifier: EUPL-1.2
"""An answer to the letter about updates goes to the plan, and never into the register."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Organization
from talka.mailbox.models import InboundMessage, MailAccount
from talka.plans.models import ProgressUpdate, UnclearReply, UpdateRequest
from talka.plans.reply_address import reply_address
from talka.processes.models import Process
from talka.proposals.models import Proposal
from tests.plans.asking import ask, give, letters, request_of
from tests.plans.factories import SmallPlan, make_plan

Receive = Callable[..., InboundMessage]


@pytest.fixture
def small(process: Process, carol: User, dora: User, account: MailAccount) -> SmallPlan:
    plan = make_plan(process, by=carol, published=True)
    give(plan, dora.person, plan.action, plan.investment, by=carol)
    return plan


@pytest.fixture
def request_to_dora(small: SmallPlan, carol: User, dora: User) -> UpdateRequest:
    return request_of(ask(small, by=carol), dora)


def answer(receive: Receive, text: str, **fields: Any) -> InboundMessage:
    """Let dora answer the letter that she got."""
    letter = letters("plans/open_round")["dora@example.lv"]
    headers = {"In-Reply-To": letter.message_id}
    return receive(**{"sender": "Dora <dora@example.lv>", "text": text, "headers": headers, **fields})


def test_the_letter_says_where_to_reply(request_to_dora: UpdateRequest, process: Process, account: MailAccount) -> None:
    letter = letters("plans/open_round")["dora@example.lv"]
    assert letter.reply_to == reply_address(process) == account.address
    assert "Vai vienkārši atbildiet uz šo vēstuli." in letter.text


def test_without_a_mailbox_that_is_read_the_letter_asks_for_no_reply(process: Process, carol: User, dora: User) -> None:
    plan = make_plan(process, by=carol, published=True)
    give(plan, dora.person, plan.action, by=carol)
    ask(plan, by=carol)
    letter = letters("plans/open_round")["dora@example.lv"]
    assert letter.reply_to == ""
    assert "atbildiet uz šo vēstuli" not in letter.text


def test_an_answer_is_entered_and_is_no_proposal(
    receive: Receive, small: SmallPlan, request_to_dora: UpdateRequest
) -> None:
    message = answer(receive, "R1.1.1.1: pabeigts\n\nAr cieņu,\nDora\n\n> R1.1.1.2: izpildīts")
    update = ProgressUpdate.objects.get()
    assert (update.node, update.state, update.mail_key) == (small.action.node, "done", message.message_id)
    assert (message.kind, message.update_request) == ("update", request_to_dora)
    assert not Proposal.objects.exists()
    assert list(InboundMessage.objects.in_folder("replies")) == [message]


def test_the_link_that_is_quoted_names_the_request_where_the_mail_program_does_not(
    receive: Receive, request_to_dora: UpdateRequest
) -> None:
    quoted = f"> http://testserver/lv/plans/updates/{request_to_dora.secret}/"
    message = answer(receive, f"R1.1.1.1: pabeigts\n\n{quoted}", headers={})
    assert message.update_request == request_to_dora
    assert ProgressUpdate.objects.count() == 1


def test_the_address_alone_proves_nothing(receive: Receive, request_to_dora: UpdateRequest) -> None:
    message = answer(receive, "R1.1.1.1: atcelts", headers={})
    assert (message.kind, message.update_request) == ("new", None)
    assert not ProgressUpdate.objects.exists()
    assert not UnclearReply.objects.exists()


def test_who_got_the_letter_passed_on_changes_nothing(receive: Receive, request_to_dora: UpdateRequest) -> None:
    message = answer(receive, "R1.1.1.1: atcelts", sender="Ieva <ieva@example.lv>")
    assert message.kind == "update"
    assert not ProgressUpdate.objects.exists()
    assert UnclearReply.objects.get().doubts == [["", "other_address"]]
    assert not letters("plans/take_reply")


def test_a_machine_s_answer_is_no_answer(receive: Receive, request_to_dora: UpdateRequest) -> None:
    letter = letters("plans/open_round")["dora@example.lv"]
    headers = {"In-Reply-To": letter.message_id, "Auto-Submitted": "auto-replied"}
    message = answer(receive, "R1.1.1.1: atcelts. Esmu atvaļinājumā.", headers=headers)
    assert message.kind == "auto_reply"
    assert not ProgressUpdate.objects.exists()


def test_html_is_read_as_text(receive: Receive, request_to_dora: UpdateRequest) -> None:
    letter = letters("plans/open_round")["dora@example.lv"]
    headers = {"In-Reply-To": letter.message_id, "Content-Type": "text/html; charset=utf-8"}
    text = "<div>R1.1.1.1: <b>procesā</b>, 60&nbsp;%</div><script>alert(1)</script>"
    answer(receive, text, headers=headers)
    update = ProgressUpdate.objects.get()
    assert (update.state, update.percent) == ("under_way", 60)
    assert "script" not in update.text


def test_another_process_s_mailbox_reads_no_update(
    receive: Receive, request_to_dora: UpdateRequest, account: MailAccount, other_town: Organization
) -> None:
    foreign = Process.objects.create(kind="other", title="Cits", slug="cits", owner=other_town)
    MailAccount.objects.filter(pk=account.pk).update(process=foreign)
    message = answer(receive, "R1.1.1.1: pabeigts")
    assert message.update_request is None
    assert not ProgressUpdate.objects.exists()


def test_the_page_of_the_mail_leads_to_the_updates(
    receive: Receive, request_to_dora: UpdateRequest, small: SmallPlan, carol: User, sign_in: Callable[[User], Client]
) -> None:
    message = answer(receive, "R1.1.1.1: pabeigts")
    page = (
        sign_in(carol).get(reverse("mailbox:show_message", args=[small.plan.process.slug, message.pk])).content.decode()
    )
    assert reverse("plans:list_owing", args=[small.plan.process.slug, small.plan.slug]) in page


def test_an_answer_after_the_round_is_still_read(receive: Receive, request_to_dora: UpdateRequest) -> None:
    with clock.at(clock.now() + timedelta(days=30)):
        answer(receive, "R1.1.1.1: pabeigts")
    assert ProgressUpdate.objects.count() == 1
