# SPDX-License-Identifier: EUPL-1.2
"""Requests in, answers out: refusals as pages, the present address, sign-in that loses nothing."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

import pghistory
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.signing import TimestampSigner
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from talka.core.errors import Refused
from talka.core.permissions import keep_while_reading
from talka.core.ratelimit import spend
from talka.core.requests import visitor_key

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class SignedInRequest(HttpRequest):
    """What a view behind ``sign_in_required`` gets: its user is somebody."""

    user: Any


_STASH = "unsent_form"
_STASH_LIMIT = 100_000


def refusal_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Answer 409 with the sentence of a refusal, as a page or, where JSON is asked for, as ``{code, message}``."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"code": refused.code, "message": str(refused)}, status=409)
    return render(request, "409.html", {"message": str(refused), "back": safe_back(request)}, status=409)


class RefusalMiddleware:
    """Turn every ``Refused`` that leaves a view into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception to Django."""
        return refusal_page(request, exception) if isinstance(exception, Refused) else None


class HistoryMiddleware:
    """Mark the row history of a writing request with who wrote and in which request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        user = getattr(request, "user", None)
        with pghistory.context(user=getattr(user, "pk", None), request=getattr(request, "request_id", "")):
            return self.get_response(request)


def safe_back(request: HttpRequest) -> str:
    """Return the address that the person came from if it is ours, else an empty text."""
    back = request.headers.get("Referer", "")
    return back if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()) else ""


def safe_next(request: HttpRequest, default: str) -> str:
    """Return where the form asks to go next if that is ours, else ``default``."""
    target = request.POST.get("next", "") or request.GET.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()) else default


def sign_in_required(view: Callable[Concatenate[SignedInRequest, P], HttpResponse]) -> View[P]:
    """Send a visitor to sign in, and keep what they were sending, so that a session that ended loses no text."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            if request.method in {"GET", "HEAD"}:
                keep_while_reading(request.user)
            response = view(cast("SignedInRequest", request), *args, **kwargs)
            return _back_to_the_button(request, response) if response.status_code == 405 else response
        if request.method == "POST":
            fields = {
                name: request.POST.getlist(name)
                for name in request.POST
                if name != "csrfmiddlewaretoken" and "password" not in name
            }
            packed = json.dumps(
                {"path": request.path, "fields": fields, "from": safe_back(request)}, ensure_ascii=False
            )
            if len(packed) <= _STASH_LIMIT and not spend("keep_unsent", visitor_key(request)):
                request.session[_STASH] = packed
        return redirect_to_login(request.get_full_path())

    return guarded


def _back_to_the_button(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Lead from an address that only takes what a button sends to the page of the button, once after signing in again."""
    kept = json.loads(request.session.get(_STASH, "{}")) if request.method == "GET" else {}
    if kept.get("path") != request.path:
        return response
    del request.session[_STASH]
    messages.info(request, _("You had to sign in again, so what you pressed has not been done. Press it once more."))
    return redirect(kept.get("from") or "/")


def unsent_fields(request: HttpRequest) -> dict[str, list[str]] | None:
    """Return, once, what was being sent to this address when the session ended."""
    packed = request.session.get(_STASH) if request.method == "GET" else None
    if not packed:
        return None
    kept: dict[str, Any] = json.loads(packed)
    if kept["path"] != request.path:
        return None
    del request.session[_STASH]
    fields: dict[str, list[str]] = kept["fields"]
    return fields


def _nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class _TokenCheck(CsrfViewMiddleware):
    """Django's check of the form token, which says what is wrong instead of answering."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def is_forged(request: HttpRequest) -> bool:
    """Say whether a form sent by somebody signed in may come from another site; for views that are ``csrf_exempt``.

    A visitor has no session that another site could misuse, so visitors' forms need no cookie and no
    token: they work where cookies are refused, and pages that hold them can be kept by caches.
    """
    if request.method in {"GET", "HEAD", "OPTIONS"} or not request.user.is_authenticated:
        return False
    check = _TokenCheck(_nothing)
    check.process_request(request)
    return check.process_view(request, _nothing, (), {}) is not None


form_signer = TimestampSigner(salt="talka.form-shown")
