# SPDX-License-Identifier: EUPL-1.2
"""A plan begun, described, shown."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names, check_unchanged
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.core.text import slug
from talka.plans.models import Level, Plan
from talka.plans.operations.editions import start_edition
from talka.plans.structures import LevelDraft
from talka.processes.models import Process


class NothingToShow(Refused):
    message = _(
        "This plan has neither an approved edition, nor a draft that is shown, nor an address. There is nothing to publish."
    )


class ServesItself(Refused):
    message = _("“%(title)s” is part of this plan's own chain; a plan cannot serve itself.")


@transaction.atomic
def create_plan(
    process: Process,
    *,
    title: str,
    kind: str,
    by: User,
    parents: Any = (),
    levels: Iterable[LevelDraft] = (),
    first_edition: str = "",
    **fields: Any,
) -> Plan:
    """Begin a plan in a process, with its levels and its first draft where they are named; its address comes from its title."""
    authorize(by, "plans.create_plan", process)
    Process.objects.select_for_update().get(pk=process.pk)
    fields.setdefault("owner", process.owner)
    part = slug(title)[:70] or "plan"
    taken = set(process.plans.values_list("slug", flat=True))
    last = process.plans.aggregate(last=Max("position"))["last"]
    plan = Plan.objects.create(
        process=process, title=title, kind=kind, position=0 if last is None else last + 1,
        slug=next(s for s in (part, *(f"{part}-{n}" for n in range(2, len(taken) + 3))) if s not in taken), **fields,
    )  # fmt: skip
    plan.parents.set(parents)
    Level.objects.bulk_create(
        Level(
            plan=plan, position=position, kind=one.kind, name=str(one.name), plural=str(one.plural),
            letter=one.letter, pattern=one.pattern,
        )
        for position, one in enumerate(levels)
    )  # fmt: skip
    record("plans.create_plan", plan, by=by, scope=process)
    if first_edition:
        start_edition(plan, name=first_edition, by=by)
    return plan


@transaction.atomic
def change_plan(plan: Plan, *, by: User, seen: str = "", parents: Any = None, **fields: Any) -> None:
    """Change what a plan says of itself; its address stays."""
    authorize(by, "plans.change_plan", plan)
    stored = Plan.objects.select_for_update().get(pk=plan.pk)
    check_unchanged(stored, [*fields, *(["parents"] if parents is not None else [])], seen)
    changed = changed_names(plan, fields)
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.save(update_fields=list(fields))
    if parents is not None:
        _set_parents(plan, list(parents))
    record("plans.change_plan", plan, by=by, scope=plan.process, fields=changed)


def _set_parents(plan: Plan, parents: list[Plan]) -> None:
    above, seen = list(parents), set()
    while above:
        one = above.pop()
        if one.pk == plan.pk:
            raise ServesItself(title=plan.title)
        if one.pk not in seen:
            seen.add(one.pk)
            above.extend(one.parents.all())
    plan.parents.set(parents)


@transaction.atomic
def publish_plan(plan: Plan, *, by: User) -> None:
    """Show a plan to whoever sees its process."""
    authorize(by, "plans.publish_plan", plan)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.published_at is not None:
        return
    editions = plan.editions
    if not plan.url and not (editions.approved().exists() or editions.filter(published_at__isnull=False).exists()):
        raise NothingToShow
    plan.published_at = clock.now()
    plan.save(update_fields=["published_at"])
    record("plans.publish_plan", plan, by=by, scope=plan.process)


@transaction.atomic
def unpublish_plan(plan: Plan, *, by: User, reason: str = "") -> None:
    """Hide a plan from all but those who work in its process."""
    authorize(by, "plans.unpublish_plan", plan)
    Plan.objects.filter(pk=plan.pk).update(published_at=None)
    record("plans.unpublish_plan", plan, by=by, scope=plan.process, reason=reason)


@transaction.atomic
def add_level(
    plan: Plan, *, name: str, plural: str, letter: str, by: User, kind: str = Level.Kind.GROUP, pattern: str = ""
) -> Level:
    """Add a level below those that a plan has."""
    authorize(by, "plans.save_level", plan)
    Plan.objects.select_for_update().get(pk=plan.pk)
    last = plan.levels.aggregate(last=Max("position"))["last"]
    level = Level.objects.create(
        plan=plan,
        name=name,
        plural=plural,
        letter=letter,
        kind=kind,
        pattern=pattern,
        position=0 if last is None else last + 1,
    )
    record("plans.save_level", plan, by=by, scope=plan.process, level=name)
    return level
