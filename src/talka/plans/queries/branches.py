# SPDX-License-Identifier: EUPL-1.2
"""The tree of an edition with figures: of each branch how its works are going and what they cost.

A plan of thousands of works is counted by the database; the page knows only what stands above something.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Sum, When

from talka.plans.models import Edition, Funding, Level, NodeVersion
from talka.plans.models.nodes import NodeVersionQuerySet
from talka.plans.queries.standing import STANDINGS, is_stale, with_standing

AT_ONCE = 150
"""So many works are shown with their tree; where there are more, a branch is opened on a page of its own."""


@dataclass
class Figures:
    """How many works there are in each standing, how many have not been heard of for long, and what is planned, in EUR."""

    by_standing: dict[str, int] = field(default_factory=dict)
    stale: int = 0
    planned: Decimal = Decimal()

    @property
    def total(self) -> int:
        """Return how many works there are."""
        return sum(self.by_standing.values())

    @property
    def done(self) -> int:
        """Return how many are done."""
        return self.by_standing.get("done", 0)

    @property
    def numbers(self) -> list[int]:
        """Return the numbers in the order in which pages tell of standings."""
        return [self.by_standing.get(standing, 0) for standing in STANDINGS]

    def take(self, other: "Figures") -> None:
        """Add those of another branch to these."""
        for standing, number in other.by_standing.items():
            self.by_standing[standing] = self.by_standing.get(standing, 0) + number
        self.stale += other.stale
        self.planned += other.planned


@dataclass
class Part:
    """What stands above something: a part of the tree, seldom a work, with figures of all below it and what is shown of that."""

    version: NodeVersion
    depth: int = 0
    figures: Figures = field(default_factory=Figures)
    parts: "list[Part]" = field(default_factory=list)
    works: list[NodeVersion] = field(default_factory=list)

    def walk(self) -> "Iterator[Part]":
        """Return this part and all parts below it, in reading order."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass
class Tree:
    """The parts of an edition; ``loose``: works that stand below nothing; ``whole``: whether the works are there too."""

    roots: list[Part]
    by_node: dict[int, Part]
    figures: Figures
    loose: list[NodeVersion] = field(default_factory=list)
    whole: bool = False

    def inside(self, node_id: int) -> set[int]:
        """Return the keys of a node and of all parts below it: whatever stands below one of them stands in its branch."""
        part = self.by_node.get(node_id)
        return {one.version.node_id for one in part.walk()} if part is not None else {node_id}

    def above(self, parent_id: int | None) -> list[Part]:
        """Return what stands above something, the first level first."""
        found: list[Part] = []
        while parent_id is not None and (part := self.by_node.get(parent_id)) is not None:
            found.insert(0, part)
            parent_id = part.version.parent_id
        return found

    def order(self) -> dict[int | None, int]:
        """Return the place of every part in reading order."""
        parts = [part for root in self.roots for part in root.walk()]
        return {None: len(parts)} | {part.version.node_id: place for place, part in enumerate(parts)}


def with_works(versions: NodeVersionQuerySet) -> NodeVersionQuerySet:
    """Load what a line about a work shows: how it is going, who is responsible, what is planned for it."""
    planned = Funding.objects.filter(version=OuterRef("pk")).order_by().values("version")
    return (
        with_standing(versions)  # type: ignore[return-value]
        .annotate(planned=Subquery(planned.annotate(all=Sum("planned")).values("all")))
        .select_related("level", "organization", "place", "node__latest")
        .defer("description", "result", "change_reason")
    )


def _skeleton(edition: Edition) -> Iterable[NodeVersion]:
    above = edition.versions.order_by().filter(parent__isnull=False).values("parent")
    versions = edition.versions.filter(Q(node__kind=Level.Kind.GROUP) | Q(node__in=above))
    return with_standing(versions).select_related("node").defer("description", "result", "change_reason")


def _grow(edition: Edition) -> tuple[list[Part], dict[int, Part]]:
    by_node = {version.node_id: Part(version) for version in _skeleton(edition)}
    roots: list[Part] = []
    for part in sorted(by_node.values(), key=lambda one: (one.version.position, one.version.pk)):
        above = by_node.get(part.version.parent_id) if part.version.parent_id is not None else None
        (above.parts if above is not None else roots).append(part)
    for root in roots:
        _set_depths(root, 0)
    return roots, by_node


def _set_depths(part: Part, depth: int) -> None:
    part.depth = depth
    for one in part.parts:
        _set_depths(one, depth + 1)


def _count(edition: Edition) -> dict[int | None, Figures]:
    """Return the figures of the works right below each part, in two queries."""
    found: dict[int | None, Figures] = {}
    works: Any = with_standing(edition.versions.works())
    counted = works.order_by().values_list("parent", "standing")
    for parent, standing, number, stale in counted.annotate(
        number=Count("pk"), old=Count("pk", filter=is_stale(edition.plan))
    ):
        figures = found.setdefault(parent, Figures())
        figures.by_standing[standing] = number
        figures.stale += stale
    is_part = Q(version__node__kind=Level.Kind.GROUP)
    place = Case(When(is_part, then=F("version__node")), default=F("version__parent"))
    money = Funding.objects.filter(version__edition=edition).order_by().annotate(place=place)
    for parent, planned in money.values_list("place").annotate(all=Sum("planned")):
        found.setdefault(parent, Figures()).planned += planned
    return found


def _add_up(part: Part, counted: dict[int | None, Figures]) -> None:
    part.figures.take(counted.get(part.version.node_id, Figures()))
    for one in part.parts:
        _add_up(one, counted)
        part.figures.take(one.figures)


def tree_of(edition: Edition, *, below: int | None = None, works: bool = True, figures: bool = True) -> Tree:
    """Return the parts of an edition, counted if ``figures`` are wanted, and then the ``works`` too, of all or of the branch ``below``.

    Works are left out where there are too many of them.
    """
    roots, by_node = _grow(edition)
    tree = Tree(roots, by_node, Figures())
    if figures:
        counted = _count(edition)
        tree.figures.take(counted.get(None, Figures()))
        for root in roots:
            _add_up(root, counted)
            tree.figures.take(root.figures)
        if works:
            _show_works(edition, tree, below)
    return tree


def _show_works(edition: Edition, tree: Tree, below: int | None) -> None:
    part = tree.by_node.get(below) if below is not None else None
    figures = part.figures if part is not None else tree.figures
    if figures.total > AT_ONCE:
        return
    tree.whole = True
    versions = edition.versions.works()
    if part is not None and below is not None:
        versions = versions.filter(parent__in=tree.inside(below))
    for version in with_works(versions.exclude(node__in=list(tree.by_node))).order_by("position", "pk"):
        above = tree.by_node.get(version.parent_id) if version.parent_id is not None else None
        (above.works if above is not None else tree.loose).append(version)


def in_reading_order(rows: NodeVersionQuerySet, tree: Tree) -> list[int]:
    """Return the keys of versions as they follow each other in the plan."""
    places = tree.order()
    keys = rows.order_by().values_list("pk", "parent", "position", "node")
    sorting = sorted((places.get(parent, -1), place, pk) for pk, parent, place, _node in keys)
    return [pk for _parent, _place, pk in sorting]


def load(keys: Iterable[int]) -> list[NodeVersion]:
    """Return the versions with these keys, in this order, each with what its line shows."""
    wanted = list(keys)
    found = {version.pk: version for version in with_works(NodeVersion.objects.filter(pk__in=wanted))}
    return [found[key] for key in wanted]
