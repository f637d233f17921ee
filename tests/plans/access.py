# SPDX-License-Identifier: EUPL-1.2
"""Who is answered what on the pages of plans."""

from typing import Any

from talka.plans.models import Plan
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

ROWS: list[Row] = [
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
