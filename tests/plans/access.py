# SPDX-License-Identifier: EUPL-1.2
"""Who is answered what on the pages of plans."""

from typing import Any

from talka.imports.operations import preparing
from talka.imports.reading import read_tables
from talka.plans.models import Plan
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


def of_action(world: World) -> list[Any]:
    """The address of an action."""
    return [*of_plan(world), small(world).action.node_id]


def of_hidden(world: World) -> list[Any]:
    """The address of a plan that is not published."""
    of_plan(world)
    hidden = Plan.objects.filter(process=world.process, published_at__isnull=True).first()
    hidden = hidden or make_plan(world.process, by=world.carol, title="Slēpts plāns", approved=True).plan
    return [world.process.slug, hidden.slug]


WORKS: dict[str, Any] = {"everyone": 404, "carol": 200, "clara": 200, "leo": 200, "root": 200}
"""Public pages of what is not published, for whoever works in the process."""

PUBLIC: list[Row] = [
    Row("plans:list_plans", everyone=200),
    Row("plans:show_plan", of_plan, everyone=200),
    Row("plans:show_plan", of_hidden, **WORKS),
    Row("plans:show_dashboard", of_plan, everyone=200),
    Row("plans:show_dashboard", of_hidden, **WORKS),
    Row("plans:show_map", of_plan, everyone=200),
    Row("plans:show_map", of_hidden, **WORKS),
    Row("plans:map_points", of_plan, everyone=200),
    Row("plans:map_points", of_hidden, **WORKS),
    Row("plans:open_code", lambda w: [*of_plan(w), "R1.1.1.1"], everyone=302),
    Row("plans:open_code", lambda w: [*of_plan(w), "X9"], everyone=404),
    Row("plans:show_node", of_action, everyone=200),
    Row("plans:follow_node", of_action, everyone=200),
    Row("plans:download_document", lambda w: [*of_action(w), 1], everyone=404),
]


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


EVERYBODY: dict[str, Any] = {"everyone": 200}
WRITES: dict[str, Any] = {**RUNS, "carol": 302}
"""Buttons in the workspace for those who write the plan."""

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
    Row("plans:start_import_of_values", of_plan, **RUNS),
    *(
        Row(f"plans:{name}_of_values", value_import, **RUNS, method=method)
        for name, method in (("choose_table", "get"), ("map_columns", "get"), ("export_wrong_lines", "get"))
    ),
    *(
        Row(f"plans:{name}_of_values", value_import, **WRITES, method=method)
        for name, method in (
            ("preview_import", "get"), ("show_import", "get"), ("undo_import", "get"), ("discard_import", "post"),
            ("confirm_import", "get"), ("resume_import", "get"),
        )
    ),
    Row("plans:create_indicator", lambda world: in_draft(world)[:2], **RUNS),
    Row("plans:change_indicator", in_draft, **RUNS),
    Row("plans:remove_indicator", in_draft, **RUNS),
    Row("plans:move_indicator", in_draft, **WRITES, method="post", data=lambda _world: {"direction": "up"}),
]  # fmt: skip

ROWS: list[Row] = [*INDICATORS]
