# SPDX-License-Identifier: EUPL-1.2
"""Published plans for programs, read-only and without the names of those who answer for actions."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from talka.core.text import clean_line
from talka.plans.models import Edition, IndicatorVersion, Level, NodeVersion, Plan, ProgressUpdate, State
from talka.plans.models.nodes import NodeVersionQuerySet
from talka.plans.models.plans import PlanQuerySet
from talka.plans.queries.branches import with_works
from talka.plans.queries.cards import shown_editions, with_figures
from talka.plans.queries.editions import shown_edition
from talka.plans.queries.money import Amount, amounts_of
from talka.processes.api import page_url

router = Router(tags=["plans"])
SLUG = r"^[-\w]+$"


class PlanRow(Schema):
    """A plan as one row, with the edition that is in force and how many of its actions and investments are done."""

    process: str = Field(alias="process.slug")
    slug: str
    title: str
    kind: Plan.Kind
    owner: str = Field(alias="owner.name")
    summary: str
    starts_year: int
    ends_year: int
    edition: str | None = Field(None, alias="edition_name", description="in force, or else the draft that is shown")
    approved_on: date | None = Field(None, alias="edition_on")
    works: int = Field(description="how many actions and investments it has")
    done: int
    document_url: str = Field(alias="url", description="where a plan that is kept elsewhere can be read")
    page_url: str

    @staticmethod
    def resolve_works(plan: Any) -> int:
        """Return how many works there are."""
        return sum(one["number"] for one in plan.counted)

    @staticmethod
    def resolve_done(plan: Any) -> int:
        """Return how many works are done."""
        return sum(one["number"] for one in plan.counted if one["standing"] == State.DONE)

    @staticmethod
    def resolve_page_url(plan: Plan) -> str:
        """Return the address of its page."""
        return page_url("plans:show_plan", plan.process.language, plan.process.slug, plan.slug)


class EditionOut(Schema):
    """An edition of a plan."""

    number: int
    name: str
    is_draft: bool
    approved_on: date | None
    decision: str


class LevelOut(Schema):
    """A level of a plan's tree, as the municipality names it."""

    name: str
    plural: str
    kind: Level.Kind


class PlanOut(PlanRow):
    """A plan with its editions, levels and the plans that it serves."""

    editions: list[EditionOut]
    levels: list[LevelOut]
    serves: list[str] = Field(description="process and plan, parts of an address: “process/plan”")

    @staticmethod
    def resolve_editions(plan: Plan) -> list[Edition]:
        """Return those that everybody sees."""
        return list(Edition.objects.visible_to(AnonymousUser()).filter(plan=plan))

    @staticmethod
    def resolve_serves(plan: Plan) -> list[str]:
        """Return the plans above it that everybody sees."""
        above = Plan.objects.visible_to(AnonymousUser()).filter(children=plan).select_related("process")
        return [f"{one.process.slug}/{one.slug}" for one in above]


class NodeRow(Schema):
    """What an edition says of a part of the tree, an action or an investment, and how it is going."""

    plan: str = Field(alias="edition.plan.slug")
    process: str = Field(alias="edition.plan.process.slug")
    edition: str = Field(alias="edition.name")
    id: int = Field(alias="node_id", description="the same in every edition")
    parent: int | None = Field(None, alias="parent_id")
    kind: Level.Kind = Field(alias="level.kind")
    level: str = Field(alias="level.name")
    position: int
    code: str | None
    title: str
    institution: str | None = None
    starts_year: int | None
    starts_quarter: int | None
    ends_year: int | None
    ends_quarter: int | None
    standing: str | None = Field(
        None, description="done, under_way, late, not_started, dropped; none for a part of the tree"
    )
    percent: int | None = None
    updated_on: date | None = None
    planned: Decimal | None = Field(None, description="EUR, all sources and years")
    page_url: str

    @staticmethod
    def resolve_institution(version: NodeVersion) -> str | None:
        """Return the responsible institution."""
        return version.organization.name if version.organization else None

    @staticmethod
    def resolve_standing(version: Any) -> str | None:
        """Return how it is going, of what can go."""
        standing: str = version.standing
        return standing if version.level.kind != Level.Kind.GROUP else None

    @staticmethod
    def resolve_percent(version: NodeVersion) -> int | None:
        """Return how much is done, as last said."""
        return version.node.latest.percent if version.node.latest else None

    @staticmethod
    def resolve_updated_on(version: NodeVersion) -> date | None:
        """Return the day of the last update."""
        return version.node.latest.said_on if version.node.latest else None

    @staticmethod
    def resolve_page_url(version: NodeVersion) -> str:
        """Return the address of its page."""
        plan = version.edition.plan
        return page_url("plans:show_node", plan.process.language, plan.process.slug, plan.slug, version.node_id)


class MoneyOut(Schema):
    """Money from one source in one year, in EUR; no year: for the whole term."""

    source: str
    fund: str
    year: int | None
    planned: Decimal
    committed: Decimal
    spent: Decimal


class UpdateOut(Schema):
    """What was said on a day of how it is going."""

    said_on: date
    state: State
    percent: int | None
    text: str


class YearValue(Schema):
    """A value of a year."""

    year: int
    value: Decimal


class IndicatorOut(Schema):
    """An indicator as an edition has it, with targets and the values of the whole."""

    id: int = Field(alias="indicator_id")
    code: str | None
    name: str
    unit: str
    direction: IndicatorVersion.Direction
    baseline: Decimal | None
    baseline_year: int | None
    source: str
    targets: list[YearValue]
    values: list[YearValue]
    nodes: list[int] = Field(description="ids of what it tells about")

    @staticmethod
    def resolve_values(version: IndicatorVersion) -> list[Any]:
        """Return its values, without those of single territories."""
        return [one for one in version.indicator.values.all() if one.area_id is None]

    @staticmethod
    def resolve_nodes(version: IndicatorVersion) -> list[int]:
        """Return the ids of what it tells about."""
        return [node.pk for node in version.nodes.all()]


class NodeOut(NodeRow):
    """One node with texts, money, updates, indicators and former codes."""

    description: str
    result: str
    partners: list[str]
    partners_note: str
    areas: list[str]
    topics: list[str]
    place: str | None = None
    longitude: float | None = Field(None, description="degrees, WGS 84")
    latitude: float | None = Field(None, description="degrees, WGS 84")
    goals: list[str]
    serves: list[int] = Field(description="ids of nodes of other plans")
    former_codes: list[str]
    money: list[MoneyOut]
    updates: list[UpdateOut]
    indicators: list[IndicatorOut]

    @staticmethod
    def resolve_partners(version: NodeVersion) -> list[str]:
        """Return the organizations that take part."""
        return [one.name for one in version.partners.all()]

    @staticmethod
    def resolve_areas(version: NodeVersion) -> list[str]:
        """Return its territories."""
        return [one.name for one in version.areas.all()]

    @staticmethod
    def resolve_topics(version: NodeVersion) -> list[str]:
        """Return its topics."""
        return [one.name for one in version.topics.all()]

    @staticmethod
    def resolve_place(version: NodeVersion) -> str | None:
        """Return where it is, in words."""
        return str(version.place) if version.place else None

    @staticmethod
    def resolve_longitude(version: NodeVersion) -> float | None:
        """Return where it is."""
        return version.place.longitude if version.place else None

    @staticmethod
    def resolve_latitude(version: NodeVersion) -> float | None:
        """Return where it is."""
        return version.place.latitude if version.place else None

    @staticmethod
    def resolve_goals(version: NodeVersion) -> list[str]:
        """Return the goals above municipalities that it serves."""
        return [str(goal) for goal in version.goals.all()]

    @staticmethod
    def resolve_serves(version: NodeVersion) -> list[int]:
        """Return what of other plans it serves."""
        return [node.pk for node in version.serves.all()]

    @staticmethod
    def resolve_former_codes(version: NodeVersion) -> list[str]:
        """Return the codes that it had."""
        return [one.code for one in version.node.former_codes.all()]

    @staticmethod
    def resolve_money(version: NodeVersion) -> list[Amount]:
        """Return its money by source and year."""
        amounts = amounts_of(version.edition, NodeVersion.objects.filter(pk=version.pk))
        return sorted(amounts, key=lambda one: (one.year or 9999, one.source, one.fund))

    @staticmethod
    def resolve_updates(version: NodeVersion) -> list[ProgressUpdate]:
        """Return what was said of it and holds, the latest first."""
        return list(version.node.updates.filter(retracted_at__isnull=True))

    @staticmethod
    def resolve_indicators(version: NodeVersion) -> list[IndicatorVersion]:
        """Return the indicators that tell about it."""
        return list(indicators_of(version.edition).filter(nodes=version.node_id))


def public_plans() -> PlanQuerySet:
    """Return the published plans that everybody may see, with figures."""
    plans = Plan.objects.visible_to(AnonymousUser())
    return with_figures(plans).order_by("process__slug", "position", "pk")


def public_nodes() -> NodeVersionQuerySet:
    """Return what the editions that are shown by themselves say, in reading order of each level."""
    versions = NodeVersion.objects.filter(edition__in=shown_editions(AnonymousUser()).values("pk"))
    return _rows(versions)


def _rows(versions: Any) -> NodeVersionQuerySet:
    rows = with_works(versions).select_related("edition__plan__process")
    return rows.order_by("edition", "level__position", "parent", "position", "pk")


def indicators_of(edition: Edition) -> Any:
    """Return the indicators of an edition with targets and values."""
    return edition.indicator_versions.select_related("indicator").prefetch_related(
        "targets", "indicator__values", Prefetch("nodes")
    )


def _edition(process: str, plan: str, number: int | None) -> Edition:
    found = get_object_or_404(Plan.objects.visible_to(AnonymousUser()), process__slug=process, slug=plan)
    edition = shown_edition(found, AnonymousUser(), number)
    if edition is None:
        raise Http404
    return edition


@router.get("/plans", response=list[PlanRow])
@paginate
def list_plans(
    request: HttpRequest,
    process: str | None = Query(None, pattern=SLUG, max_length=80),
    kind: Plan.Kind | None = None,
    owner: str | None = Query(None, pattern=SLUG, max_length=80, description="address part of the owner's name"),
) -> PlanQuerySet:
    """List the published plans."""
    wanted = {"process__slug": process, "kind": kind, "owner__slug": owner}
    return public_plans().filter(**{name: value for name, value in wanted.items() if value})


@router.get("/processes/{slug:process}/plans/{slug:plan}", response=PlanOut)
def show_plan(request: HttpRequest, process: str, plan: str) -> Plan:
    """Show one plan."""
    return get_object_or_404(public_plans().prefetch_related("levels"), process__slug=process, slug=plan)


@router.get("/processes/{slug:process}/plans/{slug:plan}/nodes", response=list[NodeRow])
@paginate
def list_nodes(
    request: HttpRequest,
    process: str,
    plan: str,
    edition: int | None = Query(None, ge=1, le=32_000, description="number of an edition; else the one in force"),
    kind: Level.Kind | None = None,
    code: str | None = Query(None, max_length=40),
) -> NodeVersionQuerySet:
    """List what a plan holds: its parts, actions and investments."""
    wanted = {"level__kind": kind, "code": clean_line(code or "")}
    versions = _edition(process, plan, edition).versions.all()
    return _rows(versions).filter(**{name: value for name, value in wanted.items() if value})


@router.get("/processes/{slug:process}/plans/{slug:plan}/nodes/{int:node}", response=NodeOut)
def show_node(
    request: HttpRequest, process: str, plan: str, node: int, edition: int | None = Query(None, ge=1, le=32_000)
) -> NodeVersion:
    """Show one part, action or investment with its money, updates and indicators."""
    versions = _rows(_edition(process, plan, edition).versions.all()).defer(None)
    return get_object_or_404(versions, node=node)


@router.get("/processes/{slug:process}/plans/{slug:plan}/indicators", response=list[IndicatorOut])
@paginate
def list_indicators(
    request: HttpRequest, process: str, plan: str, edition: int | None = Query(None, ge=1, le=32_000)
) -> Any:
    """List the indicators of a plan with targets and values."""
    return indicators_of(_edition(process, plan, edition))
