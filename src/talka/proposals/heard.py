# SPDX-License-Identifier: EUPL-1.2
"""What else was said of a proposal: declared by the apps above, which know meetings, and told by the thread of a proposal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from talka.proposals.models import Proposal


@dataclass(frozen=True)
class Heard:
    """Something said of a proposal elsewhere: when, where, and in which words."""

    at: datetime
    title: str
    text: str


Finder = Callable[[Proposal, Any], Iterable[Heard]]
"""Given a proposal and a user, return what this user may know."""

_finders: list[Finder] = []


def declare(finder: Finder) -> None:
    """Declare, when the site starts, how what is said of one kind is found."""
    if finder not in _finders:
        _finders.append(finder)


def heard_of(proposal: Proposal, user: Any) -> list[Heard]:
    """Return what was said of a proposal, as far as the person may know; in one query for each kind."""
    return [heard for finder in _finders for heard in finder(proposal, user)]
