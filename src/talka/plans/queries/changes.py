# SPDX-License-Identifier: EUPL-1.2
"""What was added, removed and amended from one edition of a plan to another, and why.

A comparison of two sets of rows. A node that stands elsewhere or has another code is amended; its order among its
neighbors is not compared. What Cabinet Regulation MK 628/2014, 73, wants to be seen when a plan is updated.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

from django.core.cache import caches

from talka.plans.models import Edition
from talka.plans.queries.said import Edited, Said, indicators_said, nodes_said, reasons_between
from talka.plans.queries.spoken import Speaker

Kind = Literal["added", "removed", "amended"]
What = Literal["node", "indicator"]


@dataclass(frozen=True)
class FieldChange:
    """One thing that is said otherwise, in words; ``name`` is the field (``title``, ``funding``), for programs."""

    label: str
    before: str
    after: str
    name: str = ""


@dataclass(frozen=True)
class Change:
    """What became of one node or indicator. ``path``: what it stands below; ``key``: that of ``PlanNode`` or ``Indicator``."""

    kind: Kind
    code: str
    title: str
    path: str
    reason: str
    fields: list[FieldChange] = field(default_factory=list)
    what: What = "node"
    key: int = 0

    @property
    def is_moved(self) -> bool:
        """Say whether it stands below something else now."""
        return self.kind == "amended" and any(one.name == "parent" for one in self.fields)

    @property
    def is_renumbered(self) -> bool:
        """Say whether it has another code now."""
        return self.kind == "amended" and any(one.name == "code" for one in self.fields)


@dataclass(frozen=True)
class Reason:
    """Why something was changed, as it is typed, and the text that stood there when the page was shown."""

    text: str
    seen: str


@dataclass(frozen=True)
class _Difference:
    """A change before it is put into words: what both editions say, the later of these, and the fields that differ."""

    what: What
    said: Said
    before: Said | None
    after: Said | None
    names: tuple[str, ...]

    @property
    def kind(self) -> Kind:
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "amended"


def changes_between(old: Edition, new: Edition) -> list[Change]:
    """Return what differs from an edition to a later one of the same plan: nodes in reading order, then indicators.

    At most nine queries, however large the plan is. The words are in the language of now.
    """
    nodes, indicators = nodes_said([old, new]), indicators_said([old, new])
    differences = [
        *_differences("node", nodes[old.pk], nodes[new.pk]),
        *_differences("indicator", indicators[old.pk], indicators[new.pk]),
    ]
    if not differences:
        return []
    reasons = reasons_between(old, new)
    speaker = Speaker(nodes[old.pk], nodes[new.pk])
    for one in differences:
        speaker.listen(one.before, one.after, one.names)
    speaker.ask()
    return [_in_words(one, speaker, reasons.get((one.what, one.said.key), [])) for one in differences]


def count_changes(changes: list[Change]) -> dict[Kind, int]:
    """Return how many were added, amended and removed."""
    return _counted(one.kind for one in changes)


def counts_of(editions: Sequence[Edition]) -> dict[int, dict[Kind, int]]:
    """Return for each edition but the first how many were added, amended and removed since the one before, by its key.

    ``editions``: from the oldest to the latest. Approved ones never change, so what was counted once is kept in memory;
    otherwise six queries.
    """
    memory, found, pairs = caches["local"], {}, []
    for old, new in pairwise(editions):
        name = f"plans.counts:{old.pk}:{new.pk}:{new.approved_at and new.approved_at.timestamp()}"
        counts = memory.get(name) if not new.is_draft else None
        if counts is None:
            pairs.append((old, new, name))
        else:
            found[new.pk] = counts
    if pairs:
        wanted = list({one.pk: one for old, new, _name in pairs for one in (old, new)}.values())
        nodes, indicators = nodes_said(wanted), indicators_said(wanted)
        for old, new, name in pairs:
            differences = [
                *_differences("node", nodes[old.pk], nodes[new.pk]),
                *_differences("indicator", indicators[old.pk], indicators[new.pk]),
            ]
            found[new.pk] = _counted(one.kind for one in differences)
            if not new.is_draft:
                memory.set(name, found[new.pk], None)
    return found


def _counted(kinds: Iterable[Kind]) -> dict[Kind, int]:
    found: dict[Kind, int] = {"added": 0, "amended": 0, "removed": 0}
    for kind in kinds:
        found[kind] += 1
    return found


def _differences(what: What, before: Edited, after: Edited) -> Iterator[_Difference]:
    both = {**before, **after}
    for key in _reading_order(both):
        old, new = before.get(key), after.get(key)
        names = tuple(differing(old.values if old else {}, new.values if new else {}))
        if old is None or new is None or names:
            yield _Difference(what, both[key], old, new, names)


def differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Name the fields that two sets of values do not say alike; nothing, an empty text and an absent field are alike.

    >>> differing({"title": "A", "code": None, "areas": (1,)}, {"title": "B", "code": "", "areas": (1,)})
    ['title']
    """
    return [name for name in (before or after) if (before.get(name) or None) != (after.get(name) or None)]


def _reading_order(said: Edited) -> list[int]:
    """Return keys in the order of the tree; what was removed stands where it stood."""
    below: dict[int | None, list[Said]] = {}
    for one in said.values():
        below.setdefault(one.parent if one.parent in said else None, []).append(one)
    for several in below.values():
        several.sort(key=lambda one: (one.position, one.pk), reverse=True)
    waiting, order = below.pop(None, []), []
    while waiting:
        one = waiting.pop()
        order.append(one.key)
        waiting.extend(below.pop(one.key, []))
    rest = [one.key for several in below.values() for one in several]
    return order + sorted(rest)


def _in_words(one: _Difference, speaker: Speaker, reasons: list[str]) -> Change:
    fields = [
        FieldChange(*spoken) for name in one.names for spoken in speaker.say(one.what, name, one.before, one.after)
    ]
    path = speaker.path(one.said, is_new=one.after is not None) if one.what == "node" else ""
    return Change(one.kind, one.said.code, one.said.title, path, "\n".join(reasons), fields, one.what, one.said.key)
