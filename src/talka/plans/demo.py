# SPDX-License-Identifier: EUPL-1.2
"""Plans of the demonstration: a tree with its works, money, indicators and what was said of them, each on its own day."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Area, Organization, Person, Place, Topic
from talka.plans.models import Edition, Goal, IndicatorVersion, Level, Measure, NodeVersion, Plan, PlanNode
from talka.plans.operations.indicators import create_indicator, record_value
from talka.plans.operations.nodes import FundingLine, create_node
from talka.plans.operations.plans import add_level
from talka.plans.operations.progress import Spent, report_money, update_progress

Money = tuple[str, int, float, float, str]
"""Source, year, committed and spent in thousands of EUR, name of the fund."""


@dataclass(frozen=True)
class Fund:
    """Money planned from a source in a year, in thousands of EUR."""

    source: str
    year: int
    thousands: float
    name: str = ""


@dataclass(frozen=True)
class Said:
    """What was said on a day (ISO, or so many days ago): state, per cent, text."""

    day: str | int
    state: str
    percent: int | None
    text: str = ""

    @property
    def on(self) -> date:
        """Return the day."""
        if isinstance(self.day, int):
            return timezone.localdate() - timedelta(days=self.day)
        return date.fromisoformat(self.day)


@dataclass(frozen=True)
class Work:
    """An action or an investment; ``estimate``: what it costs in all, in thousands of EUR, where a source is still missing."""

    title: str
    office: str
    owner: str = ""
    starts: tuple[int, int | None] | None = None
    ends: tuple[int, int | None] | None = None
    result: str = ""
    topic: str = ""
    area: str = ""
    place: str = ""
    point: tuple[float, float] | None = None
    partners: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    money: tuple[Fund, ...] = ()
    estimate: float = 0
    spent: tuple[Money, ...] = ()

    @property
    def funding(self) -> Iterator[FundingLine]:
        """Return the money planned, with what is still without a source in the last year."""
        for fund in self.money:
            yield FundingLine(fund.source, _thousands(fund.thousands), fund.year, fund.name)
        missing = self.estimate - sum(fund.thousands for fund in self.money)
        if self.estimate and missing > 0:
            yield FundingLine("open", _thousands(missing), self.ends[0] if self.ends else None)


@dataclass(frozen=True)
class Part:
    """A part of the tree with what stands below it; ``serves``: codes of the plan above."""

    title: str
    description: str = ""
    below: "tuple[Part, ...]" = ()
    works: tuple[Work, ...] = ()
    projects: tuple[Work, ...] = ()
    serves: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    """An indicator: name, unit, direction, baseline, targets and values by year, code of what it tells about, source of the data."""

    name: str
    unit: str
    direction: str
    baseline: float
    targets: Mapping[int, float]
    values: Mapping[int, float]
    about: str
    source: str
    decimals: int = 0
    measure: str = ""


@dataclass(frozen=True)
class Ground:
    """What the works of one municipality speak of, by name; ``places`` by point are made by ``place_at``."""

    by: User
    organizations: Mapping[str, Organization]
    people: Mapping[str, Person] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    above: Mapping[str, PlanNode] = field(default_factory=dict)


def _thousands(number: float) -> Decimal:
    return Decimal(str(number)) * 1000


def add_levels(plan: Plan, levels: Iterable[tuple[str, str, str, str, str]], *, by: User) -> dict[str, Level]:
    """Give a plan its levels (kind, name, plural, letter, pattern); return them by letter."""
    return {
        letter: add_level(plan, kind=kind, name=name, plural=plural, letter=letter, pattern=pattern, by=by)
        for kind, name, plural, letter, pattern in levels
    }


Laid = dict[str, tuple[NodeVersion, Work]]
"""Works by title, each with what stands in the edition."""


def lay_out(
    edition: Edition,
    levels: Sequence[Level],
    parts: Iterable[Part],
    ground: Ground,
    *,
    chosen: Callable[[Work], bool] = lambda _work: True,
    more: bool = False,
) -> Laid:
    """Put parts and the chosen works into a draft; ``levels``: of the tree, then of actions and investments.

    ``more``: the parts stand there already, and works are added below them.
    """
    laid: Laid = {}
    tree = [level for level in levels if level.kind == Level.Kind.GROUP]
    kinds = {level.kind: level for level in levels if level.kind != Level.Kind.GROUP}

    def put(part: Part, depth: int, parent: PlanNode | None) -> None:
        if more:
            version = edition.versions.select_related("node").get(level=tree[depth], title=part.title)
        else:
            version = create_node(
                edition, level=tree[depth], parent=parent, title=part.title, description=part.description, by=ground.by,
                serves=[ground.above[code] for code in part.serves], goals=_goals(part.goals),
            )  # fmt: skip
        for kind, works in ((Level.Kind.ACTION, part.works), (Level.Kind.INVESTMENT, part.projects)):
            for work in filter(chosen, works):
                laid[work.title] = (_put_work(edition, kinds[kind], version.node, work, ground), work)
        for one in part.below:
            put(one, depth + 1, version.node)

    for part in parts:
        put(part, 0, None)
    return laid


def _goals(codes: Sequence[str]) -> list[Goal]:
    return list(Goal.objects.filter(list__slug="sdg", code__in=codes)) if codes else []


def _put_work(edition: Edition, level: Level, parent: PlanNode, work: Work, ground: Ground) -> NodeVersion:
    starts, ends = work.starts or (None, None), work.ends or (None, None)
    return create_node(
        edition, level=level, parent=parent, title=work.title, result=work.result, by=ground.by,
        organization=ground.organizations[work.office], owner=ground.people.get(work.owner),
        starts_year=starts[0], starts_quarter=starts[1], ends_year=ends[0], ends_quarter=ends[1],
        topics=[ground.topics[work.topic]] if work.topic else [], areas=[ground.areas[work.area]] if work.area else [],
        partners=[ground.organizations[name] for name in work.partners], goals=_goals(work.goals),
        place=ground.places.get(work.place or work.title), funding=list(work.funding),
    )  # fmt: skip


def tell(laid: Laid, ground: Ground) -> None:
    """Let everybody say how their works are going, in the order of the days, and what was spent."""
    said = [(one.on, version, work, one) for version, work in laid.values() for one in work.said]
    for day, version, work, one in sorted(said, key=lambda row: (row[0], row[1].pk)):
        with clock.at(timezone.make_aware(datetime.combine(day, time(10, 15)))):
            update_progress(
                version.node, state=one.state, percent=one.percent, text=one.text, said_on=day,
                person=ground.people.get(work.owner), channel="form", by=ground.by,
            )  # fmt: skip
    for version, work in laid.values():
        if work.spent:
            lines = [Spent(source, year, _thousands(c), _thousands(s), name) for source, year, c, s, name in work.spent]
            report_money(version.node, lines=lines, by=ground.by)


def lay_indicators(
    edition: Edition, measured: Iterable[Measured], *, baseline_year: int, by: User
) -> list[tuple[IndicatorVersion, Measured]]:
    """Put indicators into a draft, each below the code it tells about."""
    nodes = {version.code: version.node for version in edition.versions.select_related("node")}
    laid = []
    for one in measured:
        measure = None
        if one.measure:
            measure, _new = Measure.objects.get_or_create(name=one.measure, unit=one.unit)
        version = create_indicator(
            edition, name=one.name, unit=one.unit, direction=one.direction, decimals=one.decimals, source=one.source,
            baseline=Decimal(str(one.baseline)), baseline_year=baseline_year, measure=measure, nodes=[nodes[one.about]],
            targets={year: Decimal(str(value)) for year, value in one.targets.items()}, by=by,
        )  # fmt: skip
        laid.append((version, one))
    return laid


def enter_values(laid: Iterable[tuple[IndicatorVersion, Measured]], *, by: User) -> None:
    """Enter the actual values of indicators, each in the January after its year; those of this year today."""
    for version, one in laid:
        for year, value in one.values.items():
            moment = min(timezone.make_aware(datetime(year + 1, 1, 20, 11, 0)), clock.now())
            with clock.at(moment):
                record_value(version.indicator, year=year, value=Decimal(str(value)), source=one.source, by=by)
