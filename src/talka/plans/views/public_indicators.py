# SPDX-License-Identifier: EUPL-1.2
"""Indicators on the public site: how each stands, one with its chart and table, all as open data."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from talka.core.exports import csv_response
from talka.core.lists import page_of
from talka.core.text import whole_number
from talka.directory.models import Area
from talka.plans.indicators_standing import STANDINGS
from talka.plans.measured import plain
from talka.plans.models import Edition, IndicatorValue, Plan
from talka.plans.opening import open_edition, open_plan
from talka.plans.queries.indicators import IndicatorRow, indicator_row, indicator_rows
from talka.plans.queries.measures import is_compared

PAGE = 50


@dataclass(frozen=True)
class Year:
    """One year of an indicator: what was wanted, and what it was, the baseline among it."""

    year: int
    target: Decimal | None
    entry: IndicatorValue | None
    is_baseline: bool
    value: Decimal | None


def years_of(row: IndicatorRow) -> list[Year]:
    """Return the years of an indicator for its table and chart."""
    version, found = row.version, []
    for year in row.years:
        entry = row.entries.get(year)
        is_baseline = version.baseline is not None and version.baseline_year == year
        value = entry.value if entry is not None else version.baseline if is_baseline else None
        found.append(Year(year, row.targets.get(year), entry, is_baseline, value))
    return found


def territories_of(row: IndicatorRow) -> tuple[list[int], list[tuple[Area, list[IndicatorValue | None]]]]:
    """Return the years of which any territory has a value, and each territory with its values of those years."""
    years = sorted({year for values in row.by_area.values() for year in values})
    return years, [(area, [values.get(year) for year in years]) for area, values in row.by_area.items()]


def _kept(request: HttpRequest) -> str:
    """Return what links keep of the address: the edition that was asked for."""
    asked = whole_number(request.GET.get("edition", ""))
    return f"?edition={asked}" if asked is not None else ""


def _open(request: HttpRequest, process_slug: str, plan_slug: str) -> tuple[Plan, Edition | None]:
    plan = open_plan(request.user, process_slug, plan_slug)
    return plan, open_edition(request, plan)


def _open_row(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> tuple[Plan, Edition, IndicatorRow]:
    plan, edition = _open(request, process_slug, plan_slug)
    row = indicator_row(edition, pk) if edition is not None else None
    if edition is None or row is None:
        raise Http404
    return plan, edition, row


@require_safe
def list_indicators(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """List the indicators of a plan: where each starts, where it is, where it is to be, and whether it goes that way."""
    plan, edition = _open(request, process_slug, plan_slug)
    rows = indicator_rows(edition) if edition is not None else []
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.standing] = counts.get(row.standing, 0) + 1
    return render(request, "plans/list_indicators.html", {
        "process": plan.process, "plan": plan, "edition": edition, "page": page_of(request, rows, size=PAGE), "keep": _kept(request),
        "counts": [(standing, counts[standing]) for standing in STANDINGS if standing in counts],
    })  # fmt: skip


@require_safe
def show_indicator(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> HttpResponse:
    """Show one indicator: chart and table of what was wanted and what has been, sources, what it tells about."""
    plan, edition, row = _open_row(request, process_slug, plan_slug, pk)
    area_years, territories = territories_of(row)
    measure = row.version.indicator.measure
    return render(request, "plans/show_indicator.html", {
        "process": plan.process, "plan": plan, "edition": edition, "row": row, "version": row.version,
        "years": years_of(row), "area_years": area_years, "territories": territories, "keep": _kept(request),
        "measure": measure if measure is not None and is_compared(row.version.indicator, request.user) else None,
    })  # fmt: skip


def _header() -> list[str]:
    return [
        _("Code"), _("Indicator"), _("Unit"), _("Year"), _("Territory"), _("Kind of value"), _("Value"),
        _("Source of the data"), _("Note"),
    ]  # fmt: skip


def _lines(rows: Iterable[IndicatorRow]) -> Iterable[list[Any]]:
    """Return a line for each value: baseline, targets, actual values of the whole and of territories."""
    for row in rows:
        version = row.version
        head = [version.code or "", version.name, version.unit]
        if version.baseline is not None:
            yield [*head, version.baseline_year, "", _("baseline"), plain(version.baseline), version.source, ""]
        for year, target in row.targets.items():
            yield [*head, year, "", _("target"), plain(target), "", ""]
        entries = [*row.entries.values(), *(one for values in row.by_area.values() for one in values.values())]
        for entry in entries:
            source = entry.source or version.source
            value = plain(entry.value)
            yield [*head, entry.year, str(entry.area or ""), _("actual value"), value, source, entry.note]


@require_safe
def export_indicators(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Give all indicators of a plan with their values as CSV, a line for each value."""
    plan, edition = _open(request, process_slug, plan_slug)
    rows = indicator_rows(edition) if edition is not None else []
    return csv_response(f"{plan.slug}-indicators", _header(), _lines(rows))


@require_safe
def export_indicator(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> HttpResponse:
    """Give one indicator with its values as CSV."""
    plan, _edition, row = _open_row(request, process_slug, plan_slug, pk)
    return csv_response(f"{plan.slug}-indicator-{pk}", _header(), _lines([row]))
