# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations import deadlines
from talka.proposals.operations.examining import prepare_reply, publish_replies
from talka.proposals.operations.receiving import ProposalWithdrawn, withdraw_proposal
from talka.proposals.operations.terms import save_term
from tests.proposals.conftest import text_of
from tests.proposals.entering import enter
from tests.proposals.test_save_term import FIELDS

WHY = "Prasa dokumentu kopijas."


@pytest.fixture
def entry(process: Process, clara: User) -> Proposal:
    return enter(process, clara, date(2026, 11, 2))


def page(proposal: Proposal) -> str:
    return reverse("proposals:change_regime", args=[proposal.process.slug, proposal.number])


def test_another_act_gives_another_day(entry: Proposal, clara: User) -> None:
    deadlines.change_regime(entry, by=clara, regime="information", signed=False, reason=WHY)
    entry = Proposal.objects.select_related("term").get(pk=entry.pk)
    assert (str(entry.due_on), entry.forward_by) == ("2026-11-12", None)
    assert entry.term is not None
    assert entry.term.act == "Informācijas atklātības likums"
    event = Event.objects.get(verb="proposals.change_regime")
    assert (event.reason, event.details) == (WHY, {"regime": "information", "signed": False})


def test_where_signed_ones_have_a_term_of_their_own_the_signature_decides(
    entry: Proposal, process: Process, carol: User
) -> None:
    save_term(process, by=carol, **FIELDS | {"applies_to": "signed"})
    entry.refresh_from_db()
    assert str(entry.due_on) == "2026-11-16"
    deadlines.change_regime(entry, by=carol, regime="submission", signed=True, reason="Parakstīts elektroniski.")
    entry.refresh_from_db()
    assert str(entry.due_on) == "2026-11-09"


def test_the_page_asks_why_and_shows_the_day(entry: Proposal, clara: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(clara)
    for wrong in ({"reason": ""}, {"regime": "cits"}, {"signed": "maybe"}):
        answer = client.post(page(entry), {"regime": "information", "signed": "no", "reason": WHY} | wrong)
        assert answer.status_code == 422
    said = text_of(client.post(page(entry), {"regime": "information", "signed": "yes", "reason": WHY}, follow=True))
    assert "Informācijas atklātības likums" in said
    assert "10 kalendāra dienas" in said
    entry.refresh_from_db()
    assert entry.signed


def test_what_is_answered_or_withdrawn_stays_as_it_is(
    entry: Proposal, process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    withdrawn = enter(process, carol, clock.today())
    withdraw_proposal(withdrawn, by=carol)
    with pytest.raises(ProposalWithdrawn):
        deadlines.change_regime(withdrawn, by=carol, regime="information", signed=False, reason=WHY)
    prepare_reply(entry, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([entry], by=carol)
    refused = sign_in(carol).post(page(entry), {"regime": "information", "signed": "no", "reason": WHY})
    assert refused.status_code == 409
    assert WHY in refused.content.decode()


def test_others_do_not_decide_it(entry: Proposal, leo: User, eve: User, sign_in: Callable[[User], Client]) -> None:
    for user in (leo, eve):
        with pytest.raises(PermissionDenied):
            deadlines.change_regime(entry, by=user, regime="information", signed=False, reason=WHY)
    assert sign_in(eve).post(page(entry), {"regime": "information", "signed": "no", "reason": WHY}).status_code == 403


def test_the_clerk_chooses_at_entry(process: Process, clara: User, sign_in: Callable[[User], Client]) -> None:
    form = {"text": "Lūdzu līguma kopiju.", "channel": "email", "received_on": "2026-11-02", "on_behalf": "self"}
    address = reverse("proposals:register_proposal", args=[process.slug])
    sign_in(clara).post(address, form | {"regime": "information", "signed": "yes"})
    entry = Proposal.objects.get()
    assert (entry.regime, entry.signed, str(entry.due_on)) == ("information", True, "2026-11-12")
    assert sign_in(clara).post(address, form | {"regime": "cits"}).status_code == 422
