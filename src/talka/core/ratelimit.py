# SPDX-License-Identifier: EUPL-1.2
"""How often one visitor may send something: counted in the shared cache, in windows of fixed length."""

import time
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from talka.core.requests import visitor_key

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def spend(action: str, key: str) -> int:
    """Count one use of ``action`` by ``key``; return 0 if it is within the limit, else the seconds to wait.

    Limits stand in the setting ``RATE_LIMITS`` as ``{action: (uses, seconds)}``. The count is a
    guard against floods, not an exact meter: two requests at the same instant may count as one.
    """
    uses, seconds = settings.RATE_LIMITS[action]
    window, into = divmod(int(time.time()), seconds)
    name = f"rate:{action}:{window}:{sha256(f'{settings.SECRET_KEY}{key}'.encode()).hexdigest()[:24]}"
    if cache.add(name, 1, timeout=seconds):
        return 0
    try:
        count = cache.incr(name)
    except ValueError:
        return 0
    cache.touch(name, seconds)  # counting up gives an entry the usual life of the cache, which is shorter
    return 0 if count <= uses else seconds - into


def rate_limited(action: str) -> Callable[[View[P]], View[P]]:
    """Answer 429 to a visitor who sends (POST) more often than the limit of ``action`` allows."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def limited(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            wait = spend(action, visitor_key(request)) if request.method == "POST" else 0
            if not wait:
                return view(request, *args, **kwargs)
            response = render(request, "429.html", {"minutes": -(-wait // 60)}, status=429)
            response["Retry-After"] = str(wait)
            return response

        return limited

    return decorate
