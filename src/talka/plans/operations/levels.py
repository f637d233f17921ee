# SPDX-License-Identifier: EUPL-1.2
"""The levels of a plan: renamed, put in another order, removed while nothing stands on them."""

from typing import Any

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core.editing import check_unchanged
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.plans.models import Level, NodeVersion, Plan


class LevelInUse(Refused):
    message = _("Something stands on the level “%(name)s” already, in this edition or an earlier one.")


class LevelAbove(Refused):
    message = _(
        "Something of the level “%(lower)s” stands below something of the level “%(upper)s”; their order stays."
    )


class LetterTaken(Refused):
    message = _("Another level of this plan has the letter “%(letter)s”.")


def check_letter(plan: Plan, letter: str, *, but: Level | None = None) -> None:
    """Raise ``LetterTaken`` where another level of the plan has this letter."""
    if any(level != but for level in plan.levels.filter(letter=letter)):
        raise LetterTaken(letter=letter)


@transaction.atomic
def change_level(level: Level, *, by: User, seen: str = "", **fields: Any) -> None:
    """Change what a level is called, its letter and its pattern; its kind only while nothing stands on it.

    Codes that are given stay until somebody renumbers.
    """
    authorize(by, "plans.save_level", level.plan)
    Plan.objects.select_for_update().get(pk=level.plan_id)
    stored = Level.objects.select_for_update().get(pk=level.pk)
    check_unchanged(stored, fields, seen)
    if fields.get("kind", stored.kind) != stored.kind and stored.versions.exists():
        raise LevelInUse(name=stored.name)
    if "letter" in fields:
        check_letter(level.plan, fields["letter"], but=stored)
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(fields))
    record("plans.save_level", level.plan, by=by, scope=level.plan.process, level=stored.name)


@transaction.atomic
def move_level(level: Level, *, by: User, up: bool) -> None:
    """Let a level change places with the one above or below it, unless what stands on them stands one below the other."""
    authorize(by, "plans.save_level", level.plan)
    Plan.objects.select_for_update().get(pk=level.plan_id)
    row = list(level.plan.levels.all())
    place = row.index(level)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(row):
        return
    upper, lower = (row[other], row[place]) if up else (row[place], row[other])
    above = NodeVersion.objects.filter(edition=OuterRef("edition"), node=OuterRef("parent")).values("level")[:1]
    if lower.versions.annotate(above=Subquery(above)).filter(above=upper.pk).exists():
        raise LevelAbove(lower=lower.name, upper=upper.name)
    row[place], row[other] = row[other], row[place]
    with connection.cursor() as cursor:
        # One statement: the places are each taken once at its end, not in between.
        cursor.execute(
            "UPDATE plans_level l SET position = n.position FROM unnest(%s::bigint[], %s::int[]) AS n(id, position) WHERE l.id = n.id",
            [[one.pk for one in row], list(range(len(row)))],
        )
    record("plans.save_level", level.plan, by=by, scope=level.plan.process, level=level.name)


@transaction.atomic
def remove_level(level: Level, *, by: User) -> None:
    """Remove a level on which nothing stands."""
    authorize(by, "plans.save_level", level.plan)
    Plan.objects.select_for_update().get(pk=level.plan_id)
    if level.versions.exists():
        raise LevelInUse(name=level.name)
    name = level.name
    Level.objects.filter(pk=level.pk).delete()
    record("plans.remove_level", level.plan, by=by, scope=level.plan.process, level=name)
