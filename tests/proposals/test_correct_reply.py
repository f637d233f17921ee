# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.core.errors import Changed
from talka.notifications.models import Subscription
from talka.proposals.link_holder import LinkHolder
from talka.proposals.models import Delivery, Proposal, Reply, ReplyVersion
from talka.proposals.operations.answering import NotAnswered, correct_reply
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import prepare_reply, publish_replies, reopen_proposal
from talka.proposals.operations.receiving import confirm_address, follow_proposal
from tests.proposals.conftest import letters, text_of


def page(proposal: Proposal, name: str = "correct_reply") -> str:
    return reverse(f"proposals:{name}", args=[proposal.process.slug, proposal.number])


def filled(**fields: Any) -> dict[str, Any]:
    return {
        "because": "gads bija nepareizs", "outcome": "accepted", "reason": "Celiņš būs 2028. gadā.", "signer": "",
        "signed_name": "Karola", "version": "1",
    } | fields  # fmt: skip


@pytest.fixture
def proposal(make_proposal: Callable[..., Proposal], carol: User) -> Proposal:
    """A proposal with a published answer, whose author has confirmed the address."""
    proposal = make_proposal(public=True, sender=Sender(name="Līga Sarmule", email="liga@example.lv"))
    confirm_address(proposal, by=LinkHolder(proposal.pk, reads_mail=True))
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Celiņš būs 2027. gadā.", signed_name="Karola")
    publish_replies([proposal], by=carol)
    proposal.refresh_from_db()
    return proposal


def test_both_texts_stay_readable_with_the_reason_and_the_first_answer_keeps_its_day(
    proposal: Proposal, carol: User, sign_in: Callable[[User], Client]
) -> None:
    answered_at = proposal.answered_at
    sign_in(carol).post(page(proposal), filled())
    proposal.refresh_from_db()
    assert proposal.answered_at == answered_at
    said = text_of(Client().get(page(proposal, "show_proposal")))
    assert "gads bija nepareizs" in said
    assert said.index("2027. gadā") < said.index("2028. gadā")
    assert [version.number for version in ReplyVersion.objects.all()] == [1, 2]
    inside = text_of(sign_in(carol).get(page(proposal, "manage_proposal")))
    assert "2027. gadā" in inside
    assert "2028. gadā" in inside


def test_author_and_followers_are_told_why(proposal: Proposal, carol: User, visitor: AnonymousUser) -> None:
    follow_proposal(proposal, email="cits@example.lv", language="lv", by=visitor)
    Subscription.objects.update(confirmed_at=clock.now())
    correct_reply(
        proposal, by=carol, outcome="partly", reason="Celiņš būs vēlāk.", because="kļūda", signed_name="K", version=1
    )
    to = {letter.email: letter for letter in letters("proposals/correct_reply")}
    assert set(to) == {"liga@example.lv", "cits@example.lv"}
    assert to["liga@example.lv"].text.startswith("Godātā Līga Sarmule!")
    assert all("kļūda" in letter.text and "Celiņš būs vēlāk." in letter.text for letter in to.values())
    assert Delivery.objects.filter(version__number=2, letter=to["liga@example.lv"]).exists()


@pytest.mark.parametrize(
    "wrong", [{"because": ""}, {"reason": " "}, {"signed_name": ""}, {"outcome": "x"}, {"because": "ā" * 301}]
)
def test_wrong_input_is_said_and_nothing_typed_is_lost(
    proposal: Proposal, carol: User, sign_in: Callable[[User], Client], wrong: dict[str, str]
) -> None:
    response = sign_in(carol).post(page(proposal), filled(signed_title="vadītāja") | wrong)
    assert response.status_code == 422
    assert "vadītāja" in response.content.decode()
    assert ReplyVersion.objects.count() == 1


def test_what_was_corrected_by_another_is_seen_before_it_is_corrected_again(
    proposal: Proposal, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    client.post(page(proposal), filled(reason="Pirmais labojums."))
    response = client.post(page(proposal), filled(reason="Otrais labojums."))
    assert response.status_code == 409
    assert all(text in response.content.decode() for text in ("Pirmais labojums.", "Otrais labojums."))
    with pytest.raises(Changed):
        correct_reply(proposal, by=carol, outcome="accepted", reason="Jā.", because="x", signed_name="K", version=1)


def test_only_what_is_answered_is_corrected(
    make_proposal: Callable[..., Proposal], carol: User, sign_in: Callable[[User], Client]
) -> None:
    waiting = make_proposal()
    prepare_reply(waiting, by=carol, outcome="accepted", reason="Jā.", signed_name="K")
    with pytest.raises(NotAnswered):
        correct_reply(waiting, by=carol, outcome="accepted", reason="Jā.", because="x", signed_name="K", version=1)
    assert sign_in(carol).get(page(waiting)).status_code == 409


def test_an_answer_taken_back_leaves_the_public_page_with_all_its_versions(proposal: Proposal, carol: User) -> None:
    correct_reply(proposal, by=carol, outcome="accepted", reason="Labots.", because="kļūda", signed_name="K", version=1)
    reopen_proposal(proposal, by=carol, reason="Cits priekšlikums.")
    said = text_of(Client().get(page(proposal, "show_proposal")))
    assert "2027. gadā" not in said
    assert "Labots." not in said
    prepare_reply(proposal, by=carol, outcome="rejected", reason="Īstā atbilde.", signed_name="K", version=2)
    publish_replies([proposal], by=carol)
    said = text_of(Client().get(page(proposal, "show_proposal")))
    assert "Īstā atbilde." in said
    assert "Labots." not in said
    assert Reply.objects.get().corrected_at is None


def test_what_was_published_cannot_be_rewritten(proposal: Proposal) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ReplyVersion.objects.update(reason="Nekad neesam solījuši.")


def test_others_do_not_correct(proposal: Proposal, clara: User, leo: User, eve: User) -> None:
    for user in (clara, leo, eve):
        with pytest.raises(PermissionDenied):
            correct_reply(proposal, by=user, outcome="accepted", reason="Jā.", because="x", signed_name="K", version=1)
