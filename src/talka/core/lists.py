# SPDX-License-Identifier: EUPL-1.2
"""Lists: sorting by an allowed column, pages that never fail on a wrong number."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


class CountedPaginator(Paginator):
    """A paginator that is told the number of rows where a kept counter knows it."""

    def __init__(self, rows: QuerySet[Any] | Sequence[Any], per_page: int, *, count: int | None = None) -> None:
        super().__init__(rows, per_page)
        if count is not None:
            self.__dict__["count"] = count


def page_of(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, size: int = 25, count: int | None = None
) -> Page[Any]:
    """Return the page that ``?page=`` asks for, the first or last one where it asks for nonsense."""
    return CountedPaginator(rows, size, count=count).get_page(request.GET.get("page"))


def ordered(rows: QuerySet[Any], sort: str, columns: Mapping[str, tuple[str, ...]], default: str) -> QuerySet[Any]:
    """Order rows by a column's name from the address, ``-name`` for descending; unknown names fall back to ``default``.

    ``columns`` maps a name to the fields that order by it, ending in a unique one.
    """
    name = sort if sort.removeprefix("-") in columns else default
    fields = columns[name.removeprefix("-")]
    if name.startswith("-"):
        fields = tuple(field[1:] if field.startswith("-") else f"-{field}" for field in fields)
    return rows.order_by(*fields)
