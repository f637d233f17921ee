# SPDX-License-Identifier: EUPL-1.2
"""Indicators of a plan: what an edition says of them, who enters their values, with what they are compared."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import check_unchanged
from talka.core.errors import Refused
from talka.core.ordering import move_by_one
from talka.core.permissions import authorize
from talka.directory.models import Area, Person
from talka.plans.models import (
    FIRST_YEAR,
    Edition,
    Indicator,
    IndicatorTarget,
    IndicatorValue,
    IndicatorVersion,
    Measure,
    PlanNode,
    Removal,
)
from talka.plans.operations.editions import lock_draft
from talka.plans.operations.nodes import CodeTaken, ReasonMissing
from talka.processes.models import Process


class OtherUnit(Refused):
    message = _("It is measured in “%(unit)s”, and this indicator in “%(own)s”; they cannot stand side by side.")


class MeasureExists(Refused):
    message = _("“%(name)s” in this unit is there already. Choose it from the list.")


class YearOutside(Refused):
    message = _("No value can be entered for %(year)d: it has not come yet, or lies too far back.")


def check_indicator_code(edition: Edition, code: str | None, *, but: Indicator | None = None) -> None:
    """Raise ``CodeTaken`` where another indicator of the edition has this code."""
    if code and edition.indicator_versions.filter(code=code).exclude(indicator=but).exists():
        raise CodeTaken(code=code)


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
    fields["code"] = fields.get("code") or None
    check_indicator_code(edition, fields["code"])
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
def change_indicator(
    version: IndicatorVersion,
    *,
    by: User,
    seen: str = "",
    targets: Mapping[int, Decimal] | None = None,
    **fields: Any,
) -> IndicatorVersion:
    """Change what the draft says of an indicator; its values stay as they are."""
    authorize(by, "plans.save_indicator", version.edition)
    edition = lock_draft(version.edition)
    stored = IndicatorVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    check_unchanged(stored, [*fields, "wanted"], seen)
    if "code" in fields:
        fields["code"] = fields["code"] or None
        check_indicator_code(edition, fields["code"], but=stored.indicator)
    sets = {name: fields.pop(name) for name in ("areas", "nodes") if name in fields}
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(fields))
    for name, chosen in sets.items():
        getattr(stored, name).set(chosen)
    if targets is not None:
        set_targets(stored, targets)
    record(
        "plans.save_indicator", stored.indicator, by=by, scope=edition.plan.process, name=stored.name[:200],
        fields=sorted([*fields, *sets]),
    )  # fmt: skip
    return stored


@transaction.atomic
def remove_indicator(version: IndicatorVersion, *, by: User, reason: str = "") -> None:
    """Take an indicator out of a draft; one that stood in the edition before needs a reason, which the comparison shows."""
    authorize(by, "plans.remove_indicator", version.edition)
    edition = lock_draft(version.edition)
    indicator = version.indicator
    stood = indicator.versions.exclude(edition=edition).exists()
    if stood and not reason:
        raise ReasonMissing
    IndicatorVersion.objects.filter(pk=version.pk).delete()
    if stood:
        Removal.objects.get_or_create(edition=edition, node=None, indicator=indicator, defaults={"reason": reason})
    record(
        "plans.remove_indicator", indicator, by=by, scope=edition.plan.process, reason=reason, name=version.name[:200]
    )


@transaction.atomic
def move_indicator(version: IndicatorVersion, *, by: User, up: bool) -> None:
    """Move an indicator of a draft one place up or down."""
    authorize(by, "plans.move_indicator", version.edition)
    edition = lock_draft(version.edition)
    if move_by_one(edition.indicator_versions.all(), version, up=up):
        record("plans.move_indicator", version.indicator, by=by, scope=edition.plan.process)


@transaction.atomic
def assign_indicator(indicator: Indicator, *, owner: Person | None, by: User) -> None:
    """Name who enters the values of an indicator."""
    authorize(by, "plans.assign_indicator", indicator)
    indicator = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    if indicator.owner == owner:
        return
    indicator.owner = owner
    indicator.save(update_fields=["owner"])
    record("plans.assign_indicator", indicator, by=by, scope=indicator.plan.process)


@transaction.atomic
def create_measure(process: Process, *, name: str, unit: str, by: User, definition: str = "") -> Measure:
    """Define something that municipalities compare."""
    authorize(by, "plans.create_measure", process)
    measure, new = Measure.objects.get_or_create(name=name, unit=unit, defaults={"definition": definition})
    if not new:
        raise MeasureExists(name=name)
    record("plans.create_measure", measure, by=by, scope=process, name=name[:200])
    return measure


@transaction.atomic
def compare_indicator(
    version: IndicatorVersion, *, measure: Measure | None, by: User, new: str = "", definition: str = ""
) -> None:
    """Say with what of other municipalities an indicator is compared; ``new``: the name of what nobody compares yet."""
    indicator = version.indicator
    authorize(by, "plans.compare_indicator", indicator)
    if new:
        measure = create_measure(indicator.plan.process, name=new, unit=version.unit, definition=definition, by=by)
    if measure is not None and measure.unit.casefold() != version.unit.casefold():
        raise OtherUnit(unit=measure.unit, own=version.unit)
    Indicator.objects.filter(pk=indicator.pk).update(measure=measure)
    indicator.measure = measure
    record("plans.compare_indicator", indicator, by=by, scope=indicator.plan.process)


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
    if not FIRST_YEAR <= year <= clock.today().year:
        raise YearOutside(year=year)
    Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    entered, _new = IndicatorValue.objects.update_or_create(
        indicator=indicator, area=area, year=year,
        defaults={"value": value, "source": source, "note": note, "entered_at": clock.now(), "entered_by": by},
    )  # fmt: skip
    record("plans.record_value", indicator, by=by, scope=indicator.plan.process, year=year)
    return entered
