# SPDX-License-Identifier: EUPL-1.2
"""The present moment, in one place, so that example data can be laid in the past through the same operations."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """Return the moment at which operations happen, aware, in UTC."""
    return _moment.get() or timezone.now()


def today() -> date:
    """Return today's date in the installation's time zone."""
    return timezone.localdate(now())


def day_begins(day: date) -> datetime:
    """Return the first moment of a day in the installation's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let operations inside the block happen at ``moment`` (aware)."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
