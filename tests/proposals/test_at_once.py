# SPDX-License-Identifier: EUPL-1.2
"""Several people at the same moment, on the real database."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from talka.accounts.models import User
from talka.core.errors import Changed, Refused
from talka.groups.models import WorkingGroup
from talka.groups.operations.forming import create_group
from talka.processes.models import Process
from talka.proposals.models import Author, Proposal, Register, Reply, Tally
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies, unassign_proposal
from talka.proposals.operations.receiving import publish_proposals, submit_proposal, withdraw_proposal

pytestmark = pytest.mark.django_db(transaction=True)


def together(times: int, deed: Callable[[int], Any]) -> list[Any]:
    """Do something in so many threads at once; a refusal is returned in place of a result."""
    start = Barrier(times)

    def one(number: int) -> Any:
        try:
            start.wait(10)
            return deed(number)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


def send(process: Process, key: uuid.UUID, text: str) -> Proposal:
    return submit_proposal(process, content=Content(text=text), sender=Sender(), key=key, by=AnonymousUser())


def test_numbers_are_given_without_a_gap_and_none_twice(process: Process) -> None:
    together(8, lambda n: [send(process, uuid.uuid4(), f"Priekšlikums {n}/{i}") for i in range(3)])
    assert sorted(Proposal.objects.values_list("number", flat=True)) == list(range(1, 25))
    assert Register.objects.get(process=process).last_number == 24
    assert sum(Tally.objects.values_list("number", flat=True)) == 24
    assert len(set(Author.objects.values_list("secret", flat=True))) == 24


def test_the_first_proposals_of_a_process_open_one_register(process: Process) -> None:
    process.register.delete()
    together(4, lambda n: send(process, uuid.uuid4(), f"Priekšlikums {n}"))
    assert sorted(Proposal.objects.values_list("reference", flat=True)) == ["P-1", "P-2", "P-3", "P-4"]


def test_a_form_sent_many_times_at_once_is_one_proposal(process: Process) -> None:
    key = uuid.uuid4()
    found = together(6, lambda _n: send(process, key, "Soliņi").pk)
    assert len(set(found)) == 1
    assert Register.objects.get(process=process).last_number == 1


def test_of_two_coordinators_one_saves_and_the_other_hears_of_it(process: Process, carol: User) -> None:
    proposal = send(process, uuid.uuid4(), "Soliņi")
    answer = {"by": carol, "outcome": "accepted", "signed_name": "Karola", "version": 0}
    done = together(2, lambda n: prepare_reply(proposal, reason=f"Atbilde {n}", **answer))
    assert sorted(type(one) for one in done if isinstance(one, Changed)) == [Changed]
    assert Reply.objects.get().version == 1


def test_an_answer_and_a_withdrawal_do_not_both_happen(process: Process, carol: User) -> None:
    proposal = send(process, uuid.uuid4(), "Soliņi")
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    deeds: list[Callable[[], Any]] = [
        lambda: publish_replies([proposal], by=carol),
        lambda: withdraw_proposal(proposal, by=carol),
    ]
    done = together(2, lambda n: deeds[n]())
    assert sum(isinstance(one, Refused) for one in done) == 1
    proposal.refresh_from_db()
    assert (proposal.answered_at is None) != (proposal.withdrawn_at is None)


def test_an_answer_published_by_two_at_once_goes_out_once(process: Process, carol: User) -> None:
    proposal = send(process, uuid.uuid4(), "Soliņi")
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    assert sorted(together(3, lambda _n: publish_replies([proposal], by=carol))) == [0, 0, 1]


def test_coordinators_who_move_proposals_to_and_fro_do_not_stop_each_other(
    process: Process, group: WorkingGroup, carol: User
) -> None:
    other = create_group(process, name="Vide", by=carol)
    ours = [send(process, uuid.uuid4(), f"Soliņi {n}") for n in range(8)]
    here, there = ours[0::2], ours[1::2]

    def to_and_fro(which: int) -> None:
        mine = [here, there, ours][which]
        for turn in range(12):
            if which == 2 and turn % 2:
                publish_proposals(mine[::-1], by=carol)
                unassign_proposal(mine[turn % 8], by=carol)
                continue
            assign_proposals(mine, by=carol, group=[group, other][(which + turn) % 2])

    together(3, to_and_fro)
    waiting = Tally.objects.filter(process=process)
    assert sum(waiting.values_list("number", flat=True)) == len(ours)
    for one in (group, other):
        counted = sum(waiting.filter(group=one).values_list("number", flat=True))
        assert counted == Proposal.objects.filter(assigned_group=one).count()
