# SPDX-License-Identifier: EUPL-1.2
"""A whole import taken back: off the public pages, under its numbers, without a letter."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from talka.accounts.models import User
from talka.audit.models import Event, key_of
from talka.core import clock
from talka.core.errors import Refused
from talka.groups.models import WorkingGroup
from talka.imports.models import ImportRun
from talka.imports.operations import undoing
from talka.imports.queries import made_by
from talka.notifications.models import Notification
from talka.processes.models import Process
from talka.proposals.importing import RegisterTarget
from talka.proposals.models import Proposal, Register, Tally
from talka.proposals.operations.answering import recommend_outcome
from talka.proposals.operations.bundling import bundle_proposals
from talka.proposals.operations.correspondence import receive_addition
from talka.proposals.operations.examining import (
    add_note,
    assign_proposals,
    prepare_reply,
    publish_replies,
    reopen_proposal,
    unassign_proposal,
)
from talka.proposals.operations.receiving import withdraw_proposal
from talka.proposals.operations.redacting import redact_proposal
from talka.proposals.personal_data import Passage
from talka.proposals.queries.suspicion import Cover
from tests.imports import samples
from tests.proposals.conftest import text_of
from tests.proposals.importing import address, confirmed, list_of


@pytest.fixture
def run(process: Process, clara: User) -> ImportRun:
    """Three entries from a file, which are public at once."""
    Register.objects.filter(process=process).update(publishing="at_once")
    return confirmed(process, samples.google_csv(), by=clara)


def entry(number: int) -> Proposal:
    return Proposal.objects.get(number=number)


def test_everything_is_marked_as_a_mistake_and_nobody_gets_a_letter(
    run: ImportRun, process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(clara)
    assert "3 ieraksti" in text_of(client.get(address(process, "undo_import", run.pk))) or "3 ierakstus" in text_of(
        client.get(address(process, "undo_import", run.pk))
    )
    response = client.post(address(process, "undo_import", run.pk), {"reason": "Nepareizā datne."})
    assert response["Location"] == address(process, "show_import", run.pk)
    run.refresh_from_db()
    assert (run.state, run.undone, run.remaining) == ("undone", 3, 0)
    for proposal in Proposal.objects.all():
        assert (proposal.state, proposal.published_at, proposal.withdrawn_because) == (
            "withdrawn",
            None,
            "Nepareizā datne.",
        )
        assert proposal.mistaken_at is not None
        assert Event.objects.filter(object_key=key_of(proposal), verb="proposals.undo_registration").exists()
    assert Register.objects.get(process=process).last_number == 3
    assert list(Tally.objects.filter(number__gt=0).values_list("state", "is_public", "number")) == [
        ("withdrawn", False, 3)
    ]
    assert not Notification.objects.exists()
    assert "kļūdas dēļ" in text_of(client.get(address(process, "manage_proposal", 1)))


def test_undone_lines_can_be_imported_again_under_new_numbers(run: ImportRun, process: Process, clara: User) -> None:
    undoing.undo_import(run, by=clara, reason="Nepareizā datne.")
    assert confirmed(process, samples.google_csv(), by=clara).taken == 3
    assert sorted(Proposal.objects.filter(withdrawn_at=None).values_list("number", flat=True)) == [4, 5, 6]


def test_what_has_been_worked_on_stays_and_is_named_and_the_rest_can_be_undone(
    run: ImportRun, process: Process, carol: User, clara: User, group: WorkingGroup, sign_in: Callable[[User], Client]
) -> None:
    assign_proposals([entry(1)], by=carol, group=group)
    prepare_reply(entry(2), by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    client = sign_in(clara)
    page = text_of(client.get(address(process, "undo_import", run.pk)))
    assert "TP-1" in page
    assert "TP-2" in page
    assert "TP-3" not in page
    assert client.post(address(process, "undo_import", run.pk), {"reason": "Kļūda."}).status_code == 409
    assert not Proposal.objects.exclude(withdrawn_at=None).exists()
    assert client.post(address(process, "undo_import", run.pk), {"reason": "Kļūda.", "leave": "on"}).status_code == 302
    assert list(Proposal.objects.filter(withdrawn_at=None).order_by("number").values_list("number", flat=True)) == [
        1,
        2,
    ]
    run.refresh_from_db()
    assert (run.undone, run.remaining) == (1, 2)
    assert "2 ieraksti palika" in text_of(client.get(address(process, "show_import", run.pk)))


def test_what_had_to_stay_is_taken_back_later(run: ImportRun, carol: User, clara: User, group: WorkingGroup) -> None:
    assign_proposals([entry(1)], by=carol, group=group)
    assert undoing.undo_import(run, by=clara, reason="Kļūda.", leave=True) == 1
    assert entry(1).mistaken_at is None
    unassign_proposal(entry(1), by=carol)
    run.refresh_from_db()
    assert undoing.undo_import(run, by=clara, reason="Kļūda.") == 0
    run.refresh_from_db()
    assert run.remaining == 0


def test_a_note_keeps_an_entry_and_a_withdrawal_does_not(run: ImportRun, carol: User, clara: User) -> None:
    add_note(entry(1), text="Zvanīju.", by=clara)
    withdraw_proposal(entry(2), by=carol, reason="Autors zvanīja.")
    assert undoing.undo_import(run, by=clara, reason="Kļūda.", leave=True) == 1
    assert entry(1).withdrawn_at is None
    assert (entry(2).withdrawn_because, entry(2).mistaken_at) == ("Autors zvanīja.", None)


def test_whatever_hangs_on_an_entry_keeps_it_and_the_page_says_what(
    process: Process, carol: User, clara: User, leo: User, group: WorkingGroup, sign_in: Callable[[User], Client]
) -> None:
    run = confirmed(process, list_of(*(f"Vajag soli {number}." for number in range(1, 8))), by=clara)
    bundle_proposals([entry(1), entry(2)], by=carol)
    assign_proposals([entry(3)], by=carol, group=group)
    recommend_outcome(entry(3), by=leo, outcome="accepted", reason="Jā.")
    unassign_proposal(entry(3), by=carol)
    redact_proposal(entry(4), by=carol, covers=[Cover("text", Passage(6, 10, "other"))])
    receive_addition(entry(5), text="Vēl.", key=uuid4(), channel="email", received_at=clock.now(), from_author=True)
    prepare_reply(entry(6), by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([entry(6)], by=carol)
    reopen_proposal(entry(6), by=carol, reason="Kļūda.")
    kept = {one.key.rpartition(":")[2]: str(one.why) for one in RegisterTarget(process).stays(made_by(run))}
    assert {entry(number).number: kept.get(str(entry(number).pk)) for number in range(1, 8)} == {
        1: "uz to atbildēs kopā ar citiem", 2: "uz to atbildēs kopā ar citiem", 3: "par to ir sniegts ieteikums",
        4: "tajā ir aizsegti personas dati", 5: "par to vēlāk kaut kas rakstīts", 6: "atbilde uz to ir nosūtīta autoram", 7: None,
    }  # fmt: skip
    assert undoing.undo_import(run, by=clara, reason="Kļūda.", leave=True) == 6
    assert [one.number for one in Proposal.objects.exclude(mistaken_at=None)] == [7]
    assert "tajā ir aizsegti personas dati" in text_of(sign_in(clara).get(address(process, "undo_import", run.pk)))


def test_an_import_under_way_is_not_undone(process: Process, clara: User) -> None:
    run = confirmed(process, list_of("Soli."), by=clara, run_it=False)
    with pytest.raises(Refused):
        undoing.undo_import(run, by=clara, reason="Kļūda.")


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_a_reason_is_asked_for(
    run: ImportRun, process: Process, clara: User, sign_in: Callable[[User], Client], reason: str
) -> None:
    assert sign_in(clara).post(address(process, "undo_import", run.pk), {"reason": reason}).status_code == 422
    assert not Proposal.objects.exclude(withdrawn_at=None).exists()


def test_undoing_a_large_import_asks_the_database_a_fixed_number_of_questions(
    process: Process, clara: User, django_assert_max_num_queries: Callable[..., object]
) -> None:
    run = confirmed(process, samples.csv_of(samples.many_lines(300)), by=clara)
    with django_assert_max_num_queries(38):  # type: ignore[attr-defined]
        undoing.undo_import(run, by=clara, reason="Kļūda.")
    assert not Proposal.objects.filter(mistaken_at=None).exists()


def test_a_large_import_is_undone_by_the_queue_and_can_be_cut_off_on_the_way(
    process: Process, clara: User, sign_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "BATCH", 20)
    run = confirmed(process, samples.csv_of(samples.many_lines(50)), by=clara)
    client = sign_in(clara)
    client.post(address(process, "undo_import", run.pk), {"reason": "Kļūda."})
    run.refresh_from_db()
    assert (run.state, run.remaining) == ("undoing", 50)
    assert (
        ProcrastinateJob.objects.filter(task_name="talka.imports.tasks.take_back", args={"run_id": run.pk}).count() == 1
    )
    assert "0 no 50" in text_of(client.get(address(process, "show_import", run.pk)))
    assert undoing._take_back_next(run.pk)
    with pytest.raises(Refused):
        undoing.undo_import(run, by=clara, reason="Vēlreiz.")
    undoing.take_back(run.pk)
    undoing.take_back(run.pk)
    run.refresh_from_db()
    assert (run.state, run.undone, Proposal.objects.filter(mistaken_at=None).count()) == ("undone", 50, 0)


def test_eve_undoes_nothing(run: ImportRun, process: Process, eve: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(eve)
    assert client.post(address(process, "undo_import", run.pk), {"reason": "Tāpat vien."}).status_code == 403
    theirs = Process.objects.get(slug="kaimini")
    assert client.post(address(theirs, "undo_import", run.pk), {"reason": "Tāpat vien."}).status_code == 404
    assert not Proposal.objects.exclude(withdrawn_at=None).exists()
