# SPDX-License-Identifier: EUPL-1.2
"""Pages opened one after another within this process, as somebody signed in or as a visitor: queries and the middle of several times."""

import time
from collections.abc import Mapping
from typing import Any

from bench.figures import report


def as_in_production() -> None:
    """Keep compiled templates and log no queries, as the server does; development reads every template anew."""
    from django.conf import settings
    from django.template import engines
    from django.template.loaders.cached import Loader

    settings.DEBUG = False
    engine: Any = engines["django"]
    engine.engine.template_loaders = [Loader(engine.engine, engine.engine.loaders)]


def visitor() -> Any:
    """Return the browser of somebody who is not signed in."""
    from django.test import Client

    return Client(headers={"host": "127.0.0.1"})


def signed_in(user: Any) -> Any:
    """Return the browser of somebody signed in, with the second factor that their role may ask for."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "unused"}}
    )
    client = visitor()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def open_pages(client: Any, pages: Mapping[str, str], *, most_ms: float, most_queries: int, times: int = 11) -> None:
    """Open each page once to warm up, then several times; report its queries and the middle of the times in milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for name, address in pages.items():
        response: Any = client.get(address)
        assert response.status_code == 200, f"{address} answered {response.status_code}"
        took = []
        for _time in range(times):
            begun = time.perf_counter()
            client.get(address)
            took.append(time.perf_counter() - begun)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        report(f"{name}, queries", len(queries), "", at_most=most_queries)
        report(f"{name}, p50", sorted(took)[times // 2] * 1000, "ms", at_most=most_ms)
