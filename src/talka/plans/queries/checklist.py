# SPDX-License-Identifier: EUPL-1.2
"""What a draft still lacks before a council decides on it: warnings, none of which forbids."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talka.plans.models import Edition, NodeVersion
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
    """Return what is missing in a draft; ``changes``: from the edition in force. Four queries."""
    works = edition.versions.works().order_by("code", "pk")
    coded = edition.versions.exclude(level__pattern="").order_by("position", "pk")
    unexplained = [one for one in changes if one.kind == "amended" and not one.reason]
    return [
        _of_rows("code", _("without a code"), coded.filter(code__isnull=True)),
        _of_rows("organization", _("without a responsible institution"), works.filter(organization__isnull=True)),
        _of_rows("owner", _("without a person who answers for it"), works.filter(node__owner__isnull=True)),
        _of_rows("term", _("without a term"), works.filter(starts_year__isnull=True, ends_year__isnull=True)),
        _of_changes("reason", _("amended without a reason"), unexplained),
    ]


def _of_rows(name: str, label: Promise, rows: "QuerySet[NodeVersion]") -> Point:
    found = [
        (node, f"{code} {title}" if code else title)
        for node, code, title in rows.values_list("node_id", "code", "title")
    ]
    return Point(name, label, len(found), found[:FEW])


def _of_changes(name: str, label: Promise, changes: list[Change]) -> Point:
    first = [(one.key if one.what == "node" else 0, f"{one.code} {one.title}".strip()) for one in changes[:FEW]]
    return Point(name, label, len(changes), first)
