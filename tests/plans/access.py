# SPDX-License-Identifier: EUPL-1.2
"""Who is answered what on the pages of plans."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from talka.core import clock
from talka.imports.operations import preparing
from talka.imports.reading import read_tables
from talka.plans.documents.making import Wish
from talka.plans.indicator_imports import IndicatorsTarget
from talka.plans.models import NodeDocument, Plan, UnclearReply, UpdateRequest
from talka.plans.operations.documents import add_document
from talka.plans.operations.documents_out import ask_document, make_document
from talka.plans.operations.editions import start_edition
from talka.plans.operations.indicators import compare_indicator
from talka.plans.operations.nodes import assign_owner
from talka.plans.operations.progress import update_progress
from talka.plans.operations.replies import take_reply
from talka.plans.operations.rounds import open_round
from talka.plans.queries.imports import runs_of
from talka.plans.value_imports import ValuesTarget
from tests.access import Row, World
from tests.imports.samples import csv_of
from tests.plans.factories import SmallPlan, make_plan
from tests.plans.importing import sent

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


def asked(world: World) -> UpdateRequest:
    """Return the request of a round in which dora was asked about an action and an investment."""
    plan = small(world)
    found = UpdateRequest.objects.filter(round__plan=plan.plan).first()
    if found is not None:
        return found
    for version in (plan.action, plan.investment):
        assign_owner(version.node, owner=world.dora.person, by=world.carol)
    due_on = clock.today() + timedelta(days=14)
    return open_round(plan.plan, name="Aptauja", due_on=due_on, by=world.carol).requests.get()


def unclear(world: World) -> UnclearReply:
    """Return a reply to that request that says nothing clear."""
    taken = take_reply(
        asked(world), text="Paldies!", mail_key="<a@example.lv>", from_address=world.dora.email, received_at=clock.now()
    )
    return taken.unclear or UnclearReply.objects.get(request=asked(world))


def _of_action(world: World) -> list[Any]:
    asked(world)
    return [*of_plan(world), small(world).action.node_id]


def _of_update(world: World) -> list[Any]:
    parts = _of_action(world)
    update = update_progress(small(world).action.node, state="under_way", by=world.carol)
    return [*parts, update.pk]


def _of_asked(world: World) -> list[Any]:
    asked(world)
    return of_plan(world)


OWNS: dict[str, Any] = {**RUNS, "dora": 200}
"""Pages of what somebody answers for, and of those who write the plan."""

UPDATES: list[Row] = [
    Row("plans:answer_round", lambda w: [asked(w).secret], everyone=200),
    Row("plans:answer_round", lambda _w: ["nav-tada-raksta-noslepuma"], everyone=404),
    Row("plans:answer_owed", _of_asked, visitor=302, everyone=403, dora=200),
    Row("plans:list_owing", _of_asked, **SEES),
    Row("plans:open_round", of_plan, **RUNS),
    Row("plans:remind_owners", _of_asked, method="post", visitor=302, everyone=403, carol=302),
    Row("plans:settle_reply", lambda w: [*of_plan(w), unclear(w).pk], **{**RUNS, "clara": 404, "leo": 404}),
    Row("plans:set_aside_reply", lambda w: [*of_plan(w), unclear(w).pk], **{**RUNS, "clara": 404, "leo": 404}),
    Row("plans:update_node", _of_action, **OWNS),
    Row("plans:retract_update", _of_update, **RUNS),
    Row("plans:hand_over", lambda w: [asked(w).round.plan.process.slug], **OWNS),
]

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
    Row("plans:move_level", of_level, method="post", data=lambda _w: {"direction": "up"}, **PRESSES),
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


def of_import(world: World) -> list[Any]:
    """The address of a table that has been sent for the draft of the plan."""
    plan, address = small(world).plan, of_draft(world)
    run = runs_of(plan).first() or sent(plan, csv_of([("Kods", "Nosaukums"), ("R9", "Soliņi")]), by=world.carol)
    return [*address, run.pk]


IMPORTING = [
    Row("plans:list_plan_imports", of_plan, **RUNS),
    Row("plans:start_plan_import", of_draft, **RUNS),
    Row("plans:choose_plan_table", of_import, **RUNS),
    Row("plans:map_plan_import", of_import, **RUNS),
    Row("plans:preview_plan_import", of_import, **RUNS),
    Row("plans:show_plan_import", of_import, **PRESSES),
    Row("plans:undo_plan_import", of_import, **PRESSES),
    Row("plans:discard_plan_import", of_import, method="post", **PRESSES),
]


def of_download(kind: str, name: str) -> Callable[[World], list[Any]]:
    """Return what gives the address of a document of the plan."""
    return lambda world: [*of_plan(world), kind, name]


def of_made(world: World) -> list[Any]:
    """The address of a document that has been made for everybody."""
    edition = small(world).edition
    document = ask_document(edition, Wish("actions", "xlsx", "lv"), by=world.carol)
    make_document(document.pk)
    return [*of_plan(world), document.pk]


TAKING = [
    Row("plans:list_downloads", of_plan, everyone=200),
    Row("plans:download_plan", of_download("whole", "json"), everyone=200),
    Row("plans:download_plan", of_download("working", "xlsx"), everyone=403, carol=200, clara=200, leo=200),
    Row("plans:ask_document", of_download("whole", "pdf"), method="post", everyone=302),
    Row("plans:show_document", of_made, everyone=200),
    Row("plans:take_document", of_made, everyone=200),
    Row("plans:describe_data", everyone=200),
    Row("plans:data_dictionary", everyone=200),
]

ROWS: list[Row] = [*PUBLIC, *INDICATORS, *EDITIONS, *UPDATES, *WRITING, *IMPORTING, *TAKING]
