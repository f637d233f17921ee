# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import User
from talka.notifications.models import Notification, Subscription
from talka.plans.operations.following import NothingToFollow, follow_node
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan


def address(small: SmallPlan) -> str:
    """Return where the action is followed."""
    return f"/lv/p/{small.plan.process.slug}/plans/{small.plan.slug}/{small.action.node_id}/follow/"


def test_a_visitor_confirms_the_address_first(process: Process, carol: User, client: Client) -> None:
    small = make_plan(process, by=carol, published=True)
    response = client.post(address(small), {"email": "Anna@example.lv", "website": ""}, follow=True)
    assert response.status_code in (200, 422)
    shown = client.get(address(small)).context["form"].initial["shown"]
    response = client.post(address(small), {"email": "Anna@example.lv", "shown": shown})
    assert response.status_code == 302
    subscription = Subscription.objects.get(audience=small.action.node.audience)
    assert (subscription.email, subscription.confirmed_at) == ("anna@example.lv", None)
    assert "Apsekot ielas" in Notification.objects.get().text
    assert not mail.outbox


def test_somebody_signed_in_follows_at_once_and_finds_it_again(
    process: Process, carol: User, alice: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, published=True)
    client = sign_in(alice)
    assert client.post(address(small)).status_code == 302
    assert Subscription.objects.active().get().user == alice
    assert "Apsekot ielas" in client.get("/lv/my/").content.decode()


def test_a_wrong_address_is_told_beside_its_field(process: Process, carol: User, client: Client) -> None:
    small = make_plan(process, by=carol, published=True)
    response = client.post(address(small), {"email": "anna@"})
    assert response.status_code == 422
    assert 'value="anna@"' in response.content.decode()
    assert not Subscription.objects.exists()


def test_eve_and_a_visitor_do_not_follow_what_they_do_not_see(process: Process, carol: User, eve: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    for other in (eve, AnonymousUser()):
        with pytest.raises(PermissionDenied):
            follow_node(small.action, email="a@example.lv", language="lv", by=other)


def test_a_part_of_the_tree_is_not_followed(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, published=True)
    with pytest.raises(NothingToFollow):
        follow_node(small.task, email="a@example.lv", language="lv", by=carol)
