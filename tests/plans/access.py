# SPDX-License-Identifier: EUPL-1.2
"""Who is answered what on the pages of plans."""

from typing import Any

from talka.plans.models import NodeDocument, Plan
from talka.plans.operations.documents import add_document
from talka.plans.operations.editions import start_edition
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

ROWS: list[Row] = [*WRITING]
