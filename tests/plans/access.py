# SPDX-License-Identifier: EUPL-1.2
"""Who is answered what on the pages of plans."""

from datetime import timedelta
from typing import Any

from talka.core import clock
from talka.plans.models import NodeDocument, Plan, UnclearReply, UpdateRequest
from talka.plans.operations.documents import add_document
from talka.plans.operations.editions import start_edition
from talka.plans.operations.nodes import assign_owner
from talka.plans.operations.progress import update_progress
from talka.plans.operations.replies import take_reply
from talka.plans.operations.rounds import open_round
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

ROWS: list[Row] = [
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
    Row("plans:move_level", of_level, method="post", **PRESSES),
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
