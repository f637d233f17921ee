# SPDX-License-Identifier: EUPL-1.2
"""What the pages of those who write a plan show and let choose from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from talka.core.text import fold
from talka.directory.models import Area, Membership, Organization, Person
from talka.plans.models import Edition, Level, NodeVersion, Plan, PlanNode
from talka.plans.queries.standing import with_standing
from talka.plans.queries.tree import Branch, grow, in_order
from talka.processes.models import Process
from talka.processes.queries import organizations_near, people_near

SHOWN_WHOLE = 150
"""So many nodes a tree may have to be shown with everything open at first."""
OPENED_WHOLE = 600
"""So many it may have for everything to be opened at once."""


@dataclass(frozen=True)
class Row:
    """A node as a row of the tree: how deep, how much stands right below, whether that is shown, its place among its siblings.

    ``levels_below``: what can be added below it; ``under``: the position of the level that it stands below, -1 at the top.
    """

    version: NodeVersion
    depth: int
    below: int
    is_open: bool
    is_first: bool
    is_last: bool
    levels_below: tuple[Level, ...]
    under: int

    @property
    def is_work(self) -> bool:
        """Say whether it is an action or an investment."""
        return self.version.level.kind != Level.Kind.GROUP


def rows_of(edition: Edition, levels: Iterable[Level], opened: Collection[int] | None) -> list[Row]:
    """Return the rows of the tree that are shown when these nodes are open, or all (``None``); two queries."""
    levels = list(levels)
    parents = edition.versions.filter(parent__isnull=False).order_by().values_list("parent")
    counts: dict[int, int] = dict(parents.annotate(number=Count("pk")))
    versions = _for_rows(edition.versions.all())
    if opened is not None:
        versions = versions.filter(Q(parent__isnull=True) | Q(parent__in=opened))
    found: list[Row] = []

    def walk(branches: list[Branch], depth: int, under: int) -> None:
        for place, branch in enumerate(branches):
            below = counts.get(branch.version.node_id, 0)
            is_open = below > 0 and (opened is None or branch.version.node_id in opened)
            found.append(
                Row(
                    branch.version, depth, below, is_open, place == 0, place == len(branches) - 1,
                    below_levels(levels, branch.version.level), under,
                )
            )  # fmt: skip
            if is_open:
                walk(branch.below, depth + 1, branch.version.level.position)

    walk([root for root in grow(versions) if root.version.parent_id is None], 0, -1)
    return found


def find_rows(edition: Edition, levels: Iterable[Level], words: str, *, limit: int = 100) -> list[Row]:
    """Return the nodes whose code and title hold all the words, whatever the case and the diacritics, as rows without depth."""
    parts = fold(words).split()
    names = edition.versions.order_by("pk").values_list("pk", "code", "title")
    keys = [pk for pk, code, title in names if all(part in fold(f"{code or ''} {title}") for part in parts)][:limit]
    versions = _for_rows(edition.versions.filter(pk__in=keys)).order_by("code", "pk")
    levels = list(levels)
    return [Row(version, 0, 0, False, True, True, below_levels(levels, version.level), -1) for version in versions]


def _for_rows(versions: QuerySet[NodeVersion]) -> QuerySet[NodeVersion]:
    shown = with_standing(versions).select_related("level", "organization")
    return shown.defer("description", "result", "change_reason")


def below_levels(levels: Iterable[Level], level: Level) -> tuple[Level, ...]:
    """Return the levels whose nodes may stand below a node of this level: those further down; below work stands nothing."""
    if level.kind != Level.Kind.GROUP:
        return ()
    return tuple(one for one in levels if one.position > level.position)


def stood_before(version: NodeVersion) -> bool:
    """Say whether another edition holds the same node, so that a change of it wants a reason."""
    return version.node.versions.exclude(edition=version.edition_id).exists()


def places_for(version: NodeVersion, words: str, *, limit: int = 50) -> list[NodeVersion]:
    """Return the nodes below which another one may stand, those that hold the words, in reading order."""
    edition, parts = version.edition, fold(words).split()
    groups = edition.versions.filter(level__kind=Level.Kind.GROUP, level__position__lt=version.level.position)
    branches = in_order(grow(groups.exclude(pk=version.pk).select_related("level")))
    return [branch.version for branch in branches if all(part in fold(str(branch.version)) for part in parts)][:limit]


def organization_names(process: Process) -> list[str]:
    """Return the names of the organizations near a process, to choose from while writing."""
    return [organization.name for organization in organizations_near(process)]


def partners_near(process: Process, version: NodeVersion | None) -> QuerySet[Organization]:
    """Return the organizations that may be partners: those near the process, and those that are named already."""
    near = Q(pk__in=organizations_near(process).values("pk"))
    if version is not None:
        near |= Q(pk__in=version.partners.values("pk"))
    return Organization.objects.filter(near)


def areas_of(process: Process, version: NodeVersion | None) -> QuerySet[Area]:
    """Return the territories that a node may be about: those of the municipalities that take part, and their parts."""
    own = process.participants.values("organization__area")
    near = Q(pk__in=own) | Q(parent__in=own) | Q(pk=process.area_id)
    if version is not None:
        near |= Q(pk__in=version.areas.values("pk"))
    return Area.objects.filter(near)


def people_by_label(process: Process, owner: Person | None) -> dict[str, Person]:
    """Return those who may answer for a node by what they are called, with their office where two have the same name."""
    people = list(people_near(process))
    if owner is not None and owner not in people:
        people.append(owner)
    names = [person.name for person in people]
    twice = [person.pk for person in people if names.count(person.name) > 1]
    offices = Membership.objects.active().filter(person__in=twice).select_related("organization") if twice else []
    titles = {office.person_id: f"{office.title or office.organization}" for office in offices}
    found: dict[str, Person] = {}
    for person in people:
        label = person.name if person.pk not in twice else f"{person.name}, {titles.get(person.pk, person.pk)}"
        found[label if label not in found else f"{label} ({person.pk})"] = person
    return found


def find_served(plan: Plan, user: Any, words: str, *, limit: int = 50) -> list[NodeVersion]:
    """Return nodes of the plans that this plan serves, in the latest edition that the person sees, that hold the words."""
    parts = fold(words).split()
    editions: dict[int, Edition] = {}
    for edition in Edition.objects.visible_to(user).filter(plan__in=plan.parents.all()).order_by("number"):
        known = editions.get(edition.plan_id)
        if known is None or edition.approved_at is not None or known.approved_at is None:
            editions[edition.plan_id] = edition
    rows = NodeVersion.objects.filter(edition__in=editions.values()).values_list("pk", "code", "title")
    keys = [pk for pk, code, title in rows if all(part in fold(f"{code or ''} {title}") for part in parts)][:limit]
    found = NodeVersion.objects.filter(pk__in=keys).select_related("edition__plan", "level", "node")
    return list(found.order_by("edition__plan", "level__position", "code", "pk"))


def last_versions(nodes: QuerySet[PlanNode]) -> list[NodeVersion]:
    """Return the latest that is said of nodes, of whichever edition, to name them."""
    versions = NodeVersion.objects.filter(node__in=nodes).select_related("edition__plan", "level", "node")
    return list(versions.order_by("node_id", "-edition__number").distinct("node_id"))


def find_plans(user: Any, words: str, *, but: Plan, limit: int = 50) -> list[Plan]:
    """Return plans that the person sees whose title or municipality holds all the words."""
    parts = fold(words).split()
    plans = Plan.objects.visible_to(user).exclude(pk=but.pk).select_related("owner", "process")
    return [plan for plan in plans if all(part in fold(f"{plan.title} {plan.owner}") for part in parts)][:limit]
