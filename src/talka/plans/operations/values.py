# SPDX-License-Identifier: EUPL-1.2
"""Many values of indicators entered at once: what has changed is written, what others changed meanwhile is asked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.plans.entering import Entered, mark_of
from talka.plans.models import Indicator, IndicatorValue, Plan
from talka.plans.operations.indicators import record_value


class ValuesChanged(Refused):
    message = _("Somebody else entered values while you were writing. Yours are kept below; compare and save again.")


def _stored(entries: Sequence[Entered]) -> dict[tuple[int, int | None, int], IndicatorValue]:
    values = IndicatorValue.objects.filter(
        indicator__in=[one.indicator for one in entries], year__in={one.year for one in entries}
    )
    return {(value.indicator_id, value.area_id, value.year): value for value in values}


@transaction.atomic
def record_values(entries: Sequence[Entered], *, by: User) -> int:
    """Enter, correct and remove values; all of them or, where somebody has changed one meanwhile, none. Returns how many.

    Raises ``ValuesChanged`` with the ``keys`` of those that are not as they were seen.
    """
    for indicator in {one.indicator for one in entries}:
        authorize(by, "plans.record_value", indicator)
    keys = sorted({one.indicator.pk for one in entries})
    list(Indicator.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    stored = _stored(entries)
    found = [(one, stored.get((one.indicator.pk, one.area.pk if one.area else None, one.year))) for one in entries]
    changed = [one.key for one, value in found if mark_of(value) != one.was]
    if changed:
        raise ValuesChanged(keys=changed)
    for one, value in found:
        if one.value is not None:
            record_value(
                one.indicator, year=one.year, value=one.value, area=one.area, source=one.source, note=one.note, by=by
            )
        elif value is not None:
            value.delete()
            record("plans.remove_value", one.indicator, by=by, scope=one.indicator.plan.process, year=one.year)
    return len(found)


# --- Imports, taken back --------------------------------------------------------------------------

_HISTORY: Any = IndicatorValue.pgh_event_model  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Written:
    """What one line of an import wrote: entries of the history of an indicator, from the first to the last."""

    indicator: int
    first: int
    last: int

    @property
    def key(self) -> str:
        """Return it as a text, such as ``plans.indicator:12@345-354``."""
        return f"plans.indicator:{self.indicator}@{self.first}-{self.last}"

    @classmethod
    def of(cls, key: str) -> "Written":
        """Return what a key stands for."""
        indicator, _at, events = key.rpartition(":")[2].partition("@")
        first, _to, last = events.partition("-")
        return cls(int(indicator), int(first), int(last))


def last_event(indicator: Indicator) -> int:
    """Return the number of the latest entry in the history of an indicator's values; 0 for none."""
    return _HISTORY.objects.filter(indicator=indicator).aggregate(last=Max("pgh_id"))["last"] or 0


def events_of(written: Written) -> list[Any]:
    """Return the entries of the history that a line made."""
    events = _HISTORY.objects.filter(indicator=written.indicator, pgh_id__range=(written.first, written.last))
    return list(events.order_by("pgh_id"))


def why_it_stays(events: Sequence[Any], *, lock: bool = False) -> Any:
    """Say why a line can no longer be taken back: one of its values is not as it wrote it; an empty text otherwise."""
    if lock and events:
        list(Indicator.objects.select_for_update(of=("self",)).filter(pk=events[0].indicator_id))
    keys = [one.pgh_obj_id for one in events]
    latest = dict(
        _HISTORY.objects.filter(pgh_obj_id__in=keys).values_list("pgh_obj_id").annotate(Max("pgh_id")).order_by()
    )
    return _("a value has been corrected since") if any(latest[one.pgh_obj_id] != one.pgh_id for one in events) else ""


@transaction.atomic
def take_back(plan: Plan, events: Sequence[Any], *, by: User, reason: str) -> None:
    """Let values be what they were before some entries of their history; those that were not there go."""
    authorize(by, "plans.record_values", plan)
    for event in events:
        before = (
            _HISTORY.objects.filter(pgh_obj_id=event.pgh_obj_id, pgh_id__lt=event.pgh_id).order_by("-pgh_id").first()
        )
        value = IndicatorValue.objects.select_related("indicator").get(pk=event.pgh_obj_id)
        if before is None:
            value.delete()
        else:
            value.value, value.source, value.note = before.value, before.source, before.note
            value.entered_at, value.entered_by = clock.now(), by
            value.save()
        record("plans.remove_value", value.indicator, by=by, scope=plan.process, year=event.year, reason=reason)
