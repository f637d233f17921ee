# SPDX-License-Identifier: EUPL-1.2
"""The same measure of several municipalities side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from talka.core.exports import Cell, csv_response
from talka.plans.measured import plain
from talka.plans.models import Measure
from talka.plans.queries.measures import Column, columns_of, measures_with_number


def _open(request: HttpRequest, pk: int) -> tuple[Measure, list[Column]]:
    """Return a measure with what is published of it; raise ``Http404`` where nothing is."""
    measure = get_object_or_404(Measure, pk=pk)
    columns = columns_of(measure, request.user)
    if not columns:
        raise Http404
    return measure, columns


def years_of(columns: list[Column]) -> list[int]:
    """Return every year from the first to the last of which some municipality has a value."""
    known = [year for column in columns for year in column.values]
    return list(range(min(known), max(known) + 1)) if known else []


@require_safe
def list_measures(request: HttpRequest) -> HttpResponse:
    """List what municipalities compare."""
    return render(request, "plans/list_measures.html", {"measures": measures_with_number(request.user)})


@require_safe
def compare_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the same measure of several municipalities: a line for each in the chart, a column for each in the table."""
    measure, columns = _open(request, pk)
    years = [(year, [column.values.get(year) for column in columns]) for year in years_of(columns)]
    decimals = max(column.version.decimals for column in columns)
    return render(request, "plans/compare_measure.html", {
        "measure": measure, "columns": columns, "years": years, "decimals": decimals,
        "places": ",".join(str(place) for place in range(1, len(columns) + 1)),
    })  # fmt: skip


@require_safe
def export_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the comparison as CSV, a line for each value."""
    measure, columns = _open(request, pk)
    header = [_("Municipality"), _("Plan"), _("Indicator"), _("Unit"), _("Year"), _("Value")]
    rows: list[list[Cell]] = [
        [column.municipality, column.plan.title, column.version.name, measure.unit, year, plain(value)]
        for column in columns
        for year, value in sorted(column.values.items())
    ]
    return csv_response(f"measure-{pk}", header, rows)
