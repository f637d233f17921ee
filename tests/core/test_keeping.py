# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory

from talka.core import clock, keeping
from talka.core.keeping import kept_for_visitors

Answer = Callable[..., HttpResponse]


real_snapshot = keeping._snapshot


@pytest.fixture(autouse=True)
def snapshot(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand for the snapshot of a server on which nobody else writes, as other tests do on ours."""
    snapshot = ["before"]
    monkeypatch.setattr(keeping, "_snapshot", lambda: snapshot[-1])
    return snapshot


@pytest.fixture(autouse=True)
def _pages_are_kept(settings: Any) -> Iterator[None]:
    settings.KEEP_PAGES_SECONDS = 60
    caches["local"].clear()
    yield
    caches["local"].clear()


@pytest.fixture
def made() -> list[str]:
    """Return the addresses for which a page was made, in order."""
    return []


@pytest.fixture
def ask(made: list[str], rf: RequestFactory) -> Answer:
    """Return a function that asks for a page which says how many were made."""

    @kept_for_visitors
    def page(request: HttpRequest) -> HttpResponse:
        made.append(request.get_full_path())
        if "form" in request.GET:
            return HttpResponse("<input name=csrfmiddlewaretoken>")
        if "elsewhere" in request.GET:
            return redirect("/")
        return HttpResponse(f"page {len(made)}", headers={"X-Kept": "yes"})

    def answer(address: str = "/lv/", method: str = "get", **cookies: str) -> HttpResponse:
        request = getattr(rf, method)(address)
        request.COOKIES.update(cookies)
        return page(request)

    return answer


def write() -> None:
    """Commit a change to the database."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_content_type SET model = model")


@pytest.mark.django_db(transaction=True)
def test_what_is_written_makes_another_snapshot() -> None:
    before = real_snapshot()
    write()
    assert real_snapshot() != before


def test_the_same_page_is_made_once_until_something_is_written(ask: Answer, snapshot: list[str]) -> None:
    assert [ask().content for _ in range(3)] == [b"page 1"] * 3
    assert ask()["X-Kept"] == "yes"
    snapshot.append("after")
    assert ask().content == b"page 2"


@pytest.mark.django_db
def test_another_address_is_another_page(ask: Answer, made: list[str]) -> None:
    for address in ("/lv/", "/en/", "/lv/?page=2"):
        ask(address)
    assert made == ["/lv/", "/en/", "/lv/?page=2"]


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["session", "messages"])
def test_somebody_with_a_session_or_a_message_gets_a_page_of_their_own(ask: Answer, cookie: str) -> None:
    ask()
    assert ask(**{cookie: "x"}).content == b"page 2"
    assert ask()["Vary"] == "Cookie"
    assert ask().content == b"page 1"


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "method"), [("/lv/?form=1", "get"), ("/lv/?elsewhere=1", "get"), ("/lv/", "post")])
def test_what_belongs_to_one_request_is_not_kept(ask: Answer, made: list[str], address: str, method: str) -> None:
    ask(address, method)
    ask(address, method)
    assert len(made) == 2


@pytest.mark.django_db(transaction=True)
def test_a_new_day_makes_a_new_page(ask: Answer) -> None:
    today = ask().content
    with clock.at(clock.now() + timedelta(days=1)):
        assert ask().content != today
    assert ask().content == today
