# SPDX-License-Identifier: EUPL-1.2
"""Who asked for an action: declared by the apps above, which know proposals, meetings and groups, and asked by pages here."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Origin:
    """One thing from which a node came: a proposal, a decision of a meeting, a planned action of a group."""

    kind: str
    label: str | Promise
    title: str
    url: str
    note: str = ""


Finder = Callable[[Collection[int], Any], Iterable[tuple[int, Origin]]]
"""Given keys of nodes and a user, return each node's key with an origin that this user may see."""

_finders: list[Finder] = []


def declare(finder: Finder) -> None:
    """Declare, when the site starts, how the origins of one kind are found."""
    if finder not in _finders:
        _finders.append(finder)


def origins_of(nodes: Collection[int], user: Any) -> dict[int, list[Origin]]:
    """Return the origins of nodes that the person may see, in one query for each kind."""
    found: dict[int, list[Origin]] = {}
    for finder in _finders:
        for node, origin in finder(nodes, user):
            found.setdefault(node, []).append(origin)
    return found
