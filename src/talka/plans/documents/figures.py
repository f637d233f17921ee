# SPDX-License-Identifier: EUPL-1.2
"""Cells of papers in writing, as the language of now writes numbers."""

from decimal import ROUND_HALF_UP, Decimal

from talka.core.templatetags.talka_text import number
from talka.plans.documents.paper import Cell, Column
from talka.plans.wording import exactly

_CENT, _ONE = Decimal("0.01"), Decimal(1)


def written(cell: Cell, column: Column) -> str:
    """Write a cell as its column shows it; an empty one is an empty text, money has cents only where there are some."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int):
        return number(cell)
    if column.kind == "money":
        return number(cell.quantize(_ONE if cell == cell.to_integral_value() else _CENT))
    if column.decimals is not None and column.decimals < 4:
        return number(cell.quantize(_ONE.scaleb(-column.decimals), rounding=ROUND_HALF_UP))
    return exactly(cell)
