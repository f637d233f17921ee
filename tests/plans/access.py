# SPDX-License-Identifier: EUPL-1.2
"""Who is answered what on the pages of plans."""

from typing import Any

from talka.plans.models import Plan
from talka.plans.operations.editions import start_edition
from talka.plans.queries.imports import runs_of
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


def of_import(world: World) -> list[Any]:
    """The address of a table that has been sent for the draft of the plan."""
    plan = small(world).plan
    if not plan.editions.drafts().exists():
        start_edition(plan, name="RP 2025.1", by=world.carol)
    run = runs_of(plan).first()
    if run is None:
        run = sent(plan, csv_of([("Kods", "Nosaukums"), ("R9", "Soliņi")]), by=world.carol)
    return [*of_plan(world), run.pk]


def of_draft(world: World) -> list[Any]:
    """The address of the plan, of which an edition is being worked on."""
    return of_import(world)[:-1]


ROWS: list[Row] = [
    Row("plans:list_plan_imports", of_plan, **RUNS),
    Row("plans:start_plan_import", of_draft, **RUNS),
    Row("plans:choose_plan_table", of_import, **RUNS),
    Row("plans:map_plan_import", of_import, **RUNS),
    Row("plans:preview_plan_import", of_import, **RUNS),
    Row("plans:show_plan_import", of_import, visitor=302, everyone=403, carol=302),
    Row("plans:undo_plan_import", of_import, visitor=302, everyone=403, carol=302),
    Row("plans:discard_plan_import", of_import, method="post", visitor=302, everyone=403, carol=302),
]
