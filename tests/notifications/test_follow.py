# SPDX-License-Identifier: EUPL-1.2
"""Following by mail: confirmed by whoever owns the address, stopped by one press."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from talka.accounts.models import User
from talka.core import clock
from talka.notifications import operations
from talka.notifications.models import Audience, Notification, Subscription
from tests.notifications.factories import make_subscription


def follow(audience: Audience, email: str, by: Any) -> Subscription:
    return operations.follow(audience, email=email, language="lv", by=by, title="Soliņi")


def test_a_visitors_address_is_asked_first(db: None, visitor: AnonymousUser) -> None:
    audience = Audience.objects.create()
    subscription = follow(audience, "Anna@Example.lv", visitor)
    assert subscription.confirmed_at is None
    letter = Notification.objects.get()
    assert letter.email == "anna@example.lv"
    assert f"/lv/follow/{subscription.secret}/" in letter.text
    assert operations.notify(audience, "notifications/confirm_following", may_read=lambda _reader: True) == 0


def test_ones_own_address_follows_at_once(alice: User) -> None:
    audience = Audience.objects.create()
    assert follow(audience, alice.email, alice).confirmed_at
    assert not Notification.objects.exists()
    assert (
        operations.notify(audience, "notifications/confirm_following", may_read=lambda _reader: True, title="Soliņi")
        == 1
    )


def test_somebody_elses_address_is_asked_even_when_one_is_signed_in(alice: User) -> None:
    assert follow(Audience.objects.create(), "bruno@example.lv", alice).confirmed_at is None


def test_asking_twice_keeps_one_subscription(db: None, visitor: AnonymousUser) -> None:
    audience = Audience.objects.create()
    assert follow(audience, "anna@example.lv", visitor) == follow(audience, "ANNA@example.lv", visitor)


def test_opening_the_link_confirms_nothing_and_the_button_does(client: Client, db: None) -> None:
    subscription = make_subscription()
    address = f"/lv/follow/{subscription.secret}/"
    assert "Jā, rakstiet man" in client.get(address).content.decode()
    subscription.refresh_from_db()
    assert subscription.confirmed_at is None
    for _press in range(2):
        assert "Tagad jūs tam sekojat" in client.post(address).content.decode()
    subscription.refresh_from_db()
    assert subscription.confirmed_at


def test_a_link_that_was_stopped_confirms_nothing_any_more(client: Client, db: None) -> None:
    subscription = make_subscription(ended_at=clock.now())
    response = client.post(f"/lv/follow/{subscription.secret}/")
    assert response.status_code == 409
    assert "vairs nav derīga" in response.content.decode()


@pytest.mark.parametrize("page", ["follow", "unfollow"])
@pytest.mark.parametrize("secret", ["x", "0" * 500, "..%00", "<b>"])
def test_a_guessed_link_leads_nowhere(client: Client, db: None, page: str, secret: str) -> None:
    assert client.post(f"/lv/{page}/{secret}/").status_code in {400, 404}


def test_a_mail_program_stops_the_letters_without_a_token(db: None) -> None:
    subscription = make_subscription(confirmed_at=clock.now())
    client = Client(enforce_csrf_checks=True)
    for _press in range(2):
        response = client.post(f"/lv/unfollow/{subscription.secret}/", {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
    subscription.refresh_from_db()
    assert subscription.ended_at
    assert not Subscription.objects.active().exists()


def test_opening_the_link_stops_nothing(client: Client, db: None) -> None:
    subscription = make_subscription(confirmed_at=clock.now())
    assert "Vai atteikties no šīm ziņām?" in client.get(f"/lv/unfollow/{subscription.secret}/").content.decode()
    assert Subscription.objects.active().exists()


def test_whoever_stopped_can_follow_again(db: None, visitor: AnonymousUser) -> None:
    audience = Audience.objects.create()
    first = follow(audience, "anna@example.lv", visitor)
    operations.unfollow(first)
    assert follow(audience, "anna@example.lv", visitor) != first


def test_ones_subscriptions_hold_those_from_before_the_account(alice: User, bob: User, visitor: AnonymousUser) -> None:
    mine = follow(Audience.objects.create(), alice.email.upper(), visitor)
    follow(Audience.objects.create(), bob.email, visitor)
    assert list(Subscription.objects.of(alice)) == [mine]
    assert not Subscription.objects.of(visitor).exists()


def test_only_those_get_letters_who_may_still_read(alice: User, bob: User, visitor: AnonymousUser) -> None:
    audience = Audience.objects.create()
    for user in (alice, bob):
        operations.follow(audience, email=user.email, language="lv", by=user, title="Soliņi")
    stranger = operations.follow(audience, email="cits@example.lv", language="lv", by=visitor, title="Soliņi")
    operations.confirm_following(stranger)
    Notification.objects.all().delete()
    letter = "notifications/confirm_following"
    assert operations.notify(audience, letter, may_read=lambda reader: reader == bob, title="Soliņi") == 1
    assert Notification.objects.get().email == bob.email
