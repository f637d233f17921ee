# SPDX-License-Identifier: EUPL-1.2
"""What the codes of a draft would be, made anew in its present order."""

from dataclasses import dataclass

from talka.plans.codes import make_code, numbers_of
from talka.plans.models import Edition, PlanNode
from talka.plans.queries.tree import Branch, grow


@dataclass(frozen=True)
class NewCode:
    """The code that a version has and the one that the pattern of its level gives it; ``taken``: another one keeps that."""

    version_id: int
    node_id: int
    title: str
    old: str | None
    new: str | None
    taken: bool = False


def new_codes(edition: Edition, below: PlanNode | None = None) -> list[NewCode]:
    """Return the codes by pattern of all nodes, or of those below one, in reading order; three queries.

    A level without a pattern keeps its codes. A number that another node of this run has already is passed over, as when
    actions stand straight below different priorities.
    """
    versions = edition.versions.select_related("level").only(
        "id", "node_id", "parent_id", "position", "code", "title", "level__letter", "level__pattern", "edition_id"
    )
    roots = grow(versions)
    everything = [branch for root in roots for branch in root.walk()]
    chosen, numbers = roots, dict[str, str]()
    if below is not None:
        start = next((branch for branch in everything if branch.version.node_id == below.pk), None)
        if start is None:
            return []
        chosen, numbers = start.below, _numbers_above(everything, start)
    inside = {branch.version.pk for root in chosen for branch in root.walk() if branch.version.level.pattern}
    kept = {branch.version.code for branch in everything if branch.version.pk not in inside and branch.version.code}
    found: list[NewCode] = []
    _give(chosen, numbers, kept, set(), found)
    return found


def _numbers_above(everything: list[Branch], start: Branch) -> dict[str, str]:
    """Return the numbers of a branch and of all above it, by the letter of their level."""
    by_node = {branch.version.node_id: branch for branch in everything}
    numbers: dict[str, str] = {}
    branch: Branch | None = start
    while branch is not None:
        level = branch.version.level
        numbers[level.letter] = numbers_of(level.pattern, branch.version.code or "")
        branch = by_node.get(branch.version.parent_id) if branch.version.parent_id else None
    return numbers


def _give(
    branches: list[Branch], numbers: dict[str, str], kept: set[str], given: set[str], found: list[NewCode]
) -> None:
    counts: dict[int, int] = {}
    for branch in branches:
        version, level = branch.version, branch.version.level
        code: str | None = version.code
        if level.pattern:
            number = counts.get(level.pk, 0) + 1
            while (code := make_code(level.pattern, number, numbers) or None) in given and "{n}" in level.pattern:
                number += 1
            counts[level.pk] = number
            taken = code in kept or code in given
            if code:
                given.add(code)
            found.append(NewCode(version.pk, version.node_id, version.title, version.code, code, taken))
        _give(branch.below, {**numbers, level.letter: numbers_of(level.pattern, code or "")}, kept, given, found)
