# SPDX-License-Identifier: EUPL-1.2
"""What is held about people: each app that keeps personal data declares a ``Holder`` for it, once, in ``AppConfig.ready``.

One person's data is then found, given out and erased, and what is due after its term is erased, without
anybody having to know every app. An app that holds nothing of some kind leaves the method as it is here.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any

from django.db.models import Model
from django.utils.functional import Promise
from rapidfuzz import fuzz

from talka.core.text import fold, whole_number

Words = str | Promise
ALIKE = 86
"""From what likeness (of 100) on two names are shown as perhaps the same."""


@dataclass(frozen=True)
class Wanted:
    """Whom somebody looks for: by address, name, telephone, or several of them; any of them is enough."""

    email: str = ""
    name: str = ""
    phone: str = ""

    def likeness(self, *, email: str = "", name: str = "", phone: str = "") -> int:
        """Say how much what is held fits, of 100; 0 where it does not. Addresses and numbers fit wholly or not at all.

        >>> wanted = Wanted(name="Jānis Bērziņš", phone="+371 29 123 456")
        >>> wanted.likeness(name="BERZINS JANIS"), wanted.likeness(phone="29123456"), wanted.likeness(name="Anna")
        (100, 100, 0)
        """
        if self.email and self.email.casefold() == email.casefold():
            return 100
        if len(_digits(self.phone)) >= 7 and _digits(self.phone) == _digits(phone):
            return 100
        if not self.name or not name:
            return 0
        alike = round(fuzz.token_sort_ratio(fold(self.name), fold(name)))
        return alike if alike >= ALIKE else 0


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)[-8:]


@dataclass(frozen=True)
class Found:
    """Something held about a person: where, what of it is theirs, and what erasing it would do.

    ``key`` leads back to it; ``subject`` and ``scope`` are what the log says it was done to, and within what.
    """

    key: str
    title: str
    about: Words
    subject: Model
    scope: Model | None = None
    held: Sequence[tuple[Words, str]] = ()
    likeness: int = 100
    address: str = ""
    erasing: Words = ""
    kept_because: Words = ""


@dataclass(frozen=True)
class Copy:
    """What is given out of one thing: plain values for JSON, and files by name, opened when they are needed."""

    values: dict[str, Any]
    files: Sequence[tuple[str, Callable[[], IO[bytes]]]] = field(default_factory=tuple)


@dataclass(frozen=True)
class Due:
    """Personal data whose term ends on ``day``."""

    day: date
    title: str
    scope: Model
    who: str = ""
    address: str = ""


class Holder:
    """What one app holds about people; whoever is ``by`` finds only what they answer for."""

    name = ""
    """A short name in small letters: the name of its file and folder in what is given out."""
    label: Words = ""
    keys: Mapping[str, Words] = {}
    """What the keys of ``Copy.values`` mean."""

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Return what is held about somebody, as far as ``by`` may answer for it."""
        return []

    def own(self, user: Any) -> list[Found]:
        """Return what is held about somebody signed in that is known to be theirs."""
        return []

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found, by its keys, as far as ``by`` may answer for it; other keys are passed over."""
        return []

    def copy(self, found: Found) -> Copy:
        """Return all that is held of it."""
        return Copy({})

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Erase it; public words stay, without the name, if ``leave_public``. The app's own operation asks who may."""

    def due(self, *, until: date, by: Any, scope: str = "", most: int = 100) -> list[Due]:
        """Return what will be erased until a day, of what ``by`` answers for, in order of days: the first so many.

        ``scope`` is the slug of the one thing within which it is asked for.
        """
        return []

    def count_due(self, *, until: date, by: Any = None) -> list[tuple[Model, int]]:
        """Return within what how much will be erased until a day: of what ``by`` answers for, or all for the command line."""
        return []

    def erase_due(self) -> int:
        """Erase what is due today and return how many; each in its own transaction, so that it can be broken off."""
        return 0


_holders: dict[str, Holder] = {}


def keys_in(keys: Sequence[str], kind: str) -> list[int]:
    """Return the row keys among keys such as ``author:12``; anything else is passed over."""
    named = [one.partition(":")[2] for one in keys if one.startswith(f"{kind}:")]
    return [number for one in named if (number := whole_number(one)) is not None]


def register(holder: Holder) -> None:
    """Declare what an app holds about people."""
    _holders[holder.name] = holder


def holders() -> list[Holder]:
    """Return every holder, in the order of their names."""
    return [_holders[name] for name in sorted(_holders)]
