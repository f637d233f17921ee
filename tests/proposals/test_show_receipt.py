# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.proposals.link_holder import LinkHolder
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import prepare_reply, publish_replies
from talka.proposals.operations.receiving import confirm_address, publish_proposal, withdraw_proposal
from tests.proposals.conftest import letters, text_of


def page(proposal: Proposal, name: str = "show_receipt") -> str:
    return reverse(f"proposals:{name}", args=[proposal.author.secret])


def test_the_receipt_shows_number_text_and_what_has_happened(make_proposal: Callable[..., Proposal]) -> None:
    response = Client().get(page(make_proposal("Soliņi pie ezera")))
    said = text_of(response)
    assert "TP-1" in said
    assert "Soliņi pie ezera" in said
    assert "Saņemts tīmeklī" in said


def test_the_page_stays_out_of_caches_search_engines_and_other_sites(make_proposal: Callable[..., Proposal]) -> None:
    response = Client().get(page(make_proposal()))
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "strict-origin"


def test_opening_the_link_of_the_letter_confirms_nothing_pressing_the_button_does(
    make_proposal: Callable[..., Proposal],
) -> None:
    author = make_proposal(sender=Sender(email="anna@example.lv")).author
    link = reverse("proposals:confirm_address", args=[author.secret, author.mail_secret])
    assert link.removeprefix("/lv") in letters("proposals/submit_proposal")[0].text
    Client().get(link)
    author.refresh_from_db()
    assert author.confirmed_at is None
    Client().post(link)
    author.refresh_from_db()
    assert author.confirmed_at is not None


def test_whoever_sent_the_form_cannot_confirm_an_address_that_is_not_theirs(
    make_proposal: Callable[..., Proposal],
) -> None:
    author = make_proposal(sender=Sender(email="cita@example.lv")).author
    assert author.mail_secret not in Client().get(page(author.proposal)).text
    assert Client().post(reverse("proposals:confirm_address", args=[author.secret, author.secret])).status_code == 404
    with pytest.raises(PermissionDenied):
        confirm_address(author.proposal, by=LinkHolder(author.proposal_id))
    author.refresh_from_db()
    assert author.confirmed_at is None


def test_an_address_that_was_not_confirmed_gets_nothing_further(
    make_proposal: Callable[..., Proposal], carol: User
) -> None:
    proposal = make_proposal(sender=Sender(email="anna@example.lv"))
    publish_proposal(proposal, by=carol)
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([proposal], by=carol)
    assert len(letters("proposals/submit_proposal")) == 1
    assert not letters("proposals/publish_proposal")
    assert not letters("proposals/publish_reply")


@pytest.mark.parametrize(("language", "word"), [("lv", "Atbilde"), ("en", "Answer")])
def test_a_confirmed_author_gets_the_answer_with_the_secret_link_in_their_language(
    make_proposal: Callable[..., Proposal], carol: User, language: str, word: str
) -> None:
    proposal = make_proposal(sender=Sender(name="Anna", email="anna@example.lv", phone="26000000", language=language))
    confirm_address(proposal, by=LinkHolder(proposal.pk, reads_mail=True))
    prepare_reply(
        proposal,
        by=carol,
        outcome="accepted",
        reason="Tiltam būs celiņš.",
        signed_name="Karola",
        signed_title="vadītāja",
    )
    publish_replies([proposal], by=carol)
    (letter,) = letters("proposals/publish_reply")
    assert word in letter.subject
    assert f"/{language}/receipt/{proposal.author.secret}/" in letter.text
    assert "Tiltam būs celiņš." in letter.text
    assert "26000000" not in letter.text


def test_an_author_withdraws_after_being_asked(make_proposal: Callable[..., Proposal]) -> None:
    proposal = make_proposal()
    assert Client().get(page(proposal, "withdraw_own_proposal")).status_code == 200
    Client().post(page(proposal, "withdraw_own_proposal"), {"reason": "Vairs nevajag."})
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    assert "Vairs nevajag." not in text_of(Client().get(page(proposal)))


def test_an_answered_proposal_cannot_be_withdrawn_any_more(make_proposal: Callable[..., Proposal], carol: User) -> None:
    proposal = make_proposal()
    prepare_reply(proposal, by=carol, outcome="rejected", reason="Nē.", signed_name="Karola")
    publish_replies([proposal], by=carol)
    response = Client().post(page(proposal, "withdraw_own_proposal"), {"reason": ""})
    assert response.status_code == 409
    assert "withdraw" not in Client().get(page(proposal)).content.decode()


def test_a_letter_about_a_withdrawal_goes_to_the_confirmed_author(
    make_proposal: Callable[..., Proposal], carol: User
) -> None:
    proposal = make_proposal(sender=Sender(email="anna@example.lv"))
    confirm_address(proposal, by=LinkHolder(proposal.pk, reads_mail=True))
    withdraw_proposal(proposal, by=carol, reason="Lūdza pa tālruni.")
    (letter,) = letters("proposals/withdraw_proposal")
    assert proposal.author.secret in letter.text
    assert "tālruni" not in letter.text


def test_a_prepared_answer_is_not_on_the_receipt(make_proposal: Callable[..., Proposal], carol: User) -> None:
    proposal = make_proposal()
    prepare_reply(proposal, by=carol, outcome="rejected", reason="Iekšējs melnraksts.", signed_name="Karola")
    assert "Iekšējs melnraksts." not in text_of(Client().get(page(proposal)))


def test_a_null_byte_in_the_link_is_nobodys(client: Any, db: None) -> None:
    assert client.get("/lv/receipt/a%00b/").status_code == 404


def test_an_author_who_withdraws_too_late_keeps_what_was_typed(
    make_proposal: Callable[..., Proposal], carol: User
) -> None:
    proposal = make_proposal()
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([proposal], by=carol)
    refused = Client().post(page(proposal, "withdraw_own_proposal"), {"reason": "Esmu pārdomājusi."})
    assert refused.status_code == 409
    assert "Esmu pārdomājusi." in refused.content.decode()
