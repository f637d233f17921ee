# SPDX-License-Identifier: EUPL-1.2
"""What forms and importers hand to operations: lines of money and of goals, and which fields were seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class FundingLine:
    """Money planned from one source in one year, in EUR; without a year for the whole term."""

    source: str
    planned: Decimal
    year: int | None = None
    fund: str = ""


@dataclass(frozen=True)
class GoalLine:
    """One goal as it is to stand in a list."""

    code: str
    name: str
    name_en: str = ""


def seen_names(fields: Iterable[str], *, money: bool) -> list[str]:
    """Return what of a version is compared with what was read, when these fields are changed, and its money too.

    >>> seen_names(["title", "owner"], money=True)
    ['title', 'owner_id', 'money_lines']
    """
    names = ["owner_id" if name == "owner" else name for name in fields]
    return [*names, "money_lines"] if money else names
