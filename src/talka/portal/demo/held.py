# SPDX-License-Identifier: EUPL-1.2
"""What is told of a meeting of the demonstration: its items, what was said, what came of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ruling:
    """One decision: its text, votes for, against and abstained where they were counted."""

    text: str
    votes: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Duty:
    """One task: what, who does it, how many days after the meeting it is due, and how it went (state, text) since."""

    title: str
    owner: str
    days: int
    went: tuple[tuple[int, str, str], ...] = ()
    """Days after the meeting, state, what was said."""


@dataclass(frozen=True)
class Dealt:
    """One item of an agenda and of the minutes."""

    title: str
    minutes: int
    notes: str = ""
    outcome: str = ""
    presenter: str = ""
    rulings: tuple[Ruling, ...] = ()
    duties: tuple[Duty, ...] = ()
    withheld: bool = False
