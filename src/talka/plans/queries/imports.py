# SPDX-License-Identifier: EUPL-1.2
"""Tables on their way into a draft: what the draft says now, what a table names, what would change."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef

from talka.directory.models import Area, Organization, Topic
from talka.imports.headers import name_key, signature_of
from talka.imports.models import ColumnMapping, ImportRun
from talka.imports.queries import sheets_of
from talka.imports.reading import Sheet
from talka.plans.importing.columns import Meaning, unpacked
from talka.plans.importing.difference import SEVERAL, SINGLE, Change, Comparer, Difference, Stored
from talka.plans.importing.layout import Layout, lay_out
from talka.plans.importing.lines import Settings, understand
from talka.plans.importing.names import NOTE, Finder, Known, pointed_key
from talka.plans.importing.schemes import Rung
from talka.plans.importing.showing import Names
from talka.plans.models import Edition, Funding, Goal, InstitutionName, NodeVersion, Plan, PlanImport

TARGET = "plans.draft"
MAPPINGS_LOOKED_AT = 50
ENOUGH_IN_COMMON = 0.6


def place_of(plan: Plan) -> str:
    """Return the key of the place that a plan is for imports."""
    return f"{TARGET}/plans.plan:{plan.pk}"


def owner_key(plan: Plan) -> str:
    """Return whose choice of columns is remembered together."""
    return f"directory.organization:{plan.owner_id}"


def runs_of(plan: Plan) -> Any:
    """Return the imports into a plan, the newest first, with what is special about them."""
    return ImportRun.objects.into(place_of(plan)).select_related(
        "plan_import__edition", "started_by", "confirmed_by", "undone_by"
    )


# --- The draft ------------------------------------------------------------------------------------

_PLAIN = ("level_id", "parent_id", "position", *(f"{name}_id" if name == "organization" else name for name in SINGLE), "place_id", "change_reason")  # fmt: skip


def rows_of(edition: Edition, nodes: Collection[int] | None = None) -> dict[int, dict[str, Any]]:
    """Return all that an edition says of its nodes, or of some, as JSON can hold it, by the keys of the nodes."""
    versions = NodeVersion.objects.filter(edition=edition)
    if nodes is not None:
        versions = versions.filter(node__in=nodes)
    found: dict[int, dict[str, Any]] = {
        row.pop("node_id"): row for row in versions.order_by("position", "pk").values("node_id", *_PLAIN)
    }
    for row in found.values():
        row.update({name: [] for name in SEVERAL}, funding=[])
    for name in SEVERAL:
        field: Any = NodeVersion._meta.get_field(name)
        through = getattr(NodeVersion, name).through
        mine, other = field.m2m_field_name(), field.m2m_reverse_field_name()
        pairs = through.objects.filter(**{f"{mine}__in": versions.order_by().values("pk")})
        for node, key in pairs.values_list(f"{mine}__node", f"{other}_id").order_by(f"{other}_id"):
            found[node][name].append(key)
    money = Funding.objects.filter(version__in=versions.order_by().values("pk")).order_by(
        "source", "fund", F("year").asc(nulls_first=True)
    )
    for node, source, fund, year, planned in money.values_list("version__node", "source", "fund", "year", "planned"):
        found[node]["funding"].append([source, fund, year, str(planned)])
    return found


def stored_nodes(edition: Edition) -> list[Stored]:
    """Return what a draft says of its nodes, and how they are going, in their order."""
    letters = dict(edition.plan.levels.values_list("pk", "letter"))
    earlier = NodeVersion.objects.filter(node=OuterRef("node")).exclude(edition=edition)
    about = {
        node: (kind, state or "", percent, stood)
        for node, kind, state, percent, stood in edition.versions.order_by()
        .annotate(stood=Exists(earlier))
        .values_list("node", "node__kind", "node__latest__state", "node__latest__percent", "stood")
    }
    found = []
    for node, row in rows_of(edition).items():
        kind, state, percent, stood = about[node]
        values = {name: row[f"{name}_id" if name == "organization" else name] for name in SINGLE}
        values |= {name: row[name] for name in SEVERAL}
        funding = {(source, fund, year): Decimal(planned) for source, fund, year, planned in row["funding"]}
        found.append(
            Stored(node, kind, letters[row["level_id"]], row["parent_id"], values, funding, state, percent, stood)
        )
    return found


def rungs_of(plan: Plan) -> list[Rung]:
    """Return the levels of a plan as plain values, from the top."""
    return [
        Rung(level.letter, level.kind, level.name, level.plural, level.pattern, level.position, level.pk)
        for level in plan.levels.order_by("position")
    ]


# --- What is named --------------------------------------------------------------------------------


def known_names(plan: Plan, chosen: Mapping[str, str]) -> Known:
    """Return what a table can name; ``chosen``: what was chosen for this file, before what was chosen earlier."""
    organizations = list(Organization.objects.current().values_list("pk", "name", "parent"))
    remembered = {
        key: str(organization) if organization is not None else NOTE
        for key, organization in InstitutionName.objects.filter(owner=plan.owner_id).values_list("key", "organization")
    }
    return Known(
        organizations=_index((name_key(name), pk) for pk, name, _parent in organizations),
        labels={pk: name for pk, name, _parent in organizations},
        preferred=frozenset(pk for pk, _name, parent in organizations if plan.owner_id in (pk, parent)),
        chosen={**remembered, **{key: value for key, value in chosen.items() if value}},
        areas=_index((name_key(name), pk) for pk, name in Area.objects.values_list("pk", "name")),
        topics=_index((name_key(name), pk) for pk, name in Topic.objects.values_list("pk", "name")),
        goals=_index(
            (pointed_key(place, code), pk)
            for pk, slug, code in Goal.objects.values_list("pk", "list__slug", "code")
            for place in ("", slug)
        ),
        nodes=_index(
            (pointed_key(place, code or title), node)
            for node, slug, code, title in NodeVersion.objects.filter(edition__plan__in=plan.parents.all())
            .order_by()
            .values_list("node", "edition__plan__slug", "code", "title")
            .distinct()
            for place in (("", slug) if code else (slug,))
        ),
    )


def _index(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key, pk in pairs:
        if pk not in (there := found.setdefault(key, [])):
            there.append(pk)
    return found


# --- A run ----------------------------------------------------------------------------------------


def sheet_of(run: ImportRun, sheets: list[Sheet] | None = None) -> Sheet | None:
    """Return the chosen table of a run; nothing once the file has been forgotten."""
    found = sheets_of(run) if sheets is None else sheets
    return found[min(run.sheet, len(found) - 1)] if found else None


def layout_of(run: ImportRun, sheet: Sheet) -> Layout:
    """Return how the chosen table is laid out."""
    return lay_out(sheet, run.header, run.plan_import.header_rows)


def columns_of(run: ImportRun) -> dict[int, Meaning]:
    """Return what the columns of a run mean."""
    found = ((int(column), unpacked(text)) for column, text in run.columns.items())
    return {column: meaning for column, meaning in found if meaning is not None}


def remembered(plan: Plan, names: list[str]) -> dict[str, str] | None:
    """Return what columns of these names meant the last time, or those of the latest table with most of them."""
    mappings = ColumnMapping.objects.filter(target=TARGET, owner=owner_key(plan))
    found = mappings.filter(signature=signature_of(names)).first()
    if found is None:
        keys = {name_key(name) for name in names} - {""}
        found = next(
            (
                one
                for one in mappings[:MAPPINGS_LOOKED_AT]
                if len(keys & set(one.columns)) >= ENOUGH_IN_COMMON * max(len(one.columns), 1)
            ),
            None,
        )
    return found.columns if found is not None else None


def difference_of(run: ImportRun, edition: Edition, sheet: Sheet, layout: Layout | None = None) -> Difference:
    """Return what the table of a run would change in a draft as it is now."""
    about: PlanImport = run.plan_import
    plan = edition.plan
    layout = layout or layout_of(run, sheet)
    columns = columns_of(run)
    rungs = rungs_of(plan)
    understood = understand(
        layout, Settings(columns, rungs, plan.years, about.works, thousands=about.thousands), sheet.failed
    )
    finder = Finder(known_names(plan, run.words.get("institutions", {})), layout.names)
    return Comparer(understood, finder, stored_nodes(edition), understood.rungs, columns).compare()


def names_for(edition: Edition, changes: Iterable[Change], difference: Difference) -> Names:
    """Return what the keys in some changes are called, in one query for each kind."""
    wanted: dict[str, set[int]] = {name: set() for name in ("areas", "topics", "goals", "serves")}
    for change in changes:
        for name, values in change.fields.items():
            if name in wanted:
                wanted[name] |= {key for value in values for key in value}
    models: tuple[tuple[str, Any], ...] = (("areas", Area), ("topics", Topic), ("goals", Goal))
    by_field: dict[str, Mapping[int, str]] = {
        name: {row.pk: str(row) for row in model.objects.filter(pk__in=wanted[name])} if wanted[name] else {}
        for name, model in models
    }
    served = (
        NodeVersion.objects.filter(node__in=wanted["serves"]).order_by("edition__number") if wanted["serves"] else []
    )
    by_field["serves"] = {version.node_id: str(version) for version in served}
    by_field["organization"] = difference.organizations
    levels = {rung.letter: rung.name for rung in [*rungs_of(edition.plan), *difference.rungs]}
    nodes = {one.node: one.values["code"] or one.values["title"][:60] for one in difference.drafted}
    return Names(by_field, levels, nodes)
