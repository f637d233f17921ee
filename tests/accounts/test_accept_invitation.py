# SPDX-License-Identifier: EUPL-1.2
"""An invitation opens an account once, for whoever holds its letter."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from talka.accounts import operations
from talka.accounts.models import Invitation, User
from talka.core import clock
from talka.notifications.models import Notification


@pytest.fixture(autouse=True)
def no_counts_of_other_tests(db: None) -> None:
    cache.clear()


@pytest.fixture
def invitation(adam: User) -> Invitation:
    return operations.invite_user(email="Zane@Example.lv", name="Zane", by=adam)


def address(invitation: Invitation, language: str = "lv") -> str:
    return f"/{language}/account/invitations/{invitation.secret}/"


def test_the_letter_holds_the_link_and_who_invites(invitation: Invitation, settings: Any) -> None:
    letter = Notification.objects.get()
    assert (letter.email, letter.template) == ("zane@example.lv", "accounts/invite_user")
    assert f"{settings.TALKA_URL}{address(invitation)}" in letter.text
    assert "Ādams aicina jūs" in letter.text


def test_a_new_person_accepts_with_name_and_password_and_is_signed_in(client: Client, invitation: Invitation) -> None:
    assert 'value="Zane"' in client.get(address(invitation)).content.decode()
    response = client.post(address(invitation), {"name": "Zane Zariņa", "password": "četri zaļi vilki"}, follow=True)
    account = response.wsgi_request.user
    assert (account.email, account.name, account.language) == ("zane@example.lv", "Zane Zariņa", "lv")
    assert account.check_password("četri zaļi vilki")
    assert EmailAddress.objects.get(user=account).verified
    invitation.refresh_from_db()
    assert invitation.accepted_by == account


def test_without_a_password_codes_by_mail_are_enough(client: Client, invitation: Invitation) -> None:
    client.post(address(invitation, "en"), {"name": "Zane", "password": ""})
    account = User.objects.get(email="zane@example.lv")
    assert account.language == "en"
    assert not account.has_usable_password()
    elsewhere = Client()
    elsewhere.post("/lv/account/login/code/", {"email": account.email})
    assert Notification.objects.filter(template="accounts/sign_in_code", email=account.email).exists()


def test_the_link_works_once(client: Client, invitation: Invitation) -> None:
    client.post(address(invitation), {"name": "Zane"})
    for again in (Client().get(address(invitation)), Client().post(address(invitation), {"name": "Cita"})):
        assert again.status_code == 409
        assert "vairs nav spēkā" in again.content.decode()
    assert User.objects.filter(email="zane@example.lv").count() == 1


def test_an_old_link_says_what_to_do(client: Client, invitation: Invitation) -> None:
    Invitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert "nosūtīt jaunu" in client.get(address(invitation)).content.decode()


def test_a_new_invitation_ends_the_earlier_one(client: Client, invitation: Invitation, adam: User) -> None:
    newer = operations.invite_user(email="zane@example.lv", name="Zane", by=adam)
    assert client.get(address(invitation)).status_code == 409
    assert client.get(address(newer)).status_code == 200


def test_whoever_has_an_account_signs_in_with_it(
    client: Client, alice: User, adam: User, sign_in: Callable[[User], Client]
) -> None:
    invitation = operations.invite_user(email=alice.email, name="Alise", by=adam)
    page = client.get(address(invitation)).content.decode()
    assert f"/lv/account/login/?next={address(invitation)}" in page
    assert client.post(address(invitation), {"name": "Cita", "password": "četri zaļi vilki"}).status_code == 200
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert sign_in(alice).post(address(invitation)).status_code == 302
    invitation.refresh_from_db()
    assert invitation.accepted_by == alice


def test_somebody_else_who_is_signed_in_cannot_take_it(
    alice: User, adam: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    invitation = operations.invite_user(email=alice.email, name="Alise", by=adam)
    assert sign_in(eve).post(address(invitation)).status_code == 200
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_two_answers_at_once_make_one_account(invitation: Invitation) -> None:
    operations.open_account(invitation, name="Zane", language="lv")
    with pytest.raises(operations.AddressInUse):
        operations.open_account(invitation, name="Zane", language="lv")


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"name": "", "password": ""}, ""),
        ({"name": "Zane", "password": "īsa"}, "Zane"),
        ({"name": "Z" * 201}, "Z" * 201),
    ],
)
def test_wrong_input_is_said_and_the_name_stays(
    client: Client, invitation: Invitation, fields: dict[str, str], kept: str
) -> None:
    response = client.post(address(invitation), fields)
    assert response.status_code == 422
    assert "ds-error-summary" in response.content.decode()
    assert f'value="{kept}"' in response.content.decode() or not kept
    assert not User.objects.filter(email="zane@example.lv").exists()


def test_a_guessed_link_leads_nowhere_and_guessing_is_limited(client: Client, db: None) -> None:
    statuses = {client.post("/lv/account/invitations/minets/", {"name": "x"}).status_code for _ in range(25)}
    assert statuses == {404, 429}


def test_the_secret_of_a_link_cannot_be_guessed(invitation: Invitation) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", invitation.secret)
