# SPDX-License-Identifier: EUPL-1.2
"""A difference as a page shows it: fields by their labels, keys by names, money by its sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from talka.core.text import shorten
from talka.imports.headers import letter_of
from talka.plans.importing.difference import Change, FundKey
from talka.plans.importing.money import written
from talka.plans.importing.names import NewOrganization
from talka.plans.importing.problems import Trouble
from talka.plans.models import NodeVersion, Source
from talka.plans.wording import quarter

LONGEST = 160


@dataclass(frozen=True)
class Names:
    """What keys are called on a page: by field, name by key."""

    by_field: Mapping[str, Mapping[int, str]]
    levels: Mapping[str, str]
    nodes: Mapping[int, str]
    """Code or title of the nodes of the draft."""

    def of(self, field: str, value: Any) -> str:
        """Return a value of a field as people read it."""
        if isinstance(value, list):
            return ", ".join(self.of(field, one) for one in value)
        if isinstance(value, NewOrganization):
            return _("%(name)s (new)") % {"name": value.name}
        if field == "level":
            return self.levels.get(str(value), str(value))
        names = self.by_field.get("organization" if field == "partners" else field)
        if names is not None and isinstance(value, int):
            return names.get(value, str(value))
        return shorten(str(value), LONGEST) if value not in (None, "") else ""


@dataclass(frozen=True)
class ShownField:
    """A field of a node that changes: its label, what it said, what it will say."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ShownChange:
    """A node on the page of a difference."""

    row: int
    level: str
    name: str
    fields: list[ShownField]
    where: str


@dataclass(frozen=True)
class ShownTrouble:
    """What is wrong, and where: row, column with its letter and name."""

    row: int
    where: str
    says: str


def show_trouble(trouble: Trouble, names: Sequence[str]) -> ShownTrouble:
    """Return what is wrong with a cell or a line as a page says it."""
    where = ""
    if trouble.column is not None and trouble.column < len(names):
        where = _("column %(letter)s “%(name)s”") % {"letter": letter_of(trouble.column), "name": names[trouble.column]}
    return ShownTrouble(trouble.row, where, trouble.says)


def show_change(change: Change, names: Names) -> ShownChange:
    """Return a node that is new or becomes otherwise as a page shows it."""
    stored = change.stored
    code = change.item.code or (stored.values["code"] if stored is not None else "") or ""
    fields = [] if stored is None else [_moved(change, names)] if change.moves else []
    terms = {"starts_year", "starts_quarter", "ends_year", "ends_quarter"}
    for name, (old, new) in change.fields.items():
        if name in terms or (stored is None and name in ("code", "title")):
            continue
        fields.append(ShownField(_label(name), names.of(name, old), names.of(name, new)))
    if terms & set(change.fields):
        fields.append(ShownField(_("term"), _term(change, 0), _term(change, 1)))
    if change.funding is not None:
        fields += _money(stored.funding if stored is not None else {}, change.funding)
    fields = [one for one in fields if one.old or one.new]
    name = f"{code} {shorten(change.item.title, LONGEST)}".strip()
    return ShownChange(
        change.item.row, names.levels.get(change.rung.letter, change.rung.name), name, fields, _over(change, names)
    )


def _over(change: Change, names: Names) -> str:
    over = change.parent
    if isinstance(over, Change):
        return over.item.code or shorten(over.item.title, 60)
    return names.nodes.get(over, "") if over is not None else ""


def _moved(change: Change, names: Names) -> ShownField:
    now = change.stored.parent if change.stored is not None else None
    return ShownField(_("stands below"), names.nodes.get(now, "") if now is not None else "", _over(change, names))


def _label(name: str) -> str:
    return str(NodeVersion._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _term(change: Change, side: int) -> str:
    def said(name: str) -> Any:
        if name in change.fields:
            return change.fields[name][side]
        return change.stored.values[name] if change.stored is not None else None

    starts, ends = (quarter(said(f"{end}_year"), said(f"{end}_quarter")) for end in ("starts", "ends"))
    return starts if starts == ends else f"{starts} – {ends}" if starts or ends else ""


def _money(now: Mapping[FundKey, Decimal], then: Mapping[FundKey, Decimal]) -> list[ShownField]:
    """Return the rows of money that come, go or become otherwise."""
    found = []
    for key in sorted({*now, *then}, key=lambda one: (one[2] or 0, one[0], one[1])):
        old, new = now.get(key), then.get(key)
        if old == new:
            continue
        source, fund, year = key
        parts = [Source(source).label, *([fund] if fund else []), str(year) if year else _("whole term")]
        found.append(ShownField(", ".join(map(str, parts)), _sum(old), _sum(new)))
    return found


def _sum(amount: Decimal | None) -> str:
    return f"{written(amount)}\u00a0EUR" if amount is not None else ""
