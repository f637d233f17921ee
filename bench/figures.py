# SPDX-License-Identifier: EUPL-1.2
"""Figures, printed as they are found."""

_short: list[str] = []


def report(name: str, value: float, unit: str, *, at_least: float | None = None, at_most: float | None = None) -> None:
    """Print one figure beside its goal; without a goal it is there to be compared."""
    reached = (at_least is None or value >= at_least) and (at_most is None or value <= at_most)
    goal = f">= {at_least:g}" if at_least is not None else f"<= {at_most:g}" if at_most is not None else "-"
    if not reached:
        _short.append(name)
    written = f"{value:.4g}" if value < 10_000 else f"{value:.0f}"
    print(f"{name}\t{written}\t{unit}\t{goal}\t{'ok' if reached else 'short'}", flush=True)


def shortfalls() -> list[str]:
    """Return the names of the figures that fell short of their goals."""
    return list(_short)
