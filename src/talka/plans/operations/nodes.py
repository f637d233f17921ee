# SPDX-License-Identifier: EUPL-1.2
"""What stands in the draft of an edition: added, changed, removed."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names, check_unchanged
from talka.core.errors import Refused
from talka.core.ordering import put_in_order
from talka.core.permissions import authorize
from talka.directory.models import Person
from talka.notifications.models import Audience
from talka.plans.codes import make_code, numbers_of
from talka.plans.lines import FundingLine as FundingLine
from talka.plans.lines import seen_names
from talka.plans.models import Edition, FormerCode, Funding, Level, NodeVersion, PlanNode, Removal
from talka.plans.operations.editions import lock_draft
from talka.processes.newcomers import NewOrganization, NewPerson
from talka.processes.operations import enter_organization, enter_person

SETS = ("partners", "areas", "topics", "serves", "goals")
"""Fields of a version that hold several things."""


class WrongLevel(Refused):
    message = _("“%(name)s” cannot stand there: it belongs below a level further up.")


class CodeTaken(Refused):
    message = _("The code %(code)s stands in this edition already.")


class SomethingBelow(Refused):
    message = _("Something stands below this still. Move or remove that first.")


class SiblingGone(Refused):
    message = _("What it was to stand beside has been moved or removed meanwhile. Look at the tree and choose again.")


class ReasonMissing(Refused):
    message = _("Say why this is removed: it stood in the edition before.")


def check_code(edition: Edition, code: str | None, *, but: PlanNode | None = None) -> None:
    """Raise ``CodeTaken`` where another node of the edition has this code."""
    if code and edition.versions.filter(code=code).exclude(node=but).exists():
        raise CodeTaken(code=code)


def above_of(edition: Edition, parent: PlanNode | None) -> list[NodeVersion]:
    """Return what stands above a node below ``parent``, the nearest first; an empty list for what stands below nothing."""
    found: list[NodeVersion] = []
    while parent is not None:
        version = edition.versions.select_related("level", "parent").get(node=parent)
        found.append(version)
        parent = version.parent
    return found


def next_code(edition: Edition, level: Level, parent: PlanNode | None) -> str | None:
    """Return the code that the pattern of the level gives to one more node below ``parent``, or nothing."""
    if not level.pattern:
        return None
    numbers = {v.level.letter: numbers_of(v.level.pattern, v.code or "") for v in above_of(edition, parent)}
    taken = set(edition.versions.filter(code__isnull=False).values_list("code", flat=True))
    number = edition.versions.filter(level=level, parent=parent).count() + 1
    while (code := make_code(level.pattern, number, numbers)) in taken:
        number += 1
        if "{n}" not in level.pattern:
            return None
    return code or None


def check_place(edition: Edition, level: Level, parent: PlanNode | None) -> None:
    """Raise ``WrongLevel`` where a node of this level cannot stand below ``parent``."""
    if parent is None:
        return
    above = edition.versions.select_related("level").filter(node=parent).first()
    if above is None or above.level.position >= level.position or level.plan_id != edition.plan_id:
        raise WrongLevel(name=level.name)


def siblings(edition: Edition, parent: PlanNode | None) -> list[NodeVersion]:
    """Return what stands below ``parent`` in a locked draft, in its order."""
    return list(edition.versions.filter(parent=parent).order_by("position", "pk"))


def _position_after(edition: Edition, parent: PlanNode | None, after: PlanNode | None) -> int:
    """Return the place after a sibling, making room for it; without one, the place after the last."""
    if after is None:
        last = edition.versions.filter(parent=parent).aggregate(last=Max("position"))["last"]
        return 0 if last is None else last + 1
    row = siblings(edition, parent)
    place = next((number for number, version in enumerate(row) if version.node_id == after.pk), None)
    if place is None:
        raise SiblingGone
    put_in_order(row)
    edition.versions.filter(parent=parent, position__gt=place).update(position=F("position") + 1)
    return place + 1


def _organization(fields: dict[str, Any], by: User) -> None:
    """Enter the responsible institution where it is a new one."""
    if isinstance(fields.get("organization"), NewOrganization):
        fields["organization"] = enter_organization(fields["organization"], by=by)


@transaction.atomic
def create_node(
    edition: Edition,
    *,
    level: Level,
    title: str,
    by: User,
    parent: PlanNode | None = None,
    after: PlanNode | None = None,
    code: str | None = "",
    owner: Person | None = None,
    funding: Iterable[FundingLine] = (),
    **fields: Any,
) -> NodeVersion:
    """Add a part of the tree, an action or an investment to a draft, below ``parent``: after a sibling, else as the last one.

    An empty ``code`` is made by the pattern of the level, ``None`` is no code. ``fields``: those of ``NodeVersion``;
    ``organization`` may be a new one. Raises ``WrongLevel``, ``CodeTaken``, ``SiblingGone``.
    """
    authorize(by, "plans.create_node", edition)
    edition = lock_draft(edition)
    check_place(edition, level, parent)
    code = next_code(edition, level, parent) if code == "" else code
    check_code(edition, code)
    _organization(fields, by)
    position = _position_after(edition, parent, after)
    node = PlanNode.objects.create(
        plan_id=edition.plan_id,
        kind=level.kind,
        owner=owner,
        audience=Audience.objects.create(),
        created_at=clock.now(),
    )
    sets = {name: fields.pop(name) for name in SETS if name in fields}
    version = NodeVersion.objects.create(
        edition=edition, node=node, level=level, parent=parent, code=code, title=title,
        position=position, **fields,
    )  # fmt: skip
    for name, chosen in sets.items():
        getattr(version, name).set(chosen)
    set_funding(version, funding)
    record("plans.create_node", node, by=by, scope=edition.plan.process, title=title[:200])
    return version


@transaction.atomic
def change_node(
    version: NodeVersion,
    *,
    by: User,
    seen: str = "",
    funding: Iterable[FundingLine] | None = None,
    **fields: Any,
) -> NodeVersion:
    """Change what the draft says of a node, and who answers for it (``owner``); a code that it loses stays findable.

    Moving it is another verb. ``seen`` is the version of these fields when they were read.
    """
    authorize(by, "plans.change_node", version.node)
    edition = lock_draft(version.edition)
    stored = NodeVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    check_unchanged(stored, seen_names(fields, money=funding is not None), seen)
    _organization(fields, by)
    if "owner" in fields:
        assign_owner(stored.node, owner=fields.pop("owner"), by=by)
    if "code" in fields:
        fields["code"] = fields["code"] or None
        check_code(edition, fields["code"], but=stored.node)
        keep_code(stored, fields["code"])
    sets = {name: list(fields.pop(name)) for name in SETS if name in fields}
    changed = changed_names(stored, {**fields, **sets})
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(fields))
    for name, chosen in sets.items():
        getattr(stored, name).set(chosen)
    if funding is not None:
        before = stored.money_lines
        set_funding(stored, funding)
        changed += ["funding"] if stored.money_lines != before else []
    record(
        "plans.change_node", stored.node, by=by, scope=edition.plan.process, title=stored.title[:200], fields=changed,
    )  # fmt: skip
    return stored


def keep_code(version: NodeVersion, new: str | None) -> None:
    """Keep the code that a version is about to lose."""
    if version.code and version.code != new:
        FormerCode.objects.get_or_create(node_id=version.node_id, code=version.code)


def set_funding(version: NodeVersion, lines: Iterable[FundingLine]) -> None:
    """Let a version of a draft plan exactly this money; lines of the same source and year are added up."""
    rows: dict[tuple[str, str, int | None], Decimal] = {}
    for line in lines:
        key = (line.source, line.fund, line.year)
        rows[key] = rows.get(key, Decimal()) + line.planned
    version.funding.all().delete()
    Funding.objects.bulk_create(
        Funding(version=version, source=source, fund=fund, year=year, planned=planned)
        for (source, fund, year), planned in rows.items()
    )


@transaction.atomic
def remove_node(version: NodeVersion, *, by: User, reason: str = "") -> None:
    """Take a node out of a draft; one that stood in the edition before needs a reason, which is shown in the comparison."""
    authorize(by, "plans.remove_node", version.node)
    edition = lock_draft(version.edition)
    if edition.versions.filter(parent=version.node_id).exists():
        raise SomethingBelow
    stood = version.node.versions.exclude(edition=edition).exists()
    if stood and not reason:
        raise ReasonMissing
    keep_code(version, None)
    node = version.node
    NodeVersion.objects.filter(pk=version.pk).delete()
    if stood:
        Removal.objects.get_or_create(edition=edition, node=node, indicator=None, defaults={"reason": reason})
    record("plans.remove_node", node, by=by, scope=edition.plan.process, reason=reason, title=version.title[:200])


@transaction.atomic
def assign_owner(node: PlanNode, *, owner: Person | NewPerson | None, by: User) -> None:
    """Name the one person who answers for an action or investment; a new one is entered, and invited if so wished."""
    authorize(by, "plans.assign_owner", node)
    if isinstance(owner, NewPerson):
        owner = enter_person(node.plan.process, owner, by=by)
    node = PlanNode.objects.select_for_update(of=("self",)).get(pk=node.pk)
    if node.owner == owner:
        return
    node.owner = owner
    node.save(update_fields=["owner"])
    record("plans.assign_owner", node, by=by, scope=node.plan.process)
