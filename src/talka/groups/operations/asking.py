# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names, check_unchanged
from talka.core.errors import Refused
from talka.core.ordering import move_by_one
from talka.core.permissions import authorize
from talka.groups.models import PlannedAction, WorkingGroup
from talka.plans.models import Edition, NodeVersion, PlanNode
from talka.plans.operations.nodes import create_node
from talka.plans.queries.finding import linkable


class ActionDecided(Refused):
    message = _("It has been decided whether this is taken into the plan. Have the decision taken back first.")


class NotWithinReach(Refused):
    message = _("This part of a plan cannot be linked: it belongs to another municipality, or you do not see it.")


@transaction.atomic
def plan_action(group: WorkingGroup, *, title: str, by: User, **fields: Any) -> PlannedAction:
    """Write down an action that a group asks for, as the last of its list."""
    authorize(by, "groups.plan_action", group)
    WorkingGroup.objects.select_for_update().get(pk=group.pk)
    last = group.planned_actions.aggregate(last=Max("position"))["last"]
    action = PlannedAction.objects.create(
        group=group,
        title=title,
        created_by=by,
        created_at=clock.now(),
        position=0 if last is None else last + 1,
        **fields,
    )
    record("groups.plan_action", action, by=by, scope=group.process)
    return action


def _lock_action(action: PlannedAction) -> PlannedAction:
    rows = PlannedAction.objects.select_for_update(of=("self",)).select_related("group__process")
    return rows.get(pk=action.pk)


def _undecided(action: PlannedAction) -> PlannedAction:
    """Return the action, locked; raise ``ActionDecided`` once it is taken in or refused."""
    locked = _lock_action(action)
    if locked.state != PlannedAction.State.WAITING:
        raise ActionDecided
    return locked


@transaction.atomic
def change_action(action: PlannedAction, *, by: User, seen: str = "", **fields: Any) -> None:
    """Change what a group asks for, until it is decided."""
    authorize(by, "groups.change_action", action)
    locked = _undecided(action)
    check_unchanged(locked, fields, seen)
    changed = changed_names(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    record("groups.change_action", locked, by=by, scope=locked.group.process, fields=changed)


@transaction.atomic
def move_action(action: PlannedAction, *, by: User, up: bool) -> None:
    """Move what a group asks for one place up or down in its list; at the end of the list nothing happens."""
    authorize(by, "groups.move_action", action)
    WorkingGroup.objects.select_for_update().get(pk=action.group_id)
    if move_by_one(PlannedAction.objects.filter(group=action.group), action, up=up):
        record("groups.move_action", action, by=by, scope=action.group.process)


@transaction.atomic
def remove_action(action: PlannedAction, *, by: User) -> None:
    """Remove what a group asks for, until it is decided."""
    authorize(by, "groups.remove_action", action)
    locked = _undecided(action)
    record("groups.remove_action", locked, by=by, scope=locked.group.process)
    locked.delete()


def _decide(action: PlannedAction, *, by: User, node: PlanNode | None = None, because: str = "") -> None:
    action.node, action.refused_because = node, because
    action.decided_at, action.decided_by = clock.now(), by
    action.save(update_fields=["node", "refused_because", "decided_at", "decided_by"])


@transaction.atomic
def take_action(action: PlannedAction, *, node: PlanNode, by: User) -> None:
    """Take what a group asks for into a plan, as the node that stands there already."""
    authorize(by, "groups.take_action", action)
    locked = _undecided(action)
    if not linkable(by, locked.group.process).filter(pk=node.pk).exists():
        raise NotWithinReach
    _decide(locked, by=by, node=node)
    record("groups.take_action", locked, by=by, scope=locked.group.process, node=node.pk)


@transaction.atomic
def add_action_to_draft(action: PlannedAction, *, edition: Edition, by: User, **fields: Any) -> NodeVersion:
    """Take what a group asks for into the draft of a plan, as a new node. ``fields``: as of ``create_node``."""
    authorize(by, "groups.take_action", action)
    version = create_node(edition, by=by, **fields)
    take_action(action, node=version.node, by=by)
    return version


@transaction.atomic
def refuse_action(action: PlannedAction, *, reason: str, by: User) -> None:
    """Say why what a group asks for is not taken into the plan; the group and everybody read it."""
    authorize(by, "groups.refuse_action", action)
    locked = _undecided(action)
    _decide(locked, by=by, because=reason)
    record("groups.refuse_action", locked, by=by, scope=locked.group.process, reason=reason)


@transaction.atomic
def reconsider_action(action: PlannedAction, *, by: User) -> None:
    """Take back what was decided; what stands in the plan stays there."""
    authorize(by, "groups.reconsider_action", action)
    locked = _lock_action(action)
    if locked.state == PlannedAction.State.WAITING:
        return
    locked.node, locked.refused_because, locked.decided_at, locked.decided_by = None, "", None, None
    locked.save(update_fields=["node", "refused_because", "decided_at", "decided_by"])
    record("groups.reconsider_action", locked, by=by, scope=locked.group.process)
