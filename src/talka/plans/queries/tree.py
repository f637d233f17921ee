# SPDX-License-Identifier: EUPL-1.2
"""The tree of an edition, in the order in which it is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from talka.plans.models import NodeVersion


@dataclass
class Branch:
    """A node of the tree with what stands below it; ``depth`` counts from 0."""

    version: NodeVersion
    depth: int = 0
    below: "list[Branch]" = field(default_factory=list)

    def walk(self) -> "Iterator[Branch]":
        """Return this branch and all below it, in reading order."""
        yield self
        for branch in self.below:
            yield from branch.walk()


def grow(versions: Iterable[NodeVersion]) -> list[Branch]:
    """Return the tree of versions of one edition, siblings in their order; what stands below nothing that is there comes first level.

    Asks the database for nothing but the versions; pass them with what the page shows already loaded.
    """
    branches = {version.node_id: Branch(version) for version in versions}
    roots: list[Branch] = []
    for branch in sorted(branches.values(), key=lambda one: (one.version.position, one.version.pk)):
        above = branches.get(branch.version.parent_id) if branch.version.parent_id is not None else None
        (above.below if above is not None else roots).append(branch)
    for root in roots:
        _set_depths(root, 0)
    return roots


def _set_depths(branch: Branch, depth: int) -> None:
    branch.depth = depth
    for one in branch.below:
        _set_depths(one, depth + 1)


def in_order(roots: Iterable[Branch]) -> list[Branch]:
    """Return all branches in reading order."""
    return [branch for root in roots for branch in root.walk()]
