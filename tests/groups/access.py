# SPDX-License-Identifier: EUPL-1.2
"""Who is answered what on the workspace pages of working groups."""

from typing import Any

from talka.groups.applicants import Applicant
from talka.groups.operations.applications import enter_application
from talka.groups.operations.asking import plan_action
from tests.access import Row, World


def of_group(world: World) -> list[Any]:
    """The address of the group."""
    return [world.process.slug, world.group.slug]


def of_a_member(world: World) -> list[Any]:
    """The address of the mandate of the group's ordinary member."""
    return [*of_group(world), world.group.mandates.get(function="member").pk]


RUNS: dict[str, Any] = {"visitor": 302, "everyone": 403, "carol": 200}
LEADS: dict[str, Any] = {**RUNS, "leo": 200}

WORKS: dict[str, Any] = {**RUNS, "clara": 200, "leo": 200}


def of_an_action(world: World) -> list[Any]:
    """The address of what the group asks for, in the list of those who write the plan."""
    action = world.group.planned_actions.first() or plan_action(world.group, title="Pāreja", by=world.carol)
    return [world.process.slug, action.pk]


def of_a_groups_action(world: World) -> list[Any]:
    """The address of what the group asks for, among those of the group."""
    return [*of_group(world), of_an_action(world)[1]]


def of_an_application(world: World) -> list[Any]:
    """The secret of an application to the group."""
    applicant = Applicant(name="Anna", email="anna@test.example")
    application = world.group.applications.first() or enter_application(
        world.group, applicant=applicant, by=world.carol
    )
    return [application.secret]


ROWS = [
    Row("groups:apply_to_group", of_group, everyone=200),
    Row("groups:show_application", of_an_application, everyone=200),
    Row("groups:leave_group", of_group, visitor=302, everyone=404, bob=200, leo=200),
    Row("groups:manage_applications", of_group, **WORKS),
    Row("groups:enter_application", of_group, **WORKS),
    Row("groups:list_applications", lambda w: [w.process.slug], **WORKS),
    Row("groups:manage_groups", lambda w: [w.process.slug], visitor=302, everyone=403, carol=200, clara=200, leo=200),
    Row("groups:create_group", lambda w: [w.process.slug], **RUNS),
    Row("groups:manage_group", of_group, **LEADS),
    Row("groups:change_group", of_group, **LEADS),
    Row("groups:move_group", of_group, method="post", visitor=302, everyone=403, carol=302),
    Row("groups:close_group", of_group, **RUNS),
    Row("groups:reopen_group", of_group, method="post", visitor=302, everyone=403, carol=302),
    Row("groups:manage_actions", of_group, **LEADS),
    Row("groups:plan_action", of_group, **LEADS),
    Row("groups:change_action", of_a_groups_action, **LEADS),
    Row("groups:move_action", of_a_groups_action, method="post", visitor=302, everyone=403, carol=302, leo=302),
    Row("groups:remove_action", of_a_groups_action, method="post", visitor=302, everyone=403, carol=302, leo=302),
    Row("groups:list_planned_actions", lambda w: [w.process.slug], **WORKS),
    Row("groups:take_action", of_an_action, **RUNS),
    Row("groups:add_action_to_draft", of_an_action, **RUNS),
    Row("groups:refuse_action", of_an_action, **RUNS),
    Row("groups:reconsider_action", of_an_action, method="post", visitor=302, everyone=403, carol=302),
    Row("groups:seat_person", of_group, **LEADS),
    Row("groups:change_mandate", of_a_member, **LEADS),
    Row("groups:end_mandate", of_a_member, **LEADS),
]
