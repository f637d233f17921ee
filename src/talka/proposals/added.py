# SPDX-License-Identifier: EUPL-1.2
"""What apps above add: to the page of an entry, to what a person owes, and to the daily letter that reminds of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from talka.accounts.models import User
from talka.proposals.deadlines import Calendar
from talka.proposals.models import Proposal


@dataclass(frozen=True)
class Section:
    """A part of a page: its template, and what it is filled with (empty: nothing is shown)."""

    template: str
    part: Any


@dataclass(frozen=True)
class Line:
    """Something that a letter reminds of, with the address at which to do it; ``code`` names it in a reply."""

    title: str
    due_on: date
    url: str
    is_late: bool
    code: str = ""


@dataclass(frozen=True)
class Reminded:
    """What one app adds to the letter of a day, and how a reply to it is read."""

    lines: Sequence[Line] = ()
    thread: str = ""
    reply_to: str = ""


@dataclass(frozen=True)
class Addition:
    """What an app adds. ``people``: the condition on accounts that may owe something; ``written`` hears that a letter went."""

    owed: Callable[[Any], Section]
    people: Callable[[], Q] = lambda: Q(pk__in=())
    to_remind: Callable[[User, Calendar], Reminded] = lambda _user, _days: Reminded()
    written: Callable[[User, Reminded], None] = lambda _user, _reminded: None
    of_entry: Callable[[Proposal, Any], Section | None] = lambda _proposal, _user: None


_additions: list[Addition] = []


def declare(addition: Addition) -> None:
    """Declare, when the site starts, what an app adds."""
    if addition not in _additions:
        _additions.append(addition)


def additions() -> Iterable[Addition]:
    """Return all that is added, in the order in which it was declared."""
    return tuple(_additions)


def owed_sections(user: Any) -> list[Section]:
    """Return what else a person owes."""
    return [section for one in _additions if (section := one.owed(user)).part]


def entry_sections(proposal: Proposal, user: Any) -> list[Section]:
    """Return what else the page of an entry shows."""
    return [section for one in _additions if (section := one.of_entry(proposal, user)) is not None]
