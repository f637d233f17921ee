# SPDX-License-Identifier: EUPL-1.2
"""The number of the request being answered, for the log and the audit; and who sent it, for limits."""

from contextvars import ContextVar
from ipaddress import IPv6Address, ip_address

from django.http import HttpRequest

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """Return the number of the request being answered, or an empty text outside of one."""
    return _request_id.get()


def set_request_id(value: str) -> None:
    """Remember the number of the request being answered."""
    _request_id.set(value)


def visitor_key(request: HttpRequest) -> str:
    """Return what tells one sender from another for rate limits: the address the request came from.

    Of an IPv6 address the first 64 bits: the rest is the sender's to choose (RFC 4291, RFC 6177).
    """
    given = request.META.get("REMOTE_ADDR", "") or "unknown"
    try:
        address = ip_address(given)
    except ValueError:
        return given
    if not isinstance(address, IPv6Address):
        return given
    return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
