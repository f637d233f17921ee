# SPDX-License-Identifier: EUPL-1.2
"""Calendars as answers: a file to take away, or a feed that programs fetch again and again."""

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import caches
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import get_language

from talka.core.ical import CalendarEvent, write_calendar
from talka.core.text import slug

VERSION = version("talka")
"""Another version of Talka may write the same events otherwise."""

KEPT_SECONDS = 900
"""How long a written feed is kept in the memory of a server process; narrowed ones, of which there is no end, are not."""


def calendar_body(name: str, events: Sequence[CalendarEvent]) -> bytes:
    """Write a calendar in the installation's time zone and the language that is read now."""
    return write_calendar(name, events, zone=ZoneInfo(settings.TIME_ZONE), language=get_language() or "lv")


def calendar_file(body: bytes, name: str, *, saved: bool = True) -> HttpResponse:
    """Answer with a calendar; ``saved`` asks the browser to keep it as a file."""
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'{"attachment" if saved else "inline"}; filename="{slug(name) or "talka"}.ics"'
    return response


def calendar_feed(
    request: HttpRequest, name: str, version: "QuerySet[Any, Any]", *others: "QuerySet[Any, Any]",
    events: Callable[[], Sequence[CalendarEvent]], of: Any = None,
) -> HttpResponse:  # fmt: skip
    """Answer with a calendar of what the clients may keep, or 304 when the program has it already.

    ``version`` and ``others`` are rows whose second value says when something last changed; they are asked in one query,
    and ``of`` is what else the events follow from. ``events`` is called only where the calendar has to be written.
    """
    rows = sorted(version.union(*others, all=True) if others else version, key=repr)
    changed_at: datetime | None = max((row[1] for row in rows if row[1]), default=None)
    made_from = repr((request.build_absolute_uri(), rows, name, VERSION, of))
    etag = f'"{sha256(made_from.encode()).hexdigest()[:32]}"'
    stamp = int(changed_at.timestamp()) if changed_at else None
    response = get_conditional_response(request, etag=etag, last_modified=stamp)
    if response is None:
        kept = None if request.GET else caches["local"].get(etag)
        body = kept or calendar_body(name, events())
        if not (kept or request.GET):
            caches["local"].set(etag, body, KEPT_SECONDS)
        response = calendar_file(body, name, saved=False)
    response["ETag"] = etag
    if stamp:
        response["Last-Modified"] = http_date(stamp)
    patch_cache_control(response, public=True, max_age=300)
    return response
