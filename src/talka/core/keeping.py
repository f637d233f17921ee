# SPDX-License-Identifier: EUPL-1.2
"""Pages as visitors see them, kept in memory for as long as nothing in the database changes.

PostgreSQL names what a query can see by a snapshot (``pg_current_snapshot``): two queries with the
same snapshot see the same rows, and every write that is committed makes another one. So a page
kept under its snapshot is never older than the data; a new day makes new pages; only what
follows from the hour may lag, by ``KEEP_PAGES_SECONDS``.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from talka.core import clock

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def _snapshot() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def _is_for_everybody(request: HttpRequest) -> bool:
    """Say whether the page shows nothing of a person: neither their session nor a message for them."""
    return request.method in {"GET", "HEAD"} and not {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys()


def _may_be_kept(response: HttpResponse) -> bool:
    """Say whether an answer holds nothing that belongs to one request: no cookie, no token of a form, no stream."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and b"csrfmiddlewaretoken" not in response.content
    )


def kept_for_visitors(view: View[P]) -> View[P]:
    """Answer visitors without a session from memory while the data are as they were when the page was made.

    For views whose answer depends on nothing but the address, the data and the day.
    """

    @wraps(view)
    def kept(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if settings.KEEP_PAGES_SECONDS and _is_for_everybody(request):
            response = _kept_or_made(request, lambda: view(request, *args, **kwargs))
        else:
            response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        return response

    return kept


def _kept_or_made(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    pages = caches["local"]
    name = sha256(f"{request.method} {request.build_absolute_uri()} {clock.today()} {_snapshot()}".encode()).hexdigest()
    found: tuple[bytes, dict[str, str]] | None = pages.get(name)
    if found is not None:
        content, headers = found
        return HttpResponse(content, headers=headers)
    response = make()
    if _may_be_kept(response):
        pages.set(name, (response.content, dict(response.items())), settings.KEEP_PAGES_SECONDS)
    return response
