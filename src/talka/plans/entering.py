# SPDX-License-Identifier: EUPL-1.2
"""What somebody enters for a place in a table of values, and what they saw there before."""

import json
from dataclasses import dataclass
from decimal import Decimal

from talka.directory.models import Area
from talka.plans.models import Indicator, IndicatorValue


@dataclass(frozen=True)
class Entered:
    """What is to stand for one year and territory (``None``: the whole); without a value, what stands there is removed.

    ``was`` is what the person saw there before, as ``mark_of`` writes it.
    """

    key: str
    indicator: Indicator
    area: Area | None
    year: int
    value: Decimal | None
    source: str = ""
    note: str = ""
    was: str = ""


def mark_of(value: IndicatorValue | None) -> str:
    """Return what stands somewhere, with its moment, as a form keeps it; an empty text for nothing."""
    if value is None:
        return ""
    return json.dumps(
        [f"{value.value.normalize():f}", value.source, value.note, value.entered_at.timestamp()], ensure_ascii=False
    )


def is_as_seen(was: str, value: Decimal | None, source: str, note: str) -> bool:
    """Say whether somebody left a place as they saw it; a mark that is none was seen by nobody."""
    if not was:
        return value is None and not source and not note
    try:
        seen, seen_source, seen_note, _moment = json.loads(was)
        return value == Decimal(seen) and [source, note] == [seen_source, seen_note]
    except (ValueError, TypeError, ArithmeticError):
        return False
