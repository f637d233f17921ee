# SPDX-License-Identifier: EUPL-1.2
"""What was entered, corrected and removed of an indicator, read from the history that the database keeps."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from talka.accounts.models import User
from talka.directory.models import Area
from talka.plans.models import Indicator, IndicatorValue

_KINDS = {"insert": "entered", "update": "corrected", "delete": "removed"}


@dataclass(frozen=True)
class Step:
    """One entry: ``kind`` is entered, corrected or removed; ``by`` is empty where nobody is known."""

    kind: str
    at: datetime
    by: str
    year: int
    area: Area | None
    value: Decimal
    source: str
    note: str


def value_history(indicator: Indicator, *, most: int = 200) -> list[Step]:
    """Return the latest entries, the last one first, in three queries."""
    model: Any = IndicatorValue.pgh_event_model  # type: ignore[attr-defined]
    events = list(
        model.objects.filter(indicator=indicator, pgh_label__in=_KINDS)
        .select_related("pgh_context")
        .order_by("-pgh_id")[:most]
    )
    people = User.objects.in_bulk({_who(one) for one in events} - {None})
    areas = Area.objects.in_bulk({one.area_id for one in events} - {None})
    return [
        Step(
            _KINDS[one.pgh_label], one.pgh_created_at if one.pgh_label == "delete" else one.entered_at,
            str(people.get(_who(one), "")), one.year, areas.get(one.area_id), one.value, one.source, one.note,
        )
        for one in events
    ]  # fmt: skip


def _who(event: Any) -> int | None:
    """Return who wrote it; what was removed knows only whose request it was."""
    if event.pgh_label != "delete":
        return event.entered_by_id
    context = event.pgh_context
    user = context.metadata.get("user") if context is not None else None
    return user if isinstance(user, int) else None
