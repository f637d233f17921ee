# SPDX-License-Identifier: EUPL-1.2
"""Charts of indicators, drawn by Typst from numbers: as shapes in PDF, as pictures elsewhere."""

from collections.abc import Sequence
from typing import Any

from talka.core.typesetting import pictures
from talka.plans.documents.figures import written
from talka.plans.documents.paper import Chart, Column

PPI = 150
AT_ONCE = 100
"""So many pictures are drawn in one go."""


def drawing(chart: Chart) -> dict[str, Any]:
    """Return a chart as the drawing takes it: numbers to place points by, with what is written beside them."""
    column = Column("", kind="number", decimals=chart.decimals)

    def points(values: Any) -> list[list[Any]]:
        return [[year, float(value), written(value, column)] for year, value in sorted(values)]

    baseline = [chart.baseline] if chart.baseline is not None else []
    return {
        "words": chart.words, "labels": list(chart.labels), "baseline": points(baseline),
        "targets": points(chart.targets.items()), "values": points(chart.values.items()),
    }  # fmt: skip


def pictures_of(charts: Sequence[Chart]) -> list[bytes]:
    """Return charts as PNG pictures, in their order."""
    found: list[bytes] = []
    for first in range(0, len(charts), AT_ONCE):
        drawings = [drawing(chart) for chart in charts[first : first + AT_ONCE]]
        found += pictures("plans/charts.typ", {"charts": drawings}, ppi=PPI)
    return found
