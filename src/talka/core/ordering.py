# SPDX-License-Identifier: EUPL-1.2
"""Rows that people put in order: a ``position`` counted from 0, without gaps."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet


def put_in_order(rows: Sequence[Any]) -> bool:
    """Give rows of one model these places, first to last, in one statement; say whether anything moved."""
    moved = []
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            moved.append(row)
    if moved:
        type(moved[0])._default_manager.bulk_update(moved, ["position"], batch_size=500)
    return bool(moved)


def move_by_one(rows: QuerySet[Any], row: Model, *, up: bool) -> bool:
    """Move a row one place up or down among ``rows``, which the caller has locked; say whether it moved.

    At the end of the row nothing happens.
    """
    order = list(rows.order_by("position", "pk"))
    place = order.index(row)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return False
    order[place], order[other] = order[other], order[place]
    put_in_order(order)
    return True
