# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.accounts.reminders import stop_url
from talka.audit.models import Event


def link(user: User) -> str:
    return urlsplit(stop_url(user)).path


def test_the_link_asks_first_and_then_stops(leo: User, carol: User) -> None:
    client = Client()
    assert client.get(link(leo)).status_code == 200
    leo.refresh_from_db()
    assert leo.gets_reminders, "a mail scanner that opens links changes nothing"
    client.post(link(leo))
    client.post(link(leo))
    leo.refresh_from_db()
    carol.refresh_from_db()
    assert (leo.gets_reminders, carol.gets_reminders) == (False, True)
    assert Event.objects.filter(verb="accounts.stop_reminders").count() == 1


def test_a_link_that_is_not_ours_leads_nowhere(leo: User) -> None:
    for token in (str(leo.pk), f"{leo.pk}:forged", "x", link(leo).rstrip("/").rpartition("/")[2][:-1]):
        assert Client().post(reverse("accounts:stop_reminders", args=[token])).status_code == 404
    leo.refresh_from_db()
    assert leo.gets_reminders


def test_they_are_turned_on_again_in_the_account(leo: User, sign_in: Callable[[User], Client]) -> None:
    client, page = sign_in(leo), reverse("accounts:change_account")
    client.post(page, {"name": "Leo", "language": "lv"})
    leo.refresh_from_db()
    assert not leo.gets_reminders
    client.post(page, {"name": "Leo", "language": "lv", "gets_reminders": "on"})
    leo.refresh_from_db()
    assert leo.gets_reminders
