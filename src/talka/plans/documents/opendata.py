# SPDX-License-Identifier: EUPL-1.2
"""An edition whole as JSON, and the data dictionary: what every field means, in which unit, of which type."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.plans.documents.facts import EditionFacts, IndicatorFacts, NodeFacts, Pointed

VERSION = 1
"""Goes up when a field changes its meaning or goes; new fields may come any time."""


@dataclass(frozen=True)
class Described:
    """A field of the open data: path in the JSON, column of the table (where it has one), meaning, type, unit."""

    field: str
    column: str
    meaning: str | Promise
    kind: str
    unit: str | Promise = ""


DICTIONARY = (
    Described("plan.title", "", _("Title of the plan"), "text"),
    Described("plan.kind", "", _("Kind of the planning document"), "text"),
    Described("plan.owner", "", _("Municipality whose plan it is"), "text"),
    Described("plan.starts_year", "", _("First year of the plan's period"), "integer", _("year")),
    Described("plan.ends_year", "", _("Last year of the plan's period"), "integer", _("year")),
    Described("edition.name", "", _("Name of the edition"), "text"),
    Described("edition.number", "", _("Number of the edition within the plan, from 1"), "integer"),
    Described("edition.approved_on", "", _("Day of the council's decision; nothing for a draft"), "date", "YYYY-MM-DD"),
    Described("edition.decision", "", _("The decision by which it was approved"), "text"),
    Described("made_at", "", _("When this file was made"), "time", "ISO 8601"),
    Described("nodes[].id", "", _("Number of the part of the plan, the same in all editions"), "integer"),
    Described("nodes[].parent_id", "", _("Number of what it stands below; nothing on the first level"), "integer"),
    Described("nodes[].kind", "", _("Part of the tree (group), action (action) or investment (investment)"), "text"),
    Described("nodes[].code", "Kods", _("Code, as the municipality writes it; once in an edition"), "text"),
    Described("nodes[].level", "Līmenis", _("Level of the tree, as the municipality names it"), "text"),
    Described("nodes[].parent", "Augstākā punkta kods", _("Code (without a code, title) of what it stands below"), "text"),
    Described("nodes[].title", "Nosaukums", _("Title"), "text"),
    Described("nodes[].description", "Apraksts", _("Description"), "text"),
    Described("nodes[].result", "Sagaidāmais rezultāts", _("Expected result"), "text"),
    Described("nodes[].organization", "Atbildīgā iestāde", _("Responsible institution"), "text"),
    Described("nodes[].partners", "Sadarbības partneri", _("Partners, organizations that the system knows"), "list of texts"),
    Described("nodes[].partners_note", "Citi partneri", _("Other partners, as written"), "text"),
    Described("nodes[].starts_year", "Sākums", _("Year in which it starts"), "integer", _("year")),
    Described("nodes[].starts_quarter", "Sākums", _("Quarter in which it starts, where known"), "integer", "1–4"),
    Described("nodes[].ends_year", "Beigas", _("Year in which it ends"), "integer", _("year")),
    Described("nodes[].ends_quarter", "Beigas", _("Quarter in which it ends, where known"), "integer", "1–4"),
    Described("nodes[].place", "", _("Place"), "text"),
    Described("nodes[].areas", "Teritorijas", _("Territories"), "list of texts"),
    Described("nodes[].topics", "Temati", _("Topics"), "list of texts"),
    Described("nodes[].serves[]", "Īsteno (kodi)", _("What of other plans it serves: plan, code, title"), "list of objects"),
    Described("nodes[].goals[]", "Mērķi", _("National and global goals: list, code, title"), "list of objects"),
    Described("nodes[].state", "Statuss", _("How it is going, as its owner said last: not_started, under_way, done, dropped"), "text"),
    Described("nodes[].standing", "", _("The same with what is late: late is what has not ended although its term is over"), "text"),
    Described("nodes[].percent", "Paveikts %", _("How much is done"), "integer", "%"),
    Described("nodes[].said_on", "", _("Day of the last update"), "date", "YYYY-MM-DD"),
    Described("nodes[].said", "", _("Text of the last update"), "text"),
    Described("nodes[].money[].source", "Finansējums: …", _("Where money comes from: municipal, eu, state, private, loan, other"), "text"),
    Described("nodes[].money[].fund", "Finansējums: …: …", _("Name of the fund, where there is one"), "text"),
    Described("nodes[].money[].year", "Finansējums: … 2025", _("Year; nothing for the whole term"), "integer", _("year")),
    Described("nodes[].money[].planned", "Finansējums: …", _("Money planned by this edition"), "number", "EUR"),
    Described("nodes[].money[].committed", "", _("Money committed, as last reported"), "number", "EUR"),
    Described("nodes[].money[].spent", "", _("Money spent, as last reported"), "number", "EUR"),
    Described("indicators[].id", "", _("Number of the indicator, the same in all editions"), "integer"),
    Described("indicators[].code", "", _("Code of the indicator"), "text"),
    Described("indicators[].name", "", _("What is measured"), "text"),
    Described("indicators[].unit", "", _("Unit in which it is measured"), "text"),
    Described("indicators[].direction", "", _("Which way is good: more (up), less (down), as it is (keep)"), "text"),
    Described("indicators[].baseline", "", _("Value at the beginning"), "number", _("the indicator's own")),
    Described("indicators[].baseline_year", "", _("Year of that value"), "integer", _("year")),
    Described("indicators[].targets", "", _("Values wanted, by year"), "object: year → number", _("the indicator's own")),
    Described("indicators[].values", "", _("Actual values of the whole, by year"), "object: year → number", _("the indicator's own")),
    Described("indicators[].by_area", "", _("Actual values of single territories, by territory and year"), "object", _("the indicator's own")),
    Described("indicators[].standing", "", _("How it stands: reached, towards, unchanged, away, short, unknown"), "text"),
    Described("indicators[].source", "", _("Where its data come from"), "text"),
    Described("indicators[].organization", "", _("Institution that is responsible for it"), "text"),
    Described("indicators[].areas", "", _("Territories that it is about"), "list of texts"),
    Described("indicators[].nodes", "", _("Numbers of the parts of the plan that it tells about"), "list of integers"),
)  # fmt: skip


TYPES = {
    "text": _("text"), "integer": _("whole number"), "number": _("number"), "date": _("date"), "time": _("date and time"),
    "list of texts": _("list of texts"), "list of objects": _("list of objects"), "list of integers": _("list of whole numbers"),
    "object": pgettext_lazy("data", "object"), "object: year → number": _("object: year → number"),
}  # fmt: skip


def dictionary() -> list[dict[str, str]]:
    """Return the data dictionary, its meanings in the language of now."""
    return [
        {
            "field": one.field, "column": one.column, "meaning": str(one.meaning), "type": one.kind,
            "unit": str(one.unit),
        }
        for one in DICTIONARY
    ]  # fmt: skip


def as_data(facts: EditionFacts, *, made_at: datetime) -> dict[str, Any]:
    """Return an edition whole as plain values that JSON can hold, with the dictionary."""
    names = {node.key: node.code or node.title for node in facts.nodes}
    return {
        "version": VERSION,
        "made_at": made_at.isoformat(timespec="seconds"),
        "language": facts.language,
        "source": facts.url,
        "plan": {
            "title": facts.plan, "kind": facts.plan_kind, "owner": facts.owner, "process": facts.process,
            "starts_year": facts.starts_year, "ends_year": facts.ends_year, "summary": facts.summary, "note": facts.note,
        },
        "edition": {
            "name": facts.edition, "number": facts.number, "decision": facts.decision, "decision_url": facts.decision_url,
            "approved_on": facts.approved_on.isoformat() if facts.approved_on else None, "is_draft": facts.is_draft,
        },
        "levels": [{"name": name, "plural": plural, "kind": kind} for name, plural, kind in facts.levels],
        "nodes": [_node(node, names) for node in facts.nodes],
        "indicators": [_indicator(one) for one in facts.indicators],
        "dictionary": dictionary(),
    }  # fmt: skip


def json_of(facts: EditionFacts, *, made_at: datetime) -> bytes:
    """Write an edition whole as JSON."""
    return json.dumps(as_data(facts, made_at=made_at), ensure_ascii=False, separators=(",", ":")).encode()


def _node(node: NodeFacts, names: dict[int, str]) -> dict[str, Any]:
    above = node.above[-1] if node.above else None
    return {
        "id": node.key, "parent_id": above, "kind": node.kind, "code": node.code, "level": node.level,
        "parent": names[above] if above is not None else "", "title": node.title, "description": node.description,
        "result": node.result, "organization": node.organization, "partners": node.partners,
        "partners_note": node.partners_note, "starts_year": node.starts_year, "starts_quarter": node.starts_quarter,
        "ends_year": node.ends_year, "ends_quarter": node.ends_quarter, "place": node.place, "areas": node.areas,
        "topics": node.topics, "serves": [_pointed("plan", one) for one in node.serves],
        "goals": [_pointed("list", one) for one in node.goals],
        "state": (node.state or "not_started") if node.is_work else None,
        "standing": node.standing if node.is_work else None, "percent": node.percent,
        "said_on": node.said_on.isoformat() if node.said_on else None, "said": node.said,
        "money": [
            {
                "source": one.source, "fund": one.fund, "year": one.year, "planned": _number(one.planned),
                "committed": _number(one.committed), "spent": _number(one.spent),
            }
            for one in node.money
        ],
    }  # fmt: skip


def _pointed(what: str, one: Pointed) -> dict[str, str]:
    return {what: one.place, "code": one.code, "title": one.title}


def _number(value: Decimal | None) -> int | float | None:
    """Return a number as JSON writes it: whole ones whole, others with the decimals that they have."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _by_year(values: dict[int, Decimal]) -> dict[str, int | float | None]:
    return {str(year): _number(value) for year, value in values.items()}


def _indicator(one: IndicatorFacts) -> dict[str, Any]:
    return {
        "id": one.key, "code": one.code, "name": one.name, "unit": one.unit, "direction": one.direction,
        "baseline": _number(one.baseline), "baseline_year": one.baseline_year, "targets": _by_year(one.targets),
        "values": _by_year(one.values), "by_area": {area: _by_year(values) for area, values in one.by_area.items()},
        "standing": one.standing, "source": one.source, "organization": one.organization, "areas": one.areas,
        "nodes": one.nodes,
    }  # fmt: skip
