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
    """What is due until a day: the rows asked for, and how many there are by process."""

    rows: list[Due]
    by_scope: list[tuple[Model, int]]


def due_list(until: date, *, by: Any, scope: str = "") -> DueList:
    """Return what will be erased until a day, in order of days; ``scope`` is the slug of one process."""
    rows = sorted(
        (due for holder in holders() for due in holder.due(until=until, by=by)), key=lambda due: (due.day, due.title)
    )
    counts = Counter(due.scope for due in rows)
    chosen = [due for due in rows if not scope or getattr(due.scope, "slug", "") == scope]
    return DueList(chosen, sorted(counts.items(), key=lambda item: str(item[0])))
