# SPDX-License-Identifier: EUPL-1.2
"""What the clerk does with a mail, through the pages: split, join, set aside, and each taken back."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.mailbox.models import InboundMessage, Landing
from talka.notifications.models import Notification
from talka.processes.models import Process
from talka.proposals.models import Addition, Proposal
from talka.proposals.operations.examining import prepare_reply, publish_replies
from tests.mailbox.mails import PDF, with_parts
from tests.proposals.conftest import letters, text_of

Receive = Callable[..., InboundMessage]


@pytest.fixture
def clerk(clara: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(clara)


def page(message: InboundMessage, name: str = "show_message", *parts: int) -> str:
    return reverse(f"mailbox:{name}", args=[message.account.process.slug, message.pk, *parts])


def splitting(*texts: str, key: uuid.UUID | None = None, **more: str) -> dict[str, Any]:
    passages = {f"text_{number}": text for number, text in enumerate(texts, 1)}
    return {"key": str(key or uuid.uuid4()), "passages": str(len(texts))} | passages | more


# --- Splitting ------------------------------------------------------------------------------------


def test_one_mail_becomes_several_proposals_and_its_first_text_as_received_stays(
    receive: Receive, clerk: Client
) -> None:
    message = receive(text="Soliņu pie skolas.\nUn urnu parkā.\nUn apgaismojumu.")
    form = splitting("Soliņu pie skolas.", "Urnu parkā.", "Apgaismojumu.")
    response = clerk.post(page(message, "split_message"), form, follow=True)
    assert "TP-2, TP-3" in text_of(response)
    first, second, third = Proposal.objects.order_by("number")
    assert (first.text, first.receipt.text) == ("Soliņu pie skolas.", message.own)
    assert first.corrected_because
    assert (second.text, third.text) == ("Urnu parkā.", "Apgaismojumu.")
    assert {one.received_at for one in (first, second, third)} == {message.received_at}
    assert second.author.email == "anna@example.lv"
    assert [landing.proposal for landing in message.landings.all()] == [first, second, third]
    assert len(letters("proposals/submit_proposal")) == 3


def test_the_same_form_sent_twice_splits_once(receive: Receive, clerk: Client) -> None:
    message, form = receive(), splitting("Viens.", "Divi.")
    for _time in range(2):
        clerk.post(page(message, "split_message"), form)
    assert Proposal.objects.count() == 2
    assert Landing.objects.count() == 2


def test_the_files_go_with_every_part(receive: Receive, clerk: Client) -> None:
    parts = [("Content-Type: text/plain", b"Viens. Divi."), ("Content-Type: application/pdf; name=karte.pdf", PDF)]
    message = receive(with_parts(*parts))
    clerk.post(page(message, "split_message"), splitting("Viens.", "Divi."))
    assert [proposal.files.count() for proposal in Proposal.objects.all()] == [1, 1]


def test_one_more_text_keeps_what_was_typed(receive: Receive, clerk: Client) -> None:
    message = receive()
    response = clerk.post(page(message, "split_message"), splitting("Viens.", "Divi.", do="more"))
    assert response.status_code == 200
    assert all(words in response.content.decode() for words in ("Viens.", "Divi.", "text_3"))
    assert "ds-error-summary" not in response.content.decode()
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    "form",
    [
        splitting("Viens."),
        splitting("", "Divi."),
        splitting("Viens.", " "),
        splitting("Viens.", "Divi.") | {"key": "nav"},
        splitting("Viens.", "Divi.") | {"passages": "900"},
        splitting("Viens.", "x" * 20_001),
        {},
    ],
    ids=range(7),
)
def test_a_wrong_splitting_is_said_and_changes_nothing(receive: Receive, clerk: Client, form: dict[str, str]) -> None:
    message = receive()
    assert clerk.post(page(message, "split_message"), form).status_code == 422
    assert Proposal.objects.count() == 1


def test_an_automatic_mail_can_be_split_and_nobody_is_answered(receive: Receive, clerk: Client) -> None:
    message = receive(headers={"Auto-Submitted": "auto-generated"})
    clerk.post(page(message, "split_message"), splitting("Viens.", "Divi."))
    assert Proposal.objects.count() == 2
    assert not Notification.objects.exists()


# --- Joining --------------------------------------------------------------------------------------


def test_a_mail_is_joined_to_an_earlier_proposal_and_keeps_its_number(receive: Receive, clerk: Client) -> None:
    earlier, message = receive(), receive(text="Vēl par to pašu.", subject="Papildinājums")
    assert clerk.post(page(message, "join_message"), {"number": "tp-1"}).status_code == 302
    message.refresh_from_db()
    assert message.addition is not None
    assert message.addition.proposal == earlier.landings.get().proposal
    own = message.landings.get().proposal
    assert (own.reference, own.state) == ("TP-2", "withdrawn")
    assert "TP-1" in own.withdrawn_because
    assert not letters("proposals/withdraw_proposal")


def test_a_joined_mail_is_taken_off_again_under_its_old_number(receive: Receive, clerk: Client) -> None:
    receive()
    message = receive(subject="Cits")
    clerk.post(page(message, "join_message"), {"number": "1"})
    clerk.post(page(message, "unjoin_message"))
    assert not Addition.objects.exists()
    assert Proposal.objects.get(number=2).state == "received"
    assert Proposal.objects.count() == 2


def test_a_reply_that_is_a_proposal_of_its_own_becomes_one(receive: Receive, clerk: Client) -> None:
    receive()
    message = receive(text="Pavisam kas cits: vajag tiltu.", subject="Re: TP-1")
    assert message.kind == "reply"
    clerk.post(page(message, "unjoin_message"))
    message.refresh_from_db()
    assert (message.kind, message.addition) == ("new", None)
    assert message.landings.get().proposal.text == "Pavisam kas cits: vajag tiltu."
    assert not Addition.objects.exists()


@pytest.mark.parametrize("number", ["", "99", "nav", "TP-2", "9" * 12, "²"])
def test_a_number_to_join_to_that_cannot_be_is_said(receive: Receive, clerk: Client, number: str) -> None:
    receive()
    message = receive(subject="Cits")
    assert clerk.post(page(message, "join_message"), {"number": number}).status_code in {409, 422}
    assert not Addition.objects.exists()
    assert Proposal.objects.get(number=2).state == "received"


def test_a_mail_that_was_split_is_joined_to_nothing(receive: Receive, clerk: Client) -> None:
    receive()
    message = receive(subject="Cits")
    clerk.post(page(message, "split_message"), splitting("Viens.", "Divi."))
    assert clerk.post(page(message, "join_message"), {"number": "1"}).status_code == 409


# --- Setting aside --------------------------------------------------------------------------------


def test_spam_keeps_its_number_leaves_the_work_and_comes_back(receive: Receive, clerk: Client) -> None:
    message = receive()
    clerk.post(page(message, "set_aside_message"), {"as_what": "spam", "reason": ""})
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.withdrawn_because) == ("withdrawn", "Mēstule")
    assert list(InboundMessage.objects.in_folder("aside")) == [message]
    assert not letters("proposals/withdraw_proposal")
    assert receive(subject="Nākamais").landings.get().proposal.number == 2
    clerk.post(page(message, "take_back_message"))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.withdrawn_because) == ("received", "")


def test_what_is_not_for_us_needs_a_reason(receive: Receive, clerk: Client) -> None:
    message = receive()
    assert clerk.post(page(message, "set_aside_message"), {"as_what": "not_for_us"}).status_code == 422
    assert clerk.post(page(message, "set_aside_message"), {}).status_code == 422
    clerk.post(page(message, "set_aside_message"), {"as_what": "not_for_us", "reason": "Reklāma."})
    assert "Reklāma." in Proposal.objects.get().withdrawn_because


def test_a_reply_set_aside_leaves_its_proposal_and_comes_back_to_it(receive: Receive, clerk: Client) -> None:
    proposal = receive().landings.get().proposal
    message = receive(subject="Re: TP-1")
    clerk.post(page(message, "set_aside_message"), {"as_what": "spam"})
    assert not Addition.objects.exists()
    clerk.post(page(message, "take_back_message"))
    assert Addition.objects.get().proposal == proposal


def test_what_has_been_answered_is_not_set_aside(receive: Receive, clerk: Client, carol: User) -> None:
    message = receive()
    proposal = message.landings.get().proposal
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([proposal], by=carol)
    assert clerk.post(page(message, "set_aside_message"), {"as_what": "spam"}).status_code == 409
    message.refresh_from_db()
    assert message.set_aside_as == ""


def test_an_automatic_mail_is_made_a_proposal_once(receive: Receive, clerk: Client) -> None:
    message = receive(headers={"Auto-Submitted": "auto-generated"})
    assert clerk.post(page(message, "land_message")).status_code == 302
    assert clerk.post(page(message, "land_message")).status_code == 409
    assert Proposal.objects.get().text == "Lūdzu ierīkot soliņu pie skolas."
    assert not Notification.objects.exists()


def test_buttons_pressed_where_there_is_nothing_to_do_are_refused(receive: Receive, clerk: Client) -> None:
    message = receive()
    for name in ("unjoin_message", "take_back_message", "land_message"):
        assert clerk.post(page(message, name)).status_code == 409


def test_the_log_names_each_deed_and_nothing_of_the_person(receive: Receive, clerk: Client) -> None:
    message = receive()
    clerk.post(page(message, "set_aside_message"), {"as_what": "spam"})
    clerk.post(page(message, "take_back_message"))
    clerk.get(page(message, "download_original"))
    events = list(Event.objects.filter(verb__startswith="mailbox."))
    assert {event.verb for event in events} >= {
        "mailbox.receive_message", "mailbox.set_aside_message", "mailbox.take_back_message", "mailbox.download_original",
    }  # fmt: skip
    assert not any("anna" in f"{event.object_label}{event.details}".lower() for event in events)


def test_eve_finds_no_mail_of_another_process(
    receive: Receive, eve: User, sign_in: Callable[[User], Client], process: Process
) -> None:
    message, client = receive(), sign_in(eve)
    for name in ("show_message", "split_message", "join_message", "set_aside_message", "download_original"):
        assert client.get(page(message, name)).status_code == 403
        assert client.get(reverse(f"mailbox:{name}", args=["kaimini", message.pk])).status_code == 404
    for name in ("land_message", "unjoin_message", "take_back_message"):
        assert client.post(reverse(f"mailbox:{name}", args=["kaimini", message.pk])).status_code == 404
