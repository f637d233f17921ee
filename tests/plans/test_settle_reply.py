# SPDX-License-Identifier: EUPL-1.2
"""The coordinator's page of a reply that was not clear."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.plans.models import ProgressUpdate, UnclearReply
from talka.plans.operations.replies import take_reply
from talka.processes.models import Process
from tests.plans.asking import ask, give, request_of
from tests.plans.factories import SmallPlan, make_plan


@pytest.fixture
def small(process: Process, carol: User, dora: User) -> SmallPlan:
    plan = make_plan(process, by=carol, published=True)
    give(plan, dora.person, plan.action, plan.investment, by=carol)
    return plan


@pytest.fixture
def unclear(small: SmallPlan, carol: User, dora: User) -> UnclearReply:
    request = request_of(ask(small, by=carol), dora)
    taken = take_reply(
        request,
        text="I1.1.1.1 nav pabeigts <i>vēl</i>",
        mail_key="<a@x>",
        from_address=dora.email,
        received_at=clock.now(),
    )
    assert taken.unclear is not None
    return taken.unclear


def address(reply: UnclearReply, verb: str = "settle_reply") -> str:
    plan = reply.request.round.plan
    return reverse(f"plans:{verb}", args=[plan.process.slug, plan.slug, reply.pk])


def test_it_shows_what_was_written_with_the_doubtful_action_first(
    small: SmallPlan, unclear: UnclearReply, carol: User, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(carol).get(address(unclear)).content.decode()
    assert "I1.1.1.1 nav pabeigts &lt;i&gt;vēl&lt;/i&gt;" in page
    assert page.index("Veloceliņš Grīzupes ielā") < page.index("Apsekot ielas")


def test_what_it_says_is_entered_by_hand(
    small: SmallPlan, unclear: UnclearReply, carol: User, dora: User, sign_in: Callable[[User], Client]
) -> None:
    client, node = sign_in(carol), small.investment.node_id
    assert client.post(address(unclear), {f"n{node}-text": ""}).status_code == 409
    wrong = client.post(address(unclear), {f"n{node}-text": "Nav vēl", f"n{node}-percent": "x"})
    assert wrong.status_code == 422
    assert "Nav vēl" in wrong.content.decode()
    sent = {f"n{node}-state": "under_way", f"n{node}-text": "Nav vēl pabeigts."}
    assert client.post(address(unclear), sent).status_code == 302
    update = ProgressUpdate.objects.get()
    assert (update.node_id, update.person, update.entered_by) == (node, dora.person, carol)
    unclear.refresh_from_db()
    assert unclear.settled_by == carol
    assert client.post(address(unclear), sent).status_code == 409


def test_it_is_set_aside_with_a_reason(
    unclear: UnclearReply, carol: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    page = address(unclear, "set_aside_reply")
    assert sign_in(carol).post(page, {"reason": ""}).status_code == 422
    assert sign_in(eve).post(page, {"reason": "Nē"}).status_code == 403
    assert sign_in(carol).post(page, {"reason": "Tikai pateicība"}).status_code == 302
    unclear.refresh_from_db()
    assert unclear.set_aside_because == "Tikai pateicība"
    assert not ProgressUpdate.objects.exists()
