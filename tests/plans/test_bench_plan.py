# SPDX-License-Identifier: EUPL-1.2
import pytest
from bench.plan_town import lay
from bench.plans_writing import measure_writing

from talka.plans.models import Funding, IndicatorValue, NodeVersion
from talka.plans.queries.money import amounts_of, total


@pytest.mark.django_db
def test_the_plan_that_speed_is_measured_on_can_be_laid() -> None:
    edition = lay(tasks=1, indicators=3)
    assert NodeVersion.objects.filter(edition=edition).works().count() == 20 * 15
    assert Funding.objects.count() == 20 * 5 * 8
    assert IndicatorValue.objects.count() == 30
    assert total(amounts_of(edition)).committed == 20 * 5 * 9_000
    assert lay() == edition


@pytest.mark.django_db
def test_the_pages_of_writing_can_be_measured(capsys: pytest.CaptureFixture[str]) -> None:
    measure_writing(lay(tasks=1, indicators=1), most_ms=60_000, most_queries=22)
    said = capsys.readouterr().out
    assert "a branch open, queries" in said
    assert "renumbering" in said
