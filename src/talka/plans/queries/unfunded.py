# SPDX-License-Identifier: EUPL-1.2
"""Investments still without funding: nothing is planned for them, or for a part of it no source has been found yet.

Planned: what the edition says, over all years. The missing part is what is planned from the source still to be found
(``Source.OPEN``), or what is committed beyond the planned money with a source, whichever is more. What has been done or dropped is left out.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from talka.plans.codes import natural_order
from talka.plans.models import ENDED, Edition, Level, NodeVersion, Source
from talka.plans.queries.money import Amount, amounts_of, total

Why = Literal["nothing", "open", "exceeded"]
"""Nothing is planned; a part has no source yet; more is committed than is planned with a source."""


@dataclass(frozen=True)
class Lacking:
    """An investment still without funding. ``missing`` is None where nothing is planned, so that nobody knows how much.

    ``found``: planned with a source; ``sources``: which these are.
    """

    version: NodeVersion
    planned: Decimal
    found: Decimal
    missing: Decimal | None
    why: Why
    sources: tuple[str, ...]


@dataclass
class Priority:
    """Investments below one first-level part of the tree; ``version`` is None for those that stand below nothing."""

    version: NodeVersion | None
    lacking: list[Lacking] = field(default_factory=list)

    @property
    def missing(self) -> Decimal:
        """Return how much is missing, as far as it is known."""
        return sum((one.missing or Decimal() for one in self.lacking), Decimal())


def unfunded(edition: Edition) -> list[Priority]:
    """Return the investments still without funding, by priority, in the order of the tree; three queries."""
    versions = edition.versions.filter(node__kind=Level.Kind.INVESTMENT).exclude(node__latest__state__in=ENDED)
    amounts: dict[int, list[Amount]] = {}
    for amount in amounts_of(edition, versions):
        amounts.setdefault(amount.node_id, []).append(amount)
    tree = {one.node_id: one for one in edition.versions.filter(node__kind=Level.Kind.GROUP)}
    found: dict[int | None, Priority] = {}
    for version in versions.select_related("organization", "node"):
        one = _lacking(version, amounts.get(version.node_id, []))
        if one is not None:
            top = _top(version, tree)
            found.setdefault(top.node_id if top else None, Priority(top)).lacking.append(one)
    for priority in found.values():
        priority.lacking.sort(key=lambda one: natural_order(one.version.code))
    return sorted(found.values(), key=_place)


def _place(priority: Priority) -> tuple[bool, int, int]:
    version = priority.version
    return (version is None, version.position if version else 0, version.pk if version else 0)


def _top(version: NodeVersion, tree: dict[int, NodeVersion]) -> NodeVersion | None:
    top, above = None, version.parent_id
    while above is not None and above in tree:
        top = tree[above]
        above = top.parent_id
    return top


def _lacking(version: NodeVersion, amounts: list[Amount]) -> Lacking | None:
    sums, with_source = total(amounts), [one for one in amounts if one.source != Source.OPEN]
    found = total(with_source).planned
    to_find, beyond = sums.planned - found, sums.committed - found
    missing = max(to_find, beyond)
    if sums.planned and missing <= 0:
        return None
    why: Why = "nothing" if not sums.planned else "open" if to_find >= beyond else "exceeded"
    named = dict.fromkeys((one.source, one.fund) for one in with_source if one.planned)
    sources = tuple(f"{Source(source).label} {fund}".strip() for source, fund in named)
    return Lacking(version, sums.planned, found, missing if sums.planned else None, why, sources)
