# SPDX-License-Identifier: EUPL-1.2
"""Indicators of a plan and their values."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.permissions import authorize
from talka.directory.models import Area, Person
from talka.plans.models import (
    Edition,
    Indicator,
    IndicatorTarget,
    IndicatorValue,
    IndicatorVersion,
    Measure,
    PlanNode,
)  # fmt: skip
from talka.plans.operations.editions import lock_draft


@transaction.atomic
def create_indicator(
    edition: Edition,
    *,
    name: str,
    unit: str,
    by: User,
    measure: Measure | None = None,
    owner: Person | None = None,
    nodes: Iterable[PlanNode] = (),
    areas: Iterable[Area] = (),
    targets: Mapping[int, Decimal] | None = None,
    **fields: Any,
) -> IndicatorVersion:
    """Add an indicator to a draft; ``targets``: the value wanted by year. ``fields``: those of ``IndicatorVersion``."""
    authorize(by, "plans.save_indicator", edition)
    edition = lock_draft(edition)
    last = edition.indicator_versions.aggregate(last=Max("position"))["last"]
    indicator = Indicator.objects.create(plan_id=edition.plan_id, measure=measure, owner=owner, created_at=clock.now())
    version = IndicatorVersion.objects.create(
        edition=edition, indicator=indicator, name=name, unit=unit, position=0 if last is None else last + 1, **fields
    )
    version.nodes.set(nodes)
    version.areas.set(areas)
    set_targets(version, targets or {})
    record("plans.save_indicator", indicator, by=by, scope=edition.plan.process, name=name[:200])
    return version


def set_targets(version: IndicatorVersion, targets: Mapping[int, Decimal]) -> None:
    """Let a version of a draft want exactly these values by year."""
    version.targets.all().delete()
    IndicatorTarget.objects.bulk_create(
        IndicatorTarget(version=version, year=year, value=value) for year, value in targets.items()
    )


@transaction.atomic
def record_value(
    indicator: Indicator,
    *,
    year: int,
    value: Decimal,
    by: User,
    area: Area | None = None,
    source: str = "",
    note: str = "",
) -> IndicatorValue:
    """Enter what an indicator was in a year, in all or in one territory; a value entered again replaces the one before."""
    authorize(by, "plans.record_value", indicator)
    Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    entered, _new = IndicatorValue.objects.update_or_create(
        indicator=indicator, area=area, year=year,
        defaults={"value": value, "source": source, "note": note, "entered_at": clock.now(), "entered_by": by},
    )  # fmt: skip
    record("plans.record_value", indicator, by=by, scope=indicator.plan.process, year=year)
    return entered
