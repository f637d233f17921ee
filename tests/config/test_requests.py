# SPDX-License-Identifier: EUPL-1.2
"""What happens to a request before an app sees it: health, size, proxies, logs, headers."""

import json
import logging
import os
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from talka.config import health
from talka.config.logs import JsonFormatter
from talka.config.middleware import ProxyMiddleware
from talka.core.requests import set_request_id


def test_alive_without_a_database_and_under_any_host_name(client: Client) -> None:
    response = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert response.status_code == 200
    assert response.json() == {"alive": True}


@pytest.mark.django_db
def test_not_ready_without_a_worker(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "migrations": "ok", "queue": "no worker"}


@pytest.fixture
def living_worker(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


@pytest.mark.usefixtures("living_worker")
def test_ready_with_a_worker(client: Client) -> None:
    assert client.get("/readyz").status_code == 200


@pytest.mark.usefixtures("living_worker")
def test_not_ready_when_a_job_waits_for_long(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at)"
            " VALUES ('default', 'send', now() - interval '1 hour')"
        )
    assert client.get("/readyz").json()["queue"] == "1 late jobs"


@pytest.mark.django_db
def test_not_ready_when_the_database_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] == "does not answer"


@pytest.mark.django_db
def test_not_ready_before_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "unapplied_migrations", lambda: 2)
    assert health.readiness()["migrations"] == "2 to apply"


@pytest.mark.parametrize("length", [str(2 * 1024**3), "99999999999999999999", "-1", "many"])
def test_too_large_a_request_is_refused_unread(rf: RequestFactory, length: str) -> None:
    class Unreadable:
        def read(self, *_: int) -> bytes:
            raise AssertionError("read")

        readline = read

    response = Client().post(
        "/lv/", headers={"content-length": length}, CONTENT_LENGTH=length, **{"wsgi.input": Unreadable()}
    )
    assert response.status_code == 413
    assert "<h1>" in response.content.decode()
    assert 'lang="lv"' in response.content.decode()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.9", "127.0.0.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.66, 198.51.100.9", "198.51.100.9"),
        (2, "203.0.113.66, 198.51.100.9, 192.0.2.1", "198.51.100.9"),
        (2, "198.51.100.9", "198.51.100.9"),
    ],
)
def test_the_sender_is_who_the_trusted_proxy_saw(
    rf: RequestFactory, settings: Any, proxies: int, forwarded: str, expected: str
) -> None:
    settings.TALKA_PROXIES = proxies
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    ProxyMiddleware(view)(rf.get("/", headers={"x-forwarded-for": forwarded}))
    assert seen == [expected]


def logged(record: logging.LogRecord) -> dict[str, Any]:
    line = JsonFormatter().format(record)
    assert "\n" not in line
    found: dict[str, Any] = json.loads(line)
    return found


@pytest.fixture
def record() -> Callable[..., logging.LogRecord]:
    def make(message: str, *arguments: object, exc_info: Any = None) -> logging.LogRecord:
        return logging.LogRecord("talka", logging.ERROR, __file__, 1, message, arguments, exc_info)

    return make


@pytest.mark.parametrize(
    "secret",
    ["anna.berzina@example.lv", "192.0.2.44", "2001:db8::8a2e:370:7334", "+371 2912 3456", "010190-12345"],
)
def test_personal_data_do_not_reach_the_log(record: Callable[..., logging.LogRecord], secret: str) -> None:
    assert secret not in logged(record("could not send to %s", secret))["message"]


def test_an_error_is_logged_by_kind_and_place_without_what_it_quotes(record: Callable[..., logging.LogRecord]) -> None:
    try:
        raise ValueError("duplicate key\nDETAIL: Key (email)=(anna@example.lv) already exists.")
    except ValueError:
        line = logged(record("failed", exc_info=sys.exc_info()))
    assert line["error"] == "ValueError"
    assert line["says"] == "duplicate key"
    assert os.path.basename(__file__) in line["at"][0]  # noqa: PTH119


def test_a_line_carries_the_number_of_the_request(record: Callable[..., logging.LogRecord]) -> None:
    set_request_id("abc-12345")
    try:
        assert logged(record("something"))["request"] == "abc-12345"
    finally:
        set_request_id("")


@pytest.mark.django_db
def test_a_request_is_logged_by_its_pattern_and_returns_its_number(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "talka.request"):
        response = client.get("/lv/not-a-page/?q=anna", headers={"x-request-id": "from-the-proxy-1"})
    assert response.headers["X-Request-ID"] == "from-the-proxy-1"
    (entry,) = [entry for entry in caplog.records if entry.name == "talka.request"]
    assert "anna" not in JsonFormatter().format(entry)
    assert entry.fields["status"] == 404  # type: ignore[attr-defined]


def test_a_number_that_could_forge_a_line_is_replaced(client: Client) -> None:
    response = client.get("/lv/not-a-page/", headers={"x-request-id": 'x"} {"level": "info'})
    assert len(response.headers["X-Request-ID"]) == 32


def test_pages_allow_no_script_or_style_of_their_own(client: Client) -> None:
    policy = client.get("/lv/not-a-page/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_visitor_gets_no_cookie(client: Client) -> None:
    assert not client.get("/lv/not-a-page/").cookies
