# SPDX-License-Identifier: EUPL-1.2
"""What happens to every request before an app sees it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]


class ProxyMiddleware:
    """Believe the sender's address from the last trusted proxy, so that limits count people and not proxies.

    With no proxy (``TALKA_PROXIES=0``) the header is removed: anybody could have written it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        proxies = settings.TALKA_PROXIES
        if not proxies:
            request.META.pop("HTTP_X_FORWARDED_FOR", None)
        elif forwarded := request.META.get("HTTP_X_FORWARDED_FOR"):
            chain = [part.strip() for part in forwarded.split(",")]
            request.META["REMOTE_ADDR"] = chain[-min(proxies, len(chain))]
        return self.get_response(request)


class SizeLimitMiddleware:
    """Refuse a request that is too large before reading it, with a page that says what fits."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and int(length) <= settings.MAX_REQUEST_BYTES:
            return self.get_response(request)
        with translation.override(translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
            megabytes = {
                "megabytes": settings.MAX_REQUEST_BYTES // 1_000_000,
                "file_megabytes": settings.MAX_FILE_BYTES // 1_000_000,
            }
            return render(request, "413.html", megabytes, status=413)
