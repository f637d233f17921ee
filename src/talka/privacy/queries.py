# SPDX-License-Identifier: EUPL-1.2
"""What the holders of personal data say, gathered."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from talka.core.holdings import Due, Found, Holder, Wanted, holders

Held = list[tuple[Holder, Found]]


def _gathered(ask: Callable[[Holder], Sequence[Found]]) -> Held:
    return [(holder, found) for holder in holders() for found in ask(holder)]


def find_held(wanted: Wanted, *, by: Any) -> Held:
    """Return what is held about somebody, as far as ``by`` answers for it, by holder."""
    return _gathered(lambda holder: holder.find(wanted, by=by))


def own_held(user: Any) -> Held:
    """Return what is held about somebody signed in."""
    return _gathered(lambda holder: holder.own(user))


def picked_held(picks: Sequence[str], *, by: Any) -> Held:
    """Return again what was picked, by names such as ``proposals/author:12``; what ``by`` must not see is passed over."""
    return _gathered(
        lambda holder: holder.get(
            [pick.partition("/")[2] for pick in picks if pick.partition("/")[0] == holder.name], by=by
        )
    )


@dataclass(frozen=True)
class DueList:
    """What is due until a day: the rows of one page, how many there are of what was asked for, and how many by process."""

    rows: list[Due]
    number: int
    by_scope: list[tuple[Model, int]]


def due_list(until: date, *, by: Any, scope: str, page: int, size: int) -> DueList:
    """Return a page of what will be erased until a day, in order of days; ``scope`` is the slug of one process, or empty."""
    counts: Counter[Model] = Counter()
    for holder in holders():
        counts.update(dict(holder.count_due(until=until, by=by)))
    number = sum(one for thing, one in counts.items() if not scope or getattr(thing, "slug", "") == scope)
    last = max(1, -(-number // size))
    end = min(max(page, 1), last) * size
    rows = (due for holder in holders() for due in holder.due(until=until, by=by, scope=scope, most=end))
    shown = sorted(rows, key=lambda due: (due.day, due.title))[end - size : end]
    return DueList(shown, number, sorted(counts.items(), key=lambda item: str(item[0])))
