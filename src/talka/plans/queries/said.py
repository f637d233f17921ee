# SPDX-License-Identifier: EUPL-1.2
"""What editions say of nodes and indicators, as plain values that can be compared, in few queries for any number of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, QuerySet, Value

from talka.plans.models import Edition, Funding, IndicatorTarget, IndicatorVersion, NodeVersion, Removal

NODE_SETS = ("partners", "areas", "topics", "serves", "goals")
INDICATOR_SETS = ("areas", "nodes")
_NODE = ("level", "parent", "code", "title", "description", "result", "organization", "partners_note", "place")
_TERM = ("starts_year", "starts_quarter", "ends_year", "ends_quarter")
_INDICATOR = ("code", "name", "unit", "direction", "source", "organization")


@dataclass
class Said:
    """What one edition says of a node or an indicator. ``values``: by name of the field; money and targets as mappings."""

    pk: int
    key: int
    code: str
    title: str
    parent: int | None
    position: int
    values: dict[str, Any] = field(default_factory=dict)


Edited = dict[int, Said]
"""All nodes, or all indicators, of one edition by the key of what lasts."""


def nodes_said(editions: Collection[Edition]) -> dict[int, Edited]:
    """Return what editions say of nodes, by the key of the edition; three queries."""
    found: dict[int, Edited] = {edition.pk: {} for edition in editions}
    by_version: dict[int, Said] = {}
    rows = NodeVersion.objects.filter(edition__in=found).order_by().values_list(
        "edition_id", "pk", "node_id", "position", *_TERM, *_NODE
    )  # fmt: skip
    for edition, pk, node, position, *rest in rows:
        term, values = tuple(rest[:4]), dict(zip(_NODE, rest[4:], strict=True))
        said = Said(pk, node, values["code"] or "", values["title"], values["parent"], position)
        said.values = {**values, "term": term, "funding": {}, **dict.fromkeys(NODE_SETS, ())}
        found[edition][node] = by_version[pk] = said
    _fill_sets(NodeVersion, NODE_SETS, found, by_version)
    money = Funding.objects.filter(version__edition__in=found).order_by()
    for version, source, fund, year, planned in money.values_list("version_id", "source", "fund", "year", "planned"):
        by_version[version].values["funding"][(source, fund, year)] = planned
    return found


def indicators_said(editions: Collection[Edition]) -> dict[int, Edited]:
    """Return what editions say of indicators, by the key of the edition; three queries."""
    found: dict[int, Edited] = {edition.pk: {} for edition in editions}
    by_version: dict[int, Said] = {}
    rows = IndicatorVersion.objects.filter(edition__in=found).order_by().values_list(
        "edition_id", "pk", "indicator_id", "position", "baseline", "baseline_year", *_INDICATOR
    )  # fmt: skip
    for edition, pk, indicator, position, baseline, year, *rest in rows:
        values = dict(zip(_INDICATOR, rest, strict=True))
        said = Said(pk, indicator, values["code"] or "", values["name"], None, position)
        start = (baseline, year) if baseline is not None else None
        said.values = {**values, "baseline": start, "targets": {}, **dict.fromkeys(INDICATOR_SETS, ())}
        found[edition][indicator] = by_version[pk] = said
    _fill_sets(IndicatorVersion, INDICATOR_SETS, found, by_version)
    targets = IndicatorTarget.objects.filter(version__edition__in=found).order_by()
    for version, year, value in targets.values_list("version_id", "year", "value"):
        by_version[version].values["targets"][year] = value
    return found


def _fill_sets(model: Any, names: Iterable[str], editions: Collection[int], by_version: Mapping[int, Said]) -> None:
    """Read all relations to several things in one query."""
    parts: list[QuerySet[Any]] = []
    for name in names:
        relation = model._meta.get_field(name)
        mine, other = relation.m2m_field_name(), relation.m2m_reverse_field_name()
        rows = getattr(model, name).through.objects.filter(**{f"{mine}__edition__in": list(editions)}).order_by()
        parts.append(rows.values_list(Value(name, output_field=CharField()), F(f"{mine}_id"), F(f"{other}_id")))
    for name, version, other in parts[0].union(*parts[1:], all=True).order_by():
        by_version[version].values[name] += (other,)
    for said in by_version.values():
        for name in names:
            said.values[name] = tuple(sorted(said.values[name]))


def reasons_between(old: Edition, new: Edition) -> dict[tuple[str, int], list[str]]:
    """Return the reasons given after one edition, up to another: by ``("node", key)`` or ``("indicator", key)``, oldest first."""
    since = {"edition__plan": new.plan_id, "edition__number__gt": old.number, "edition__number__lte": new.number}
    removed = Removal.objects.filter(**since)
    sources: tuple[tuple[str, QuerySet[Any], str, str], ...] = (
        ("node", NodeVersion.objects.filter(**since).exclude(change_reason=""), "node_id", "change_reason"),
        ("indicator", IndicatorVersion.objects.filter(**since).exclude(change_reason=""), "indicator_id", "change_reason"),
        ("node", removed.filter(node__isnull=False), "node_id", "reason"),
        ("indicator", removed.filter(indicator__isnull=False), "indicator_id", "reason"),
    )  # fmt: skip
    parts = [
        rows.order_by().values_list(Value(what, output_field=CharField()), F(key), F("edition__number"), F(reason))
        for what, rows, key, reason in sources
    ]
    found: dict[tuple[str, int], list[str]] = {}
    for what, key, _number, reason in sorted(parts[0].union(*parts[1:]), key=lambda row: row[2]):
        reasons = found.setdefault((what, key), [])
        if reason not in reasons:
            reasons.append(reason)
    return found
