# SPDX-License-Identifier: EUPL-1.2
"""Where a task comes from: declared by the apps above, which know meetings and decisions, and asked by pages here."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Source:
    """What a task comes from, as a person may see it."""

    label: str | Promise
    title: str
    url: str


Finder = Callable[[Collection[int], Any], Iterable[tuple[int, Source]]]
"""Given keys of tasks and a user, return each task's key with a source that this user may see."""

_finders: list[Finder] = []


def declare(finder: Finder) -> None:
    """Declare, when the site starts, how the sources of one kind are found."""
    if finder not in _finders:
        _finders.append(finder)


def sources_of(tasks: Collection[int], user: Any) -> dict[int, list[Source]]:
    """Return the sources of tasks that the person may see, in one query for each kind."""
    found: dict[int, list[Source]] = {}
    for finder in _finders:
        for task, source in finder(tasks, user):
            found.setdefault(task, []).append(source)
    return found
