# SPDX-License-Identifier: EUPL-1.2
"""What a draft still lacks before a council decides on it: warnings, none of which forbids."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talka.plans.models import Edition, Level
from talka.plans.queries.changes import Change

FEW = 8


@dataclass(frozen=True)
class Point:
    """One point of the list: what is missing, how often, and the first few places (key of the node, its code and title)."""

    name: str
    label: str | Promise
    number: int
    first: list[tuple[int, str]]

    @property
    def more(self) -> int:
        """Return how many there are beside the first few."""
        return self.number - len(self.first)


def checklist(edition: Edition, changes: list[Change]) -> list[Point]:
    """Return what is missing in a draft; ``changes``: from the edition in force. One query."""
    work = Q(node__kind__in=(Level.Kind.ACTION, Level.Kind.INVESTMENT))
    lacks = {
        "code": (_("without a code"), Q(code__isnull=True) & ~Q(level__pattern="")),
        "organization": (_("without a responsible institution"), work & Q(organization__isnull=True)),
        "owner": (_("without a person who answers for it"), work & Q(node__owner__isnull=True)),
        "term": (_("without a term"), work & Q(starts_year__isnull=True, ends_year__isnull=True)),
    }
    told = {name: ExpressionWrapper(condition, BooleanField()) for name, (_label, condition) in lacks.items()}
    rows = edition.versions.annotate(**{f"lacks_{name}": value for name, value in told.items()})
    anything = reduce(or_, (Q(**{f"lacks_{name}": True}) for name in lacks))
    found: dict[str, list[tuple[int, str]]] = {name: [] for name in lacks}
    columns = [f"lacks_{name}" for name in lacks]
    chosen = rows.filter(anything).order_by("code", "position", "pk")
    for node, code, title, *lacking in chosen.values_list("node_id", "code", "title", *columns):
        for name, is_missing in zip(lacks, lacking, strict=True):
            if is_missing:
                found[name].append((node, f"{code} {title}" if code else title))
    unexplained = [one for one in changes if one.kind == "amended" and not one.reason]
    return [
        *(Point(name, label, len(found[name]), found[name][:FEW]) for name, (label, _condition) in lacks.items()),
        _of_changes("reason", _("amended without a reason"), unexplained),
    ]


def _of_changes(name: str, label: Promise, changes: list[Change]) -> Point:
    first = [(one.key if one.what == "node" else 0, f"{one.code} {one.title}".strip()) for one in changes[:FEW]]
    return Point(name, label, len(changes), first)
