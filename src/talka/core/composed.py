# SPDX-License-Identifier: EUPL-1.2
"""Queries whose SQL is composed once and then run with other values.

For a page with many small queries, Django spends more time on composing SQL than PostgreSQL on answering. A function that
builds a queryset out of values is called once a day with places for the values; every run fills them in.

The values are used in comparisons only (``filter(process=process)``, ``filter(process__in=EachOf(processes))``), and none of
them is ``None``. The day may be asked of ``clock`` inside; a moment may not, it would stand still: it is handed in as a value,
or composing raises.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial, wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connections
from django.db.models import Func, QuerySet, Value

from talka.core import clock

DAYS_KEPT = 2


@dataclass(frozen=True)
class _Place:
    """Where a value belongs in the parameters of a composed query."""

    name: str


class EachOf(Func):
    """The keys of a list that is handed in as one value."""

    template = "(SELECT unnest(%(expressions)s::bigint[]))"


class _Composed:
    """A queryset with its SQL; ``places`` are its parameters, some of which are still to be filled in."""

    def __init__(self, rows: "QuerySet[Any]") -> None:
        self._rows = rows
        self._compiler = rows.query.get_compiler(rows.db)
        self._sql, self._places = self._compiler.as_sql()
        if any(isinstance(part, datetime) for part in self._places):
            raise TypeError("A moment stands fast in a composed query; hand it in as a value.")

    def run(self, values: dict[str, Any]) -> list[Any]:
        """Return the rows for these values."""
        parameters = tuple(values[part.name] if isinstance(part, _Place) else part for part in self._places)
        rows = self._rows.all()
        compiler = copy(self._compiler)
        compiler.connection = connections[rows.db]
        compiler.as_sql = lambda *_args, **_options: (self._sql, parameters)
        rows.query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
        return list(rows)


def composed(build: "Callable[..., QuerySet[Any]]") -> Callable[..., list[Any]]:
    """Make of a function from named values to a queryset one that returns its rows."""

    @lru_cache(maxsize=DAYS_KEPT)
    def compose(_day: date, *names: str) -> _Composed:
        return _Composed(build(**{name: Value(_Place(name)) for name in names}))

    @wraps(build)
    def rows(**values: Any) -> list[Any]:
        return compose(clock.today(), *values).run(values)

    return rows


def composed_for_visitors(build: "Callable[..., QuerySet[Any]]") -> Callable[..., list[Any]]:
    """Do so for a function that takes a user first; what people who are signed in may see is composed for each of them."""
    of_visitors = composed(partial(build, AnonymousUser()))

    @wraps(build)
    def rows(user: Any, **values: Any) -> list[Any]:
        return list(build(user, **values)) if user.is_authenticated else of_visitors(**values)

    return rows
