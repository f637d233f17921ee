# SPDX-License-Identifier: EUPL-1.2
"""What somebody with an account does about their own data."""

import json
import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.notifications.models import Subscription
from talka.privacy.operations import AccountNeeded, close_account
from talka.processes.models import Process
from talka.proposals.models import Author, Proposal
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.erasing import erase_author
from talka.proposals.operations.receiving import submit_proposal, withdraw_proposal
from tests.privacy.test_one_person import unpacked
from tests.proposals.test_erase_author import places_of


@pytest.fixture
def mine(process: Process, alice: User) -> Proposal:
    """Something that alice has sent while signed in, and follows."""
    sender = Sender(name="Alise Kalniņa", email=alice.email, phone="29111222")
    proposal = submit_proposal(
        process, content=Content(text="Mans priekšlikums."), sender=sender, key=uuid.uuid4(), by=alice
    )
    Subscription.objects.create(
        audience=proposal.audience, email=alice.email, user=alice, confirmed_at=proposal.received_at
    )
    return proposal


def test_they_take_all_of_it_out_and_nothing_of_others(
    mine: Proposal, answered: Proposal, alice: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(alice)
    page = client.get(reverse("privacy:show_own_data"))
    assert "Lejupielādēt manus datus" in page.content.decode()
    archive = unpacked(client.post(reverse("privacy:export_own_data")))
    assert {"account.json", "proposals.json", "following.json", "letters.json", "people.json"} < set(archive.namelist())
    everything = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "Mans priekšlikums." in everything
    assert "zigfrida@" not in everything
    assert "unused" not in everything  # the secret of the second step
    assert alice.password not in everything
    items = json.loads(archive.read("account.json"))["items"]
    assert [one["email"] for one in items] == [alice.email]
    assert Event.objects.filter(verb="privacy.export_own_data", actor_id=alice.pk).count() == 1


def test_what_was_sent_without_signing_in_is_theirs_once_the_address_is_proved(
    answered: Proposal, alice: User, sign_in: Callable[[User], Client]
) -> None:
    Author.objects.filter(proposal=answered).update(email=alice.email)
    client = sign_in(alice)
    assert "Vajag soliņu." in unpacked(client.post(reverse("privacy:export_own_data"))).read("proposals.json").decode()
    alice.emailaddress_set.update(verified=False)
    assert "proposals.json" not in unpacked(client.post(reverse("privacy:export_own_data"))).namelist()


def test_an_account_is_closed_with_all_that_hangs_on_it_and_the_proposal_stays(
    mine: Proposal, alice: User, sign_in: Callable[[User], Client]
) -> None:
    client, key = sign_in(alice), alice.pk
    page = reverse("privacy:close_account")
    assert client.post(page).status_code == 422
    response = client.post(page, {"sure": "on"})
    assert response.status_code == 302
    assert not User.objects.filter(pk=key).exists()
    assert client.get(reverse("privacy:show_own_data")).status_code == 302
    author = Author.objects.get(proposal=mine)
    assert (author.user, author.name) == (None, "Alise Kalniņa")
    assert Client().get(reverse("proposals:show_receipt", args=[author.secret])).status_code == 200
    assert not Subscription.objects.exists()
    left = [place for place in places_of("alise") if not place.startswith("proposals_author.")]
    assert left == []
    assert Event.objects.filter(verb="privacy.close_account").count() == 1


def test_closed_and_erased_on_request_nothing_is_left(mine: Proposal, alice: User, carol: User) -> None:
    withdraw_proposal(mine, by=alice)
    close_account(alice, by=alice)
    mine.refresh_from_db()
    erase_author(mine, by=carol, reason="x", leave_public=False)
    assert places_of("alise", "29111222", "Kalniņ", "Mans priekšlikums") == []


def test_who_works_here_cannot_just_vanish(
    process: Process, carol: User, dora: User, root: User, eve: User, alice: User, sign_in: Callable[[User], Client]
) -> None:
    for user in (carol, dora, root, eve):
        with pytest.raises(AccountNeeded):
            close_account(user, by=user)
        response = sign_in(user).post(reverse("privacy:close_account"), {"sure": "on"})
        assert response.status_code == 409
        assert "Vispirms lai lomas izbeidz" in response.content.decode()
        assert User.objects.filter(pk=user.pk).exists()
    with pytest.raises(PermissionDenied):
        close_account(alice, by=eve)


def test_every_session_of_a_closed_account_ends(alice: User, bob: User, sign_in: Callable[[User], Client]) -> None:
    here, elsewhere, other = sign_in(alice), sign_in(alice), sign_in(bob)
    here.post(reverse("privacy:close_account"), {"sure": "on"})
    assert elsewhere.get(reverse("portal:show_my_page")).status_code == 302
    assert other.get(reverse("portal:show_my_page")).status_code == 200
