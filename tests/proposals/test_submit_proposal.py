# SPDX-License-Identifier: EUPL-1.2
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.processes.operations import close_process
from talka.proposals.models import Proposal, Receipt, Tally
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies
from talka.proposals.operations.receiving import Content, ProposalsClosed, Sender, publish_proposal, submit_proposal, withdraw_proposal


def test_a_visitor_gets_the_next_number_of_the_process(make_proposal: Callable[..., Proposal]) -> None:
    assert [make_proposal().reference for _ in range(3)] == ["TP-1", "TP-2", "TP-3"]


def test_the_same_form_sent_twice_gives_the_same_proposal(process: Process, visitor: AnonymousUser) -> None:
    key = uuid.uuid4()
    sent: dict[str, Any] = {"content": Content(text="Soliņi"), "sender": Sender(), "key": key, "by": visitor}
    first, second = submit_proposal(process, **sent), submit_proposal(process, **sent)
    assert first.pk == second.pk
    assert Proposal.objects.count() == 1


def test_a_closed_process_says_so(process: Process, carol: User, visitor: AnonymousUser) -> None:
    close_process(process, by=carol)
    with pytest.raises(ProposalsClosed):
        submit_proposal(process, content=Content(text="Soliņi"), sender=Sender(), key=uuid.uuid4(), by=visitor)


def test_the_text_as_received_cannot_be_changed(make_proposal: Callable[..., Proposal]) -> None:
    receipt = make_proposal().receipt
    with pytest.raises(Exception, match="Cannot update"):
        Receipt.objects.filter(pk=receipt.pk).update(text="cits")


def test_the_tally_is_what_counting_would_find(
    make_proposal: Callable[..., Proposal], group: WorkingGroup, carol: User
) -> None:
    proposals = [make_proposal(f"Priekšlikums {number}") for number in range(6)]
    for proposal in proposals[:4]:
        publish_proposal(proposal, by=carol)
    assign_proposals(proposals[1:5], by=carol, group=group)
    prepare_reply(proposals[1], by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([proposals[1]], by=carol)
    withdraw_proposal(proposals[2], by=carol)
    counted: dict[tuple[Any, ...], int] = {}
    for proposal in Proposal.objects.all():
        key = (proposal.assigned_group_id, proposal.state, proposal.published_at is not None)
        counted[key] = counted.get(key, 0) + 1
    kept = {(t.group_id, t.state, t.is_public): t.number for t in Tally.objects.exclude(number=0)}
    assert kept == counted
    assert Proposal.objects.aggregate(n=Count("pk"))["n"] == sum(kept.values())
