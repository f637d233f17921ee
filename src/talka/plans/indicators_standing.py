# SPDX-License-Identifier: EUPL-1.2
"""Whether an indicator moves the way that the plan wants: compared with its baseline and with its next target.

The next target is that of the first year from the latest value's on, else the last one that there is. A value that has
come to the target is ``reached``. Else it is ``towards`` when it has come nearer to the target than the baseline was,
``away`` when it is further off, ``unchanged`` when it is as at the beginning. Where there is no target, the direction
wanted says which way is nearer. What is to be kept as it is (``keep``) may lie anywhere between baseline and target; without a target
it should be the baseline. Values are compared as they are shown, rounded.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

REACHED, TOWARDS, UNCHANGED, AWAY, SHORT, UNKNOWN = "reached", "towards", "unchanged", "away", "short", "unknown"
STANDINGS = (REACHED, TOWARDS, UNCHANGED, AWAY, SHORT, UNKNOWN)
"""``short``: not reached, and no baseline says from where it comes; ``unknown``: nothing to say anything by."""


def next_target(targets: Mapping[int, Decimal], year: int) -> tuple[int, Decimal] | None:
    """Return year and value of the first target from a year on, else of the last one; nothing where there is none.

    >>> next_target({2025: Decimal(6), 2027: Decimal(9)}, 2026), next_target({2025: Decimal(6)}, 2030), next_target({}, 2025)
    ((2027, Decimal('9')), (2025, Decimal('6')), None)
    """
    if not targets:
        return None
    wanted = min((one for one in targets if one >= year), default=max(targets))
    return wanted, targets[wanted]


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Return a value as it is shown.

    >>> rounded(Decimal("12.4500"), 1), rounded(Decimal("640000.0000"), 0)
    (Decimal('12.5'), Decimal('640000'))
    """
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def standing_of(
    direction: str, baseline: Decimal | None, target: Decimal | None, actual: Decimal | None, decimals: int = 4
) -> str:
    """Say how an indicator stands; ``direction``: ``up`` (more is better), ``down`` (less is better), ``keep`` (as it is).

    >>> four, six, nine = Decimal(4), Decimal(6), Decimal(9)
    >>> standing_of("up", four, nine, six), standing_of("up", six, nine, four), standing_of("up", four, six, nine)
    ('towards', 'away', 'reached')
    >>> standing_of("down", nine, four, six), standing_of("down", six, four, nine), standing_of("down", nine, six, four)
    ('towards', 'away', 'reached')
    >>> standing_of("keep", six, None, six), standing_of("keep", six, None, nine)
    ('reached', 'away')
    >>> standing_of("keep", nine, four, six), standing_of("keep", nine, six, four), standing_of("keep", None, six, four)
    ('reached', 'away', 'short')
    >>> standing_of("up", four, nine, four), standing_of("up", four, None, nine), standing_of("down", four, None, nine)
    ('unchanged', 'towards', 'away')
    >>> standing_of("up", None, nine, six), standing_of("up", None, None, six), standing_of("up", four, nine, None)
    ('short', 'unknown', 'unknown')
    >>> standing_of("up", four, Decimal("9.0"), Decimal("8.96"), 1), standing_of("up", four, Decimal("9.0"), Decimal("8.96"), 2)
    ('reached', 'towards')
    """
    if actual is None:
        return UNKNOWN
    if target is None and direction == "keep":
        target = baseline
    now = rounded(actual, decimals)
    start = rounded(baseline, decimals) if baseline is not None else None
    if target is None:
        if start is None:
            return UNKNOWN
        if now == start:
            return UNCHANGED
        return TOWARDS if (now > start) == (direction == "up") else AWAY
    wanted = rounded(target, decimals)
    if now == wanted or (direction == "up" and now > wanted) or (direction == "down" and now < wanted):
        return REACHED
    if start is None:
        return SHORT
    if direction == "keep":
        return REACHED if min(start, wanted) <= now <= max(start, wanted) else AWAY
    if now == start:
        return UNCHANGED
    return TOWARDS if abs(wanted - now) < abs(wanted - start) else AWAY
