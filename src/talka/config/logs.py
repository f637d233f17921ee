# SPDX-License-Identifier: EUPL-1.2
"""Logs: one JSON object a line, with the number of the request and without personal data.

Addresses of pages are written as their pattern (``lv/p/<slug:process>/``), because a real one can
hold a secret link or a search; of an error only its kind, its scrubbed first line and its place.
"""

import json
import logging
import re
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from talka.core.requests import current_request_id, set_request_id

_KNOWN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_PERSONAL = re.compile(
    r"[^\s<>()\"']+@[^\s<>()\"',;]+"  # mail addresses
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b"  # IPv4 addresses
    r"|(?<![\w:])(?:[0-9a-fA-F]{1,4}:){2,7}(?::?[0-9a-fA-F]{1,4})+"  # IPv6 addresses
    r"|\+\d[\d ]{6,}\d"  # telephone numbers
    r"|\b\d{6}-\d{5}\b"  # Latvian personal codes
    r"|(?<=\)=)\([^)]*\)"  # values in PostgreSQL's details: Key (email)=(…)
    r"|\?\S+"  # query strings
)

log = logging.getLogger("talka.request")


def scrubbed(text: str) -> str:
    """Return a text without mail addresses, IP addresses, telephone numbers, personal codes and query strings.

    >>> scrubbed("Key (email)=(anna@example.lv) from 192.0.2.7, see /lv/?q=anna")
    'Key (email)=… from …, see /lv/…'
    """
    return _PERSONAL.sub("…", text)


class JsonFormatter(logging.Formatter):
    """Write a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        message = record.getMessage()
        if record.name.startswith("django.") and hasattr(record, "request"):
            message = message.partition(":")[0]  # what follows is the address
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": scrubbed(message),
        }
        if request_id := current_request_id():
            line["request"] = request_id
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            kind, error, trace = record.exc_info
            line["error"] = kind.__name__
            line["says"] = scrubbed(str(error).split("\n", 1)[0])[:300]
            places = []
            while trace:
                code = trace.tb_frame.f_code
                places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
                trace = trace.tb_next
            line["at"] = places[-12:]
        return json.dumps(line, ensure_ascii=False)


class RequestLogMiddleware:
    """Give each request a number, log how it was answered, and return the number in ``X-Request-ID``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        number = given if _KNOWN_ID.fullmatch(given) else uuid.uuid4().hex
        request.request_id = number  # type: ignore[attr-defined]
        set_request_id(number)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            match = request.resolver_match
            log.info(
                "answered",
                extra={
                    "fields": {
                        "method": request.method,
                        "route": match.route if match else "-",
                        "status": response.status_code,
                        "ms": round((time.perf_counter() - started) * 1000, 1),
                    }
                },
            )
        finally:
            set_request_id("")
        response["X-Request-ID"] = number
        return response
