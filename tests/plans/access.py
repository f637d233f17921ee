# SPDX-License-Identifier: EUPL-1.2
"""Who is answered what on the pages of plans."""

from typing import Any

from talka.plans.models import Plan
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

ROWS: list[Row] = []


def draft_of_plan(world: World) -> list[Any]:
    """The address of the plan, once the draft of its next edition is begun."""
    plan = small(world).plan
    if not plan.editions.drafts().exists():
        start_edition(plan, name="RP 2025.1", by=world.carol)
    return [world.process.slug, plan.slug]


def decision_of_plan(world: World) -> list[Any]:
    """The address of a decision without a document."""
    return [*draft_of_plan(world), 1]


LEADS: dict[str, Any] = {"visitor": 302, "everyone": 403, "carol": 302}
"""Buttons of the workspace for those who write the plan."""

ROWS += [
    Row("plans:list_editions", of_plan, everyone=200),
    Row("plans:compare_editions", draft_of_plan, everyone=404, carol=200, clara=200, leo=200, root=200),
    Row("plans:download_decision", decision_of_plan, everyone=404),
    Row("plans:show_year", of_plan, everyone=200),
    Row("plans:export_year", lambda world: [*of_plan(world), 2025, "csv"], everyone=200),
    Row("plans:list_unfunded", of_plan, everyone=200),
    Row("plans:export_unfunded", lambda world: [*of_plan(world), "xlsx"], everyone=200),
    Row("plans:manage_editions", of_plan, **SEES),
    Row("plans:start_edition", of_plan, **RUNS),
    Row("plans:change_edition", draft_of_plan, **RUNS),
    Row("plans:show_edition", draft_of_plan, method="post", **LEADS),
    Row("plans:approve_edition", draft_of_plan, **RUNS),
    Row("plans:discard_edition", draft_of_plan, **RUNS),
    Row("plans:explain_changes", draft_of_plan, **RUNS),
    Row("plans:show_draft_history", draft_of_plan, **RUNS),
]
