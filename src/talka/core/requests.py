# SPDX-License-Identifier: EUPL-1.2
"""The number of the request being answered, for the log and the audit."""

from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """Return the number of the request being answered, or an empty text outside of one."""
    return _request_id.get()


def set_request_id(value: str) -> None:
    """Remember the number of the request being answered."""
    _request_id.set(value)
