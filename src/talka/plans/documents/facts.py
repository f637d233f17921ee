# SPDX-License-Identifier: EUPL-1.2
"""What an edition says and how it is going, as plain values, in the same few queries for ten nodes or three thousand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet
from django.urls import reverse

from talka.core import clock
from talka.plans.indicators_standing import next_target, standing_of
from talka.plans.models import Edition, IndicatorTarget, IndicatorValue, IndicatorVersion, Level, NodeVersion
from talka.plans.queries.money import Amount, amounts_of
from talka.plans.queries.standing import with_standing
from talka.plans.wording import term_between


@dataclass(frozen=True)
class Pointed:
    """Something of another plan or of a list of goals: its place (address part, short name of the list), code, title."""

    place: str
    code: str
    title: str
    title_en: str = ""


@dataclass(slots=True)
class NodeFacts:
    """What an edition says of a node, and how that is going. ``depth`` counts from 0; ``above``: keys from the top down."""

    key: int
    parent: int | None
    position: int
    kind: str
    level: str
    code: str
    title: str
    description: str
    result: str
    organization: str
    partners_note: str
    starts_year: int | None
    starts_quarter: int | None
    ends_year: int | None
    ends_quarter: int | None
    place: str
    standing: str
    state: str | None
    percent: int | None
    said_on: date | None
    said: str
    owner: str
    above: tuple[int, ...] = ()
    partners: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    serves: list[Pointed] = field(default_factory=list)
    goals: list[Pointed] = field(default_factory=list)
    money: list[Amount] = field(default_factory=list)

    @property
    def is_work(self) -> bool:
        """Say whether it is an action or an investment."""
        return self.kind != Level.Kind.GROUP

    @property
    def depth(self) -> int:
        """Return how many stand above it."""
        return len(self.above)

    @property
    def name(self) -> str:
        """Return code and title."""
        return f"{self.code} {self.title}" if self.code else self.title

    @property
    def term(self) -> str:
        """Write its term in the language of now."""
        return term_between(self.starts_year, self.starts_quarter, self.ends_year, self.ends_quarter)


@dataclass(slots=True)
class IndicatorFacts:
    """What an edition says of an indicator, and what it has been; ``nodes``: keys of what it tells about."""

    key: int
    code: str
    name: str
    unit: str
    decimals: int
    direction: str
    baseline: Decimal | None
    baseline_year: int | None
    source: str
    organization: str
    areas: list[str] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)
    targets: dict[int, Decimal] = field(default_factory=dict)
    values: dict[int, Decimal] = field(default_factory=dict)
    by_area: dict[str, dict[int, Decimal]] = field(default_factory=dict)

    @property
    def standing(self) -> str:
        """Say how it stands (``indicators_standing``)."""
        latest = max(self.values, default=0)
        goal = next_target(self.targets, latest)
        return standing_of(
            self.direction, self.baseline, goal[1] if goal else None, self.values.get(latest), self.decimals
        )


@dataclass(frozen=True)
class EditionFacts:
    """An edition whole: its nodes in reading order, its indicators, and what its title page says."""

    plan: str
    plan_slug: str
    plan_kind: str
    process: str
    owner: str
    language: str
    starts_year: int
    ends_year: int
    summary: str
    note: str
    edition: str
    number: int
    approved_on: date | None
    decision: str
    decision_url: str
    url: str
    levels: list[tuple[str, str, str]]
    nodes: list[NodeFacts]
    indicators: list[IndicatorFacts]

    @property
    def is_draft(self) -> bool:
        """Say whether nobody has approved it yet."""
        return self.approved_on is None

    @property
    def roots(self) -> list[NodeFacts]:
        """Return what stands below nothing."""
        return [node for node in self.nodes if not node.above]

    def within(self, root: NodeFacts) -> list[NodeFacts]:
        """Return a node of the first level with all that stands below it, in reading order."""
        return [node for node in self.nodes if node is root or (node.above and node.above[0] == root.key)]


def gather(edition: Edition, viewer: Any) -> EditionFacts:
    """Return the facts of an edition that ``viewer`` may see; what it points at in plans hidden from them is left out.

    Thirteen queries. Names of persons are in ``NodeFacts.owner`` alone, and no writer but that of the working table writes it.
    """
    plan = edition.plan
    return EditionFacts(
        plan=plan.title, plan_slug=plan.slug, plan_kind=plan.get_kind_display(), process=plan.process.title,
        owner=plan.owner.name, language=plan.process.language, starts_year=plan.starts_year, ends_year=plan.ends_year,
        summary=plan.summary, note=plan.note, edition=edition.name, number=edition.number,
        approved_on=edition.approved_on, decision=edition.decision, decision_url=edition.decision_url,
        url=f"{settings.TALKA_URL}{reverse('plans:list_downloads', args=[plan.process.slug, plan.slug])}",
        levels=list(plan.levels.values_list("name", "plural", "kind")),
        nodes=_nodes(edition, viewer), indicators=_indicators(edition),
    )  # fmt: skip


_FIELDS = (
    "node_id", "parent_id", "position", "node__kind", "level__name", "code", "title", "description", "result",
    "organization__name", "partners_note", "starts_year", "starts_quarter", "ends_year", "ends_quarter", "place__name",
    "standing", "node__latest__state", "node__latest__percent", "node__latest__said_on", "node__latest__text",
    "node__owner__name",
)  # fmt: skip
_TEXTS = {"code", "organization__name", "place__name", "node__latest__text", "node__owner__name"}


def _nodes(edition: Edition, viewer: Any) -> list[NodeFacts]:
    versions = with_standing(NodeVersion.objects.filter(edition=edition)).order_by("position", "pk")
    by_version: dict[int, NodeFacts] = {}
    for pk, *values in versions.values_list("pk", *_FIELDS):
        known = zip(_FIELDS, values, strict=True)
        filled: list[Any] = [value or "" if name in _TEXTS else value for name, value in known]
        by_version[pk] = NodeFacts(*filled)
    for name in ("partners", "areas", "topics"):
        for version, written in _linked(edition, name, "name"):
            getattr(by_version[version], name).append(written)
    for version, place, code, title, title_en in _linked(edition, "goals", "list__slug", "code", "name", "name_en"):
        by_version[version].goals.append(Pointed(place, code, title, title_en))
    served = _served(edition, viewer)
    for version, node in _linked(edition, "serves", "pk"):
        if node in served:
            by_version[version].serves.append(served[node])
    nodes = {node.key: node for node in by_version.values()}
    for amount in sorted(amounts_of(edition), key=lambda one: (one.year or 0, one.source, one.fund)):
        nodes[amount.node_id].money.append(amount)
    return in_reading_order(nodes)


def _linked(edition: Edition, name: str, *columns: str) -> "QuerySet[Any]":
    """Return the keys of versions with columns of what their relation ``name`` holds, ordered as it is."""
    relation: Any = NodeVersion._meta.get_field(name)
    through, other = relation.remote_field.through, relation.m2m_reverse_field_name()
    rows = through.objects.filter(nodeversion__edition=edition).order_by("nodeversion", f"{other}__{columns[0]}", "pk")
    return rows.values_list("nodeversion_id", *(f"{other}__{column}" for column in columns))


def _served(edition: Edition, viewer: Any) -> dict[int, Pointed]:
    """Return the nodes of other plans that an edition points at, as the approved edition, else the draft, says them."""
    relation: Any = NodeVersion.serves.through
    wanted = relation.objects.filter(nodeversion__edition=edition).values("plannode")
    rows = NodeVersion.objects.visible_to(viewer).filter(node__in=wanted)
    found: dict[int, tuple[tuple[bool, int], Pointed]] = {}
    for node, place, code, title, number, approved_at in rows.order_by().values_list(
        "node_id", "edition__plan__slug", "code", "title", "edition__number", "edition__approved_at"
    ):
        rank = (approved_at is not None, number)
        if node not in found or rank > found[node][0]:
            found[node] = (rank, Pointed(place, code or "", title))
    return {node: pointed for node, (_rank, pointed) in found.items()}


def in_reading_order(nodes: dict[int, NodeFacts]) -> list[NodeFacts]:
    """Return nodes as the tree is read and set what stands above each; what stands below nothing that is there comes first level."""
    below: dict[int | None, list[NodeFacts]] = {}
    for node in nodes.values():
        below.setdefault(node.parent if node.parent in nodes else None, []).append(node)
    waiting, order = list(reversed(below.get(None, []))), []
    while waiting:
        node = waiting.pop()
        above = nodes.get(node.parent) if node.parent is not None else None
        node.above = (*above.above, above.key) if above is not None else ()
        order.append(node)
        waiting.extend(reversed(below.get(node.key, [])))
    return order


def _indicators(edition: Edition) -> list[IndicatorFacts]:
    versions = IndicatorVersion.objects.filter(edition=edition).order_by("position", "pk")
    columns = (
        "pk", "indicator_id", "code", "name", "unit", "decimals", "direction", "baseline", "baseline_year", "source",
        "organization__name",
    )  # fmt: skip
    by_version: dict[int, IndicatorFacts] = {}
    for pk, key, code, *rest, organization in versions.values_list(*columns):
        values: list[Any] = [key, code or "", *rest, organization or ""]
        by_version[pk] = IndicatorFacts(*values)
    by_key = {indicator.key: indicator for indicator in by_version.values()}
    areas = IndicatorVersion.areas.through.objects.filter(indicatorversion__edition=edition)
    for version, name in areas.order_by("area__name").values_list("indicatorversion_id", "area__name"):
        by_version[version].areas.append(name)
    nodes = IndicatorVersion.nodes.through.objects.filter(indicatorversion__edition=edition)
    for version, node in nodes.order_by("pk").values_list("indicatorversion_id", "plannode_id"):
        by_version[version].nodes.append(node)
    targets = IndicatorTarget.objects.filter(version__edition=edition).order_by("year")
    for version, year, value in targets.values_list("version_id", "year", "value"):
        by_version[version].targets[year] = value
    entries = IndicatorValue.objects.filter(indicator__versions__edition=edition).order_by("year", "area__name")
    for key, area, year, value in entries.values_list("indicator_id", "area__name", "year", "value"):
        known = by_key[key].values if area is None else by_key[key].by_area.setdefault(area, {})
        known[year] = value
    return list(by_version.values())


def stamp_of(edition: Edition) -> str:
    """Return what becomes another text when something of an approved edition's documents does: a day, an update, money, a value."""
    plan = edition.plan
    asked: dict[str, Callable[[], Any]] = {
        "update": lambda: plan.nodes.aggregate(one=Max("updates__entered_at"), two=Max("updates__retracted_at")),
        "money": lambda: plan.nodes.aggregate(one=Max("outlays__reported_at")),
        "value": lambda: plan.indicators.aggregate(one=Max("values__entered_at")),
    }
    return "|".join([str(clock.today()), *(str(sorted(ask().items(), key=str)) for ask in asked.values())])


def years_of(nodes: Iterable[NodeFacts]) -> list[int]:
    """Return the years of which money is planned or reported, in order."""
    return sorted({amount.year for node in nodes for amount in node.money if amount.year is not None})
