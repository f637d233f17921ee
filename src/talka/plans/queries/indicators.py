# SPDX-License-Identifier: EUPL-1.2
"""Indicators of an edition with their targets, values and how they stand."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet

from talka.core.text import fold
from talka.directory.models import Area
from talka.plans.indicators_standing import next_target, standing_of
from talka.plans.models import Edition, Indicator, IndicatorTarget, IndicatorValue, IndicatorVersion, NodeVersion, Plan
from talka.plans.queries.editions import draft_of, in_force


@dataclass
class IndicatorRow:
    """What an edition says of one indicator, and what it has been since.

    ``targets`` and ``values`` go by year and are about the whole; ``entries`` are the same values as they were entered;
    ``by_area`` holds those of single territories by year; ``nodes``: what of the edition it tells about.
    """

    version: IndicatorVersion
    targets: dict[int, Decimal] = field(default_factory=dict)
    entries: dict[int, IndicatorValue] = field(default_factory=dict)
    by_area: dict[Area, dict[int, IndicatorValue]] = field(default_factory=dict)
    nodes: list[NodeVersion] = field(default_factory=list)

    @property
    def baseline(self) -> Decimal | None:
        """Return where it starts."""
        return self.version.baseline

    @property
    def values(self) -> dict[int, Decimal]:
        """Return the actual values of the whole by year."""
        return {year: entry.value for year, entry in self.entries.items()}

    @property
    def latest(self) -> IndicatorValue | None:
        """Return the value of the latest year."""
        return self.entries[max(self.entries)] if self.entries else None

    @property
    def goal(self) -> tuple[int, Decimal] | None:
        """Return year and value of the next target: from the year of the latest value on, at first from the beginning."""
        return next_target(self.targets, max(self.entries, default=0))

    @property
    def standing(self) -> str:
        """Say how it stands, by the rule of ``indicators_standing``."""
        goal, latest, version = self.goal, self.latest, self.version
        return standing_of(
            version.direction, version.baseline, goal[1] if goal else None, latest.value if latest else None,
            version.decimals,
        )  # fmt: skip

    @property
    def years(self) -> list[int]:
        """Return every year from the first to the last of which something is known or wanted, without a gap."""
        known = {*self.targets, *self.entries, *(year for values in self.by_area.values() for year in values)}
        if self.version.baseline is not None and self.version.baseline_year is not None:
            known.add(self.version.baseline_year)
        return list(range(min(known), max(known) + 1)) if known else []


def indicator_rows(edition: Edition, versions: "QuerySet[IndicatorVersion] | None" = None) -> list[IndicatorRow]:
    """Return the indicators of an edition in their order, of all or of some, in four queries however many there are."""
    chosen = versions if versions is not None else IndicatorVersion.objects.filter(edition=edition)
    chosen = chosen.filter(edition=edition)
    found = chosen.select_related("indicator__owner", "indicator__measure", "organization").order_by("position", "pk")
    rows = {version.indicator_id: IndicatorRow(version) for version in found}
    by_version = {row.version.pk: row for row in rows.values()}
    for row in rows.values():
        row.version.edition, row.version.indicator.plan = edition, edition.plan
    _add_targets(by_version)
    _add_values(rows)
    _add_nodes(edition, by_version)
    return list(rows.values())


def _add_targets(by_version: dict[int, IndicatorRow]) -> None:
    targets = IndicatorTarget.objects.filter(version__in=list(by_version)).order_by("year")
    for version_id, year, value in targets.values_list("version", "year", "value"):
        by_version[version_id].targets[year] = value


def _add_values(rows: dict[int, IndicatorRow]) -> None:
    values = IndicatorValue.objects.filter(indicator__in=list(rows)).select_related("area", "entered_by")
    for entry in values.order_by("year", "area__name", "area"):
        row = rows[entry.indicator_id]
        entry.indicator = row.version.indicator
        if entry.area is None:
            row.entries[entry.year] = entry
        else:
            row.by_area.setdefault(entry.area, {})[entry.year] = entry


def _add_nodes(edition: Edition, by_version: dict[int, IndicatorRow]) -> None:
    told = NodeVersion.objects.filter(edition=edition).annotate(told_by=F("node__indicator_versions"))
    for version in told.filter(told_by__in=list(by_version)).select_related("level").order_by("position", "pk"):
        by_version[version.told_by].nodes.append(version)


def indicators_of(version: NodeVersion) -> list[IndicatorRow]:
    """Return the indicators that tell about a node in the edition of ``version``."""
    return indicator_rows(version.edition, IndicatorVersion.objects.filter(nodes=version.node_id))


def indicator_row(edition: Edition, indicator_id: int) -> IndicatorRow | None:
    """Return one indicator of an edition, or nothing where the edition does not have it."""
    return next(iter(indicator_rows(edition, IndicatorVersion.objects.filter(indicator=indicator_id))), None)


def rows_at_work(plan: Plan) -> list[IndicatorRow]:
    """Return the indicators whose values are entered: those of the draft, then those in force that the draft leaves out.

    Without a draft those in force; a plan without editions has none.
    """
    editions = [one for one in (draft_of(plan), in_force(plan)) if one is not None]
    found: dict[int, IndicatorRow] = {}
    for edition in editions:
        edition.plan = plan
        for row in indicator_rows(edition):
            found.setdefault(row.version.indicator_id, row)
    return list(found.values())


def owned_rows(user: Any) -> list[IndicatorRow]:
    """Return the indicators whose values this person enters, plan by plan, whatever role the person has there."""
    owned = Indicator.objects.filter(owner__user=user.pk) if user.is_authenticated else Indicator.objects.none()
    rows = []
    for plan in Plan.objects.filter(indicators__in=owned).select_related("process").distinct().order_by("title", "pk"):
        mine = set(owned.filter(plan=plan).values_list("pk", flat=True))
        rows += [row for row in rows_at_work(plan) if row.version.indicator_id in mine]
    return rows


def owns_indicators(user: Any) -> bool:
    """Say whether the person enters the values of any indicator."""
    return bool(user.is_authenticated) and Indicator.objects.filter(owner__user=user.pk).exists()


def find_nodes(edition: Edition, words: str, *, limit: int = 30) -> list[NodeVersion]:
    """Return what of an edition has a code that begins with the words, or all the words in its title, whatever the case and the diacritics."""
    parts = fold(words).split()
    rows = edition.versions.values_list("pk", "code", "title") if parts else []
    found = [
        pk
        for pk, code, title in rows
        if fold(code or "").startswith(parts[0]) or all(part in fold(title) for part in parts)
    ][:limit]
    return list(edition.versions.filter(pk__in=found).select_related("level").order_by("level__position", "code", "pk"))


def names_of(indicators: "QuerySet[Indicator]") -> dict[int, str]:
    """Return what indicators are called in the latest edition that has them, in one query."""
    versions = IndicatorVersion.objects.filter(indicator__in=indicators).order_by("edition__number")
    return dict(versions.values_list("indicator", "name"))
