# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from talka.accounts.models import User
from talka.core.ratelimit import spend
from talka.core.requests import visitor_key
from talka.processes.models import Process
from tests.proposals.conftest import sign_in_again


def test_a_long_text_in_any_alphabet_outlives_the_session(process: Process, carol: User) -> None:
    client, page = Client(), reverse("processes:change_texts", args=[process.slug])
    texts = {"title": "План", "description": "Ж" * 19_000, "easy_language": "Щ" * 19_000}
    assert client.post(page, texts).status_code == 302
    sign_in_again(client, carol)
    body = client.get(page).content.decode()
    assert texts["description"] in body
    assert texts["easy_language"] in body


def test_a_button_pressed_when_the_session_had_ended_leads_back_to_its_page(process: Process, carol: User) -> None:
    client, button = Client(), reverse("processes:publish_process", args=[process.slug])
    page = reverse("processes:manage_process", args=[process.slug])
    sent = client.post(button, headers={"referer": f"http://testserver{page}"})
    assert sent.headers["Location"].endswith(f"?next={button}")
    sign_in_again(client, carol)
    back = client.get(button, follow=True)
    assert back.redirect_chain == [(f"http://testserver{page}", 302)]
    assert "Nospiediet vēlreiz" in back.content.decode()
    assert client.get(button).status_code == 405


def test_a_page_of_another_site_is_no_page_to_go_back_to(process: Process, carol: User) -> None:
    client, button = Client(), reverse("processes:publish_process", args=[process.slug])
    client.post(button, headers={"referer": "https://evil.example/"})
    sign_in_again(client, carol)
    assert client.get(button).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("", "unknown", True),
    ],
)
def test_limits_count_senders_and_not_the_addresses_one_sender_has(
    rf: RequestFactory, one: str, other: str, same: bool
) -> None:
    first, second = (visitor_key(rf.get("/", REMOTE_ADDR=address)) for address in (one, other))
    assert (first == second) is same


def test_a_limit_holds_for_its_whole_window(settings: Any, db: None) -> None:
    settings.RATE_LIMITS = {"wave": (2, 3600)}
    cache.clear()
    assert [bool(spend("wave", "192.0.2.1")) for _ in range(4)] == [False, False, True, True]
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(expires) FROM shared_cache WHERE cache_key LIKE '%rate:wave%'")
        assert cursor.fetchone()[0] > timezone.now() + timedelta(minutes=59)


def test_what_visitors_leave_unsent_cannot_fill_the_disk(process: Process, settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"keep_unsent": (2, 3600)}
    cache.clear()
    page = reverse("processes:change_texts", args=[process.slug])
    kept = []
    for _ in range(4):
        client = Client()
        assert client.post(page, {"title": "x"}).status_code == 302
        kept.append("unsent_form" in client.session)
    assert kept == [True, True, False, False]
