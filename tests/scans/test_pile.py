# SPDX-License-Identifier: EUPL-1.2
"""What else is done with a sheet: skipped, laid aside, joined, undone, forgotten."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client, TestCase
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.core.errors import Refused
from talka.files.models import Attachment
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.entering import ENTERED_BY_MISTAKE, EntryAtWork
from talka.proposals.operations.receiving import publish_proposal
from talka.scans.models import Scan, ScanPage, Stack
from talka.scans.operations import bringing, entering
from talka.scans.queries import pages_of_letter
from tests.scans.conftest import typed
from tests.scans.paper import upload
from tests.scans.test_register_scan import Pile, address, opened


def enter(scan: Scan, by: User, text: str = "Lūdzu soliņus.") -> Proposal:
    """Enter a sheet."""
    sender = Sender(name="Anna Ozola", phone="20 000 000", answer_by="phone")
    return entering.register_scan(
        scan, content=Content(text=text), sender=sender, key=uuid.uuid4(), received_at=clock.now(), by=by
    )


# --- Skipped and laid aside -----------------------------------------------------------------------


def test_a_skipped_sheet_comes_again_after_all_others(
    process: Process, pile: Pile, clara: User, sign_in: Callable[[User], Client]
) -> None:
    first, second = pile("Viens.", "Divi.")
    client = sign_in(clara)
    opened(client, process)
    page = client.post(address(first, "skip_scan"), follow=True)
    assert page.context["scan"] == second
    page = client.post(address(second, "skip_scan"), follow=True)
    assert page.context["scan"] == first


def test_a_sheet_is_laid_aside_with_a_reason_and_the_next_opens(
    process: Process, pile: Pile, clara: User, sign_in: Callable[[User], Client]
) -> None:
    first, second = pile("Reklāma.", "Divi.")
    client = sign_in(clara)
    assert client.post(address(first, "discard_scan"), {"reason": " "}).status_code == 422
    page = client.post(address(first, "discard_scan"), {"reason": "reklāma"}, follow=True)
    assert page.context["scan"] == second
    first.refresh_from_db()
    assert (first.state, first.discarded_because, first.closed_by) == (Scan.State.DISCARDED, "reklāma", clara)
    assert client.post(address(first, "discard_scan"), {"reason": "vēlreiz"}).status_code == 409
    assert client.post(address(first, "skip_scan")).status_code == 409
    html = client.get(reverse("scans:list_scans", args=[process.slug]) + "?show=discarded").content.decode()
    assert "reklāma" in html


# --- Joined ---------------------------------------------------------------------------------------


def test_the_next_sheet_is_added_and_what_was_typed_stays(
    process: Process, pile: Pile, clara: User, sign_in: Callable[[User], Client]
) -> None:
    first, second, third = pile("Pirmā lappuse.", "Otrā lappuse.", "Cita vēstule.")
    client = sign_in(clara)
    opened(client, process)
    page = client.post(address(first, "join_next"), typed(text="Pirmā, izlabota.", name="Anna"))
    assert page.context["form"]["text"].value() == "Pirmā, izlabota.\n\nOtrā lappuse."
    assert page.context["form"]["name"].value() == "Anna"
    assert [one.scan for one in pages_of_letter(first)] == [first, second]
    response = client.post(address(first), typed())
    assert response["Location"].startswith(address(third))
    assert Proposal.objects.get().files.count() == 2


def test_a_sheet_is_joined_to_the_one_before_that_waits(
    process: Process, pile: Pile, clara: User, sign_in: Callable[[User], Client]
) -> None:
    first, second = pile("Pirmā lappuse.", "Otrā lappuse.")
    page = sign_in(clara).post(address(second, "join_to_previous"), follow=True)
    assert page.context["scan"] == first
    assert page.context["form"]["text"].value() == "Pirmā lappuse.\n\nOtrā lappuse."
    second.refresh_from_db()
    assert second.state == Scan.State.JOINED


def test_three_sheets_become_one_letter_in_any_order(pile: Pile, clara: User) -> None:
    first, second, third = pile("a", "b", "c")
    entering.join_next(second, by=clara)
    entering.join_to_previous(second, by=clara)
    assert [page.scan for page in pages_of_letter(first)] == [first, second, third]


def test_nothing_is_joined_to_an_entry_to_nothing_or_to_what_another_has(
    process: Process, pile: Pile, clara: User, carol: User
) -> None:
    first, second, third = pile("a", "b", "c")
    with pytest.raises(entering.NothingBefore):
        entering.join_to_previous(first, by=clara)
    with pytest.raises(entering.NothingAfter):
        entering.join_next(third, by=clara)
    entering.take_scan(third, by=carol)
    with pytest.raises(entering.ScanHeld):
        entering.join_next(second, by=clara)
    enter(first, clara)
    with pytest.raises(entering.NeighborEntered) as refused:
        entering.join_to_previous(second, by=clara)
    assert "TP-1" in str(refused.value)


# --- Undone ---------------------------------------------------------------------------------------


def test_an_entry_is_taken_back_its_number_stays_and_what_was_typed_is_there_again(
    process: Process, pile: Pile, clara: User, sign_in: Callable[[User], Client]
) -> None:
    first, second = pile("Nolasīts.", "Divi.")
    client = sign_in(clara)
    enter(first, clara, "Pārrakstīts.")
    entering.take_next(process, by=clara)
    page = client.post(reverse("scans:undo_last", args=[process.slug]), follow=True)
    assert page.context["scan"] == first
    values = page.context["form"]
    assert (values["text"].value(), values["name"].value(), values["answer_by"].value()) == (
        "Pārrakstīts.", "Anna Ozola", "phone",
    )  # fmt: skip
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.withdrawn_because) == (Proposal.State.WITHDRAWN, ENTERED_BY_MISTAKE)
    assert Event.objects.filter(verb="proposals.take_back_entry").count() == 1
    client.post(address(first), typed(text="Pārrakstīts."))
    assert [one.state for one in Proposal.objects.order_by("number")] == [
        Proposal.State.WITHDRAWN,
        Proposal.State.RECEIVED,
    ]
    second.refresh_from_db()
    assert second.held_by == clara


def test_a_discard_and_a_joining_are_taken_back_in_turn(process: Process, pile: Pile, clara: User) -> None:
    first, second, third = pile("a", "b", "c")
    with clock.at(clock.now() - timedelta(minutes=5)):
        entering.join_next(first, by=clara)
    entering.discard_scan(third, reason="reklāma", by=clara)
    assert entering.undo_last(process, by=clara).scan == third
    assert entering.undo_last(process, by=clara).scan == first
    assert [page.scan for page in pages_of_letter(first)] == [first]
    assert Scan.objects.waiting().count() == 3
    with pytest.raises(entering.NothingToUndo):
        entering.undo_last(process, by=clara)
    second.refresh_from_db()
    assert second.state == Scan.State.WAITING


def test_what_others_did_or_what_is_public_by_now_is_not_undone(
    process: Process, pile: Pile, clara: User, carol: User
) -> None:
    (scan,) = pile("a")
    proposal = enter(scan, clara)
    with pytest.raises(entering.NothingToUndo):
        entering.undo_last(process, by=carol)
    publish_proposal(proposal, by=carol)
    with pytest.raises(EntryAtWork):
        entering.undo_last(process, by=clara)
    scan.refresh_from_db()
    assert scan.proposal == proposal


# --- Forgotten ------------------------------------------------------------------------------------


def test_old_paper_is_forgotten_with_its_pictures_but_not_what_belongs_to_an_entry(
    process: Process, pile: Pile, clara: User
) -> None:
    entered, thrown, joined, _waiting, recent = pile("a", "b", "c", "d", "e")
    proposal = enter(entered, clara)
    entering.join_next(thrown, by=clara)
    entering.discard_scan(thrown, reason="izmēģinājums", by=clara)
    with clock.at(clock.now() + timedelta(days=30)):
        entering.discard_scan(recent, reason="reklāma", by=clara)
    gone = [str(thrown.stack.file.content.name), str(joined.stack.file.content.name)]
    with clock.at(clock.now() + timedelta(days=40)), TestCase.captureOnCommitCallbacks(execute=True):
        assert bringing.forget_old_scans() == 3
    assert list(Scan.objects.order_by("pk").values_list("discarded_because", flat=True)) == ["", "reklāma"]
    assert ScanPage.objects.count() == Stack.objects.count() == 2
    kept = proposal.files.get().attachment
    assert default_storage.exists(str(kept.content.name))
    assert not any(default_storage.exists(name) for name in gone)
    assert Attachment.objects.count() == 3


def test_a_file_of_which_nothing_came_is_forgotten_too(process: Process, clara: User) -> None:
    (stack,), _left_out = bringing.add_scans(process, uploads=[upload(b"%PDF-1.7\n")], splitting="whole", by=clara)
    bringing.take_apart_stack(stack.pk)
    with clock.at(clock.now() + timedelta(days=40)):
        bringing.forget_old_scans()
    assert not Stack.objects.exists()


def test_every_refusal_is_a_sentence() -> None:
    facts = {"who": "Klāra", "reference": "TP-1"}
    refusals = [one for one in vars(entering).values() if isinstance(one, type) and issubclass(one, Refused)]
    assert len(refusals) >= 6
    assert all(str(one(**facts)).endswith(".") for one in refusals)
