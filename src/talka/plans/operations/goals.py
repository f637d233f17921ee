# SPDX-License-Identifier: EUPL-1.2
"""Lists of goals above municipalities, kept by the administrator of the installation."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core.editing import check_unchanged
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.core.text import slug
from talka.plans.lines import GoalLine
from talka.plans.models import Goal, GoalList, NodeVersion


class GoalInUse(Refused):
    message = _("The goal “%(goal)s” is named in plans and cannot go. Do not offer the list any more instead.")


@transaction.atomic
def create_goal_list(*, name: str, goals: Iterable[GoalLine], by: User, **fields: Any) -> GoalList:
    """Add a list of goals, as the last one."""
    authorize(by, "plans.save_goal_list")
    part = slug(name, limit=45) or "goals"
    taken = set(GoalList.objects.values_list("slug", flat=True))
    last = GoalList.objects.aggregate(last=Max("position"))["last"]
    fields["slug"] = next(s for s in (part, *(f"{part}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
    goal_list = GoalList.objects.create(name=name, position=0 if last is None else last + 1, **fields)
    _set_goals(goal_list, goals)
    record("plans.save_goal_list", goal_list, by=by, name=name)
    return goal_list


@transaction.atomic
def change_goal_list(
    goal_list: GoalList, *, goals: Iterable[GoalLine], by: User, seen: str = "", **fields: Any
) -> None:
    """Change a list and its goals; a goal is known by its code, and one that plans name stays."""
    authorize(by, "plans.save_goal_list")
    stored = GoalList.objects.select_for_update().get(pk=goal_list.pk)
    check_unchanged(stored, [*fields, "goal_lines"], seen)
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(fields))
    _set_goals(stored, goals)
    record("plans.save_goal_list", stored, by=by, name=stored.name)


def _set_goals(goal_list: GoalList, goals: Iterable[GoalLine]) -> None:
    wanted = {line.code: line for line in goals}
    gone = goal_list.goals.exclude(code__in=wanted)
    used = gone.filter(pk__in=NodeVersion.goals.through.objects.values("goal")).first()
    if used is not None:
        raise GoalInUse(goal=used)
    gone.delete()
    for position, line in enumerate(wanted.values()):
        Goal.objects.update_or_create(
            list=goal_list, code=line.code,
            defaults={"name": line.name, "name_en": line.name_en, "position": position},
        )  # fmt: skip
