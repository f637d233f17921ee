# SPDX-License-Identifier: EUPL-1.2
"""Who is answered what on the pages of plans."""

from typing import Any

from talka.imports.operations import preparing
from talka.imports.reading import read_tables
from talka.plans.indicator_imports import IndicatorsTarget
from talka.plans.models import NodeDocument, Plan
from talka.plans.operations.documents import add_document
from talka.plans.operations.editions import start_edition
from talka.plans.operations.indicators import compare_indicator
from talka.plans.value_imports import ValuesTarget
from tests.access import Row, World
from tests.plans.factories import SmallPlan, make_plan

_made: dict[int, SmallPlan] = {}


def small(world: World) -> SmallPlan:
    """Return the published plan of the world's process, with an approved edition and the draft of the next."""
    plan = Plan.objects.filter(process=world.process).first()
    if plan is None or plan.pk not in _made:
        made = make_plan(world.process, by=world.carol, published=True)
        _made[made.plan.pk] = made
        return made
    return _made[plan.pk]


def of_plan(world: World) -> list[Any]:
    """The address of the plan."""
    return [world.process.slug, small(world).plan.slug]


RUNS: dict[str, Any] = {"visitor": 302, "everyone": 403, "carol": 200}
"""Pages of the workspace for those who write the plan."""
SEES: dict[str, Any] = {**RUNS, "clara": 200, "leo": 200}
"""Pages of the workspace for whoever works in the process."""


def indicator(world: World) -> list[Any]:
    """The address of an indicator of the plan."""
    return [*of_plan(world), small(world).indicator.indicator_id]


def in_draft(world: World) -> list[Any]:
    """The address of an indicator of a plan that is being worked on."""
    plan = small(world).plan
    if not plan.editions.drafts().exists():
        start_edition(plan, name="RP 2025.1", by=world.carol)
    return indicator(world)


def compared(world: World) -> list[Any]:
    """The address of a measure that the plan publishes."""
    version = small(world).indicator
    version.indicator.refresh_from_db()
    if version.indicator.measure is None:
        compare_indicator(version, measure=None, new="Veloceliņu garums", by=world.carol)
    return [version.indicator.measure_id]


def value_import(world: World) -> list[Any]:
    """The address of an import of values."""
    plan = small(world).plan
    sheets = read_tables("rādītājs,gads,vērtība\nVeloceliņu garums,2024,5\n".encode())
    run = preparing.start_import(
        ValuesTarget(plan), file_name="v.csv", sha256="0" * 64, sheets=sheets, by=world.carol, language="lv"
    )
    return [*of_plan(world), run.pk]


def indicator_import(world: World) -> list[Any]:
    """The address of an import of indicators."""
    plan = small(world).plan
    if not plan.editions.drafts().exists():
        start_edition(plan, name="RP 2025.1", by=world.carol)
    sheets = read_tables("rādītājs,mērvienība\nRinda,skaits\n".encode())
    run = preparing.start_import(
        IndicatorsTarget(plan), file_name="r.csv", sha256="1" * 64, sheets=sheets, by=world.carol, language="lv"
    )
    return [*of_plan(world), run.pk]


EVERYBODY: dict[str, Any] = {"everyone": 200}
WRITES: dict[str, Any] = {**RUNS, "carol": 302}
"""Buttons in the workspace for those who write the plan."""


def imports(what: str, run: Any) -> list[Row]:
    """The pages about imports of values or of indicators."""
    get, post = ("choose_table", "map_columns", "export_wrong_lines"), ("discard_import",)
    elsewhere = ("preview_import", "show_import", "undo_import", "confirm_import", "resume_import")
    return [
        Row(f"plans:start_import_of_{what}", lambda world: run(world)[:2], **RUNS),
        *(Row(f"plans:{name}_of_{what}", run, **RUNS) for name in get),
        *(Row(f"plans:{name}_of_{what}", run, **WRITES) for name in elsewhere),
        *(Row(f"plans:{name}_of_{what}", run, **WRITES, method="post") for name in post),
    ]


INDICATORS: list[Row] = [
    Row("plans:list_indicators", of_plan, **EVERYBODY),
    Row("plans:export_indicators", of_plan, **EVERYBODY),
    Row("plans:show_indicator", indicator, **EVERYBODY),
    Row("plans:export_indicator", indicator, **EVERYBODY),
    Row("plans:list_measures", **EVERYBODY),
    Row("plans:compare_measure", compared, **EVERYBODY),
    Row("plans:export_measure", compared, **EVERYBODY),
    Row("plans:record_own_values", visitor=302, everyone=200),
    Row("plans:record_own_values", lambda _world: [2024], visitor=302, everyone=200),
    Row("plans:manage_indicators", of_plan, **SEES),
    Row("plans:record_values_of_year", of_plan, **RUNS),
    Row("plans:record_values_of_year", lambda world: [*of_plan(world), 2024], **RUNS),
    Row("plans:record_values_of_indicator", indicator, **SEES),
    Row("plans:assign_indicator", indicator, **RUNS),
    Row("plans:compare_indicator", indicator, **RUNS),
    *(row for what, run in (("values", value_import), ("indicators", indicator_import)) for row in imports(what, run)),
    Row("plans:create_indicator", lambda world: in_draft(world)[:2], **RUNS),
    Row("plans:change_indicator", in_draft, **RUNS),
    Row("plans:remove_indicator", in_draft, **RUNS),
    Row("plans:move_indicator", in_draft, **WRITES, method="post", data=lambda _world: {"direction": "up"}),
]  # fmt: skip

PRESSES: dict[str, Any] = {**RUNS, "carol": 302}
"""Buttons for those who write the plan."""


def of_process(world: World) -> list[Any]:
    """The address of the process."""
    return [world.process.slug]


def of_level(world: World) -> list[Any]:
    """The address of the level of priorities."""
    return [*of_plan(world), small(world).levels["p"].pk]


def of_unused_level(world: World) -> list[Any]:
    """The address of a level on which nothing stands."""
    plan = small(world).plan
    level, _new = plan.levels.get_or_create(letter="z", defaults={"name": "posms", "plural": "posmi", "position": 9})
    return [*of_plan(world), level.pk]


def of_node(world: World) -> list[Any]:
    """The address of an action in the draft of the next edition."""
    made = small(world)
    if not made.plan.editions.drafts().exists():
        start_edition(made.plan, name="RP 2025.1", by=world.carol)
    return [*of_plan(world), made.action.node_id]


def of_new(world: World) -> list[Any]:
    """The address of the form for a new action."""
    return [*of_node(world)[:2], small(world).levels["r"].pk]


def of_draft(world: World) -> list[Any]:
    """The address of a plan with a draft."""
    return of_node(world)[:2]


def of_document(world: World) -> list[Any]:
    """The address of a document of the action."""
    address, node = of_node(world), small(world).action.node
    document = NodeDocument.objects.filter(node=node).first()
    document = document or add_document(node, title="Tāme", url="https://example.lv/tame", by=world.carol)
    return [*address[:2], document.pk]


def another_reason(_world: World) -> dict[str, Any]:
    """Why a plan is hidden."""
    return {"reason": "Pārbaudām datus"}


WRITING = [
    Row("plans:manage_plans", of_process, **SEES),
    Row("plans:create_plan", of_process, **RUNS),
    Row("plans:manage_plan", of_plan, **SEES),
    Row("plans:change_plan", of_plan, **RUNS),
    Row("plans:change_parents", of_plan, **RUNS),
    Row("plans:publish_plan", of_plan, method="post", **PRESSES),
    Row("plans:unpublish_plan", of_plan, method="post", data=another_reason, **PRESSES),
    Row("plans:manage_levels", of_plan, **RUNS),
    Row("plans:add_level", of_plan, **RUNS),
    Row("plans:show_example", of_plan, **RUNS),
    Row("plans:change_level", of_level, **RUNS),
    Row("plans:move_level", of_level, method="post", data=lambda _world: {"direction": "up"}, **PRESSES),
    Row("plans:remove_level", of_unused_level, method="post", **PRESSES),
    Row("plans:renumber_nodes", of_draft, **RUNS),
    Row("plans:create_node", of_new, **RUNS),
    Row("plans:change_node", of_node, **RUNS),
    Row("plans:move_node", of_node, **RUNS),
    Row("plans:remove_node", of_node, **RUNS),
    Row("plans:assign_owner", of_node, **RUNS),
    Row("plans:change_serves", of_node, **RUNS),
    Row("plans:add_document", of_node, **RUNS),
    Row("plans:remove_document", of_document, method="post", **PRESSES),
    Row("plans:download_document", of_document, everyone=404),
    Row("plans:list_goals", visitor=302, everyone=403, root=200),
    Row("plans:create_goal_list", visitor=302, everyone=403, root=200),
    Row("plans:change_goal_list", lambda _w: ["sdg"], visitor=302, everyone=403, root=200),
]

EDITIONS = [
    Row("plans:list_editions", of_plan, everyone=200),
    Row("plans:compare_editions", of_draft, everyone=404, carol=200, clara=200, leo=200, root=200),
    Row("plans:download_decision", lambda world: [*of_draft(world), 1], everyone=404),
    Row("plans:show_year", of_plan, everyone=200),
    Row("plans:export_year", lambda world: [*of_plan(world), 2025, "csv"], everyone=200),
    Row("plans:list_unfunded", of_plan, everyone=200),
    Row("plans:export_unfunded", lambda world: [*of_plan(world), "xlsx"], everyone=200),
    Row("plans:manage_editions", of_plan, **SEES),
    Row("plans:start_edition", of_plan, **RUNS),
    Row("plans:change_edition", of_draft, **RUNS),
    Row("plans:show_edition", of_draft, method="post", **PRESSES),
    Row("plans:approve_edition", of_draft, **RUNS),
    Row("plans:discard_edition", of_draft, **RUNS),
    Row("plans:explain_changes", of_draft, **RUNS),
    Row("plans:show_draft_history", of_draft, **RUNS),
]

ROWS: list[Row] = [*WRITING, *EDITIONS]
ROWS: list[Row] = [*WRITING, *INDICATORS]
