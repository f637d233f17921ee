# SPDX-License-Identifier: EUPL-1.2
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from talka.accounts.models import User
from talka.directory.models import Area
from talka.plans.models import Indicator, IndicatorTarget, IndicatorValue, IndicatorVersion
from talka.plans.operations.indicators import create_indicator, record_value
from talka.plans.queries.indicators import indicator_row, indicator_rows, indicators_of
from talka.processes.models import Process
from tests.plans.factories import make_plan


def test_a_row_holds_what_is_wanted_and_what_has_been(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    area = Area.objects.create(name="Talkas pagasts", kind="parish")
    indicator = small.indicator.indicator
    record_value(indicator, year=2024, value=Decimal("4.8"), by=carol)
    record_value(indicator, year=2025, value=Decimal("6.1"), by=carol, source="Mērījums")
    record_value(indicator, year=2025, value=Decimal("1.5"), by=carol, area=area)
    row = indicator_row(small.edition, indicator.pk)
    assert row is not None
    assert (row.baseline, row.targets) == (Decimal("4.2"), {2025: Decimal(6), 2027: Decimal("9.5")})
    assert row.values == {2024: Decimal("4.8"), 2025: Decimal("6.1")}
    assert row.by_area[area][2025].value == Decimal("1.5")
    assert row.latest is not None
    assert (row.latest.year, row.latest.source, row.goal, row.standing) == (2025, "Mērījums", (2025, 6), "reached")
    assert row.years == [2023, 2024, 2025, 2026, 2027]
    assert row.nodes == [small.task]
    assert indicator_row(small.edition, 0) is None


def test_a_node_knows_the_indicators_that_tell_about_it(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    assert [row.version for row in indicators_of(small.task)] == [small.indicator]
    assert indicators_of(small.action) == []


@pytest.mark.parametrize("number", [1, 60])
def test_four_queries_however_many_indicators(process: Process, carol: User, number: int) -> None:
    small = make_plan(process, by=carol)
    versions = [
        create_indicator(small.edition, name=f"Rādītājs {n}", unit="%", nodes=[small.task.node, small.action.node], by=carol)
        for n in range(number)
    ]  # fmt: skip
    years = range(2020, 2030)
    IndicatorTarget.objects.bulk_create(IndicatorTarget(version=v, year=y, value=y) for v in versions for y in years)
    IndicatorValue.objects.bulk_create(
        IndicatorValue(indicator=v.indicator, year=y, value=y, entered_by=carol) for v in versions for y in years
    )
    with CaptureQueriesContext(
        connection,
    ) as queries:
        rows = indicator_rows(small.edition)
        told = [[str(one) for one in row.nodes] + [str(row.version.indicator.owner), row.standing] for row in rows]
    assert len(queries) == 4
    assert (len(rows), len(told[-1]), len(rows[-1].values)) == (number + 1, 4, 10)
    assert Indicator.objects.filter(plan=small.plan).count() == IndicatorVersion.objects.count() == number + 1
