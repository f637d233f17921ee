# SPDX-License-Identifier: EUPL-1.2
"""The import of a table taken back: the draft as it was before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.imports.models import ImportRun
from talka.notifications.models import Audience
from talka.plans.importing.difference import SEVERAL
from talka.plans.models import (
    Edition,
    FormerCode,
    Funding,
    NodeVersion,
    PlanImport,
    PlanImportChange,
    PlanNode,
    ProgressUpdate,
    Removal,
)  # fmt: skip
from talka.plans.operations.editions import lock_draft
from talka.plans.operations.progress import renew_latest
from talka.plans.queries.imports import rows_of

BATCH = 500
_ACTION = PlanImportChange.Action


class SomeChangedSince(Refused):
    message = _("Some of what was imported has been changed since. Choose whether to put back the rest.")


class ImportNotTaken(Refused):
    message = _("This import has not been taken, or has been undone already.")


@dataclass(frozen=True)
class Stays:
    """A node that is not put back, and why."""

    change: PlanImportChange
    why: str | Promise


def what_stays(about: PlanImport) -> list[Stays]:
    """Return the nodes of an import that were changed since, or on which something hangs that came later."""
    changes = list(about.changes.filter(undone_at__isnull=True, node__isnull=False))
    now = rows_of(about.edition, [change.node_id for change in changes if change.node_id is not None])
    found: dict[int, Stays] = {}
    for change in changes:
        said = now.get(change.node_id or 0)
        if change.action in (_ACTION.CREATED, _ACTION.CHANGED) and said != change.after:
            found[change.pk] = Stays(change, _("it has been changed since") if said else _("it has been removed since"))
        if change.action == _ACTION.REMOVED and said is not None:
            found[change.pk] = Stays(change, _("it has been added again since"))
    created = [change for change in changes if change.action == _ACTION.CREATED and change.pk not in found]
    hung = _hung_on({change.node_id for change in created if change.node_id is not None}, changes)
    for change in created:
        if change.node_id in hung:
            found[change.pk] = Stays(change, _("something is connected with it"))
    _keep_parents(about.edition, changes, found)
    codes = dict(about.edition.versions.filter(code__isnull=False).values_list("code", "node"))
    leaving = {change.node_id for change in created if change.pk not in found}
    for change in changes:
        code = (change.before or {}).get("code")
        if code and change.pk not in found and codes.get(code, change.node_id) not in {change.node_id, *leaving}:
            found[change.pk] = Stays(change, _("another one has its code now"))
    return list(found.values())


def _hung_on(nodes: set[int], changes: Iterable[PlanImportChange]) -> set[int]:
    """Return the nodes on which something hangs, in whatever app, that this import did not bring."""
    own = {change.update_id for change in changes if change.update_id is not None}
    found: set[int] = set()
    for relation in PlanNode._meta.related_objects:
        model: Any = relation.related_model
        is_known = model is PlanNode or (model in (NodeVersion, PlanImportChange) and not relation.many_to_many)
        if is_known or hasattr(model, "pgh_tracked_model"):  # what the draft says, and the history of rows
            continue
        name = relation.field.name
        rows = model.objects.filter(**{f"{name}__in": nodes}).order_by()
        if model is ProgressUpdate:
            rows = rows.exclude(pk__in=own)
        found |= set(rows.values_list(name, flat=True)) & nodes
    followed = PlanNode.objects.filter(pk__in=nodes, audience__subscriptions__isnull=False)
    earlier = PlanNode.objects.filter(pk__in=nodes, owner__isnull=False)
    return found | set(followed.values_list("pk", flat=True)) | set(earlier.values_list("pk", flat=True))


def _keep_parents(edition: Edition, changes: Sequence[PlanImportChange], found: dict[int, Stays]) -> None:
    """Let a new part of the tree stay where something stays below it."""
    created = {change.node_id: change for change in changes if change.action == _ACTION.CREATED}
    below = list(edition.versions.filter(parent__in=list(created)).values_list("node", "parent"))
    back = {
        change.node_id: (change.before or {}).get("parent_id") for change in changes if change.action == _ACTION.CHANGED
    }
    again = True
    while again:
        again = False
        for node, parent in below:
            over, own = created[parent], created.get(node)
            leaves = own is not None and own.pk not in found
            moves = (
                node in back and back[node] != parent and not any(one.change.node_id == node for one in found.values())
            )
            if over.pk not in found and not leaves and not moves:
                found[over.pk] = Stays(over, _("something stands below it"))
                again = True


@transaction.atomic
def undo_plan_import(run: ImportRun, *, reason: str, by: User, leave: bool = False) -> int:
    """Put the draft back as it was before an import; return how many nodes stay as they are.

    Raises ``SomeChangedSince`` where nodes were changed since, unless ``leave`` says to put back the rest.
    """
    authorize(by, "plans.undo_plan_import", run.plan_import.edition)
    run = (
        ImportRun.objects.select_for_update(of=("self",))
        .select_related("plan_import__edition__plan__process")
        .get(pk=run.pk)
    )
    about = run.plan_import
    if run.finished_at is None or run.undone_at is not None:
        raise ImportNotTaken
    edition = lock_draft(about.edition)
    stays = what_stays(about)
    if stays and not leave:
        raise SomeChangedSince
    kept = {one.change.pk for one in stays}
    changes = [
        one
        for one in about.changes.filter(undone_at__isnull=True).select_related("node")
        if one.pk not in kept and one.node
    ]
    _retract([one.update_id for one in changes if one.update_id is not None and one.action != _ACTION.CREATED], reason)
    created = [one.node_id for one in changes if one.action == _ACTION.CREATED and one.node_id is not None]
    NodeVersion.objects.filter(edition=edition, node__in=created).delete()
    _put_back(edition, [one for one in changes if one.action == _ACTION.CHANGED])
    _delete(created)
    _add_again(edition, [one for one in changes if one.action == _ACTION.REMOVED])
    PlanImportChange.objects.filter(pk__in=[one.pk for one in changes]).update(undone_at=clock.now())
    run.undo_asked_at = run.undone_at = clock.now()
    run.undone_by, run.undone_because, run.undone = by, reason, sum(one.action != _ACTION.TOLD for one in changes)
    run.save(update_fields=["undo_asked_at", "undone_at", "undone_by", "undone_because", "undone"])
    about.left = len(stays)
    about.save(update_fields=["left"])
    record("plans.undo_plan_import", edition, by=by, scope=edition.plan.process, reason=reason, left=len(stays))
    return len(stays)


def _retract(updates: Sequence[int], reason: str) -> None:
    """Let statuses that the import entered no longer hold."""
    rows = ProgressUpdate.objects.filter(pk__in=updates, retracted_at__isnull=True)
    nodes = list(rows.values_list("node", flat=True))
    rows.update(retracted_at=clock.now(), retracted_because=reason[:500])
    for node in (
        PlanNode.objects.select_for_update(of=("self",)).filter(pk__in=nodes).select_related("plan__process", "latest")
    ):
        renew_latest(node)


def _delete(nodes: Sequence[int]) -> None:
    """Delete nodes that the import made, once nothing of the draft stands below them."""
    audiences = list(PlanNode.objects.filter(pk__in=nodes).values_list("audience", flat=True))
    PlanNode.objects.filter(pk__in=nodes).update(latest=None)
    PlanNode.objects.filter(pk__in=nodes).delete()
    Audience.objects.filter(pk__in=audiences).delete()


_SINGLE = (
    "level_id", "parent_id", "position", "code", "title", "description", "result", "organization_id", "partners_note",
    "starts_year", "starts_quarter", "ends_year", "ends_quarter", "place_id", "change_reason",
)  # fmt: skip


def _before(changes: Sequence[PlanImportChange]) -> dict[int, dict[str, Any]]:
    return {one.node_id: one.before or {} for one in changes if one.node_id is not None}


def _put_back(edition: Edition, changes: Sequence[PlanImportChange]) -> None:
    before = _before(changes)
    versions = list(NodeVersion.objects.filter(edition=edition, node__in=[*before]))
    for version in versions:
        said = before[version.node_id]
        for name in _SINGLE:
            setattr(version, name, said[name])
    if versions:
        fields = [name.removesuffix("_id") for name in _SINGLE]
        NodeVersion.objects.bulk_update(versions, fields, batch_size=BATCH)
    _set_rest(versions, before)


def _add_again(edition: Edition, changes: Sequence[PlanImportChange]) -> None:
    before = _before(changes)
    versions = NodeVersion.objects.bulk_create(
        [
            NodeVersion(edition=edition, node_id=node, **{name: said[name] for name in _SINGLE})
            for node, said in before.items()
        ],
        batch_size=BATCH,
    )
    _set_rest(versions, before)
    Removal.objects.filter(edition=edition, node__in=[*before]).delete()
    for node, said in before.items():
        FormerCode.objects.filter(node=node, code=said["code"] or "").delete()


def _set_rest(versions: Sequence[NodeVersion], before: dict[int, dict[str, Any]]) -> None:
    """Let versions hold the sets and the money that they held."""
    for name in SEVERAL:
        field: Any = NodeVersion._meta.get_field(name)
        through = getattr(NodeVersion, name).through
        mine, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        through.objects.filter(**{f"{mine}__in": [version.pk for version in versions]}).delete()
        through.objects.bulk_create(
            [
                through(**{mine: version.pk, other: key})
                for version in versions
                for key in before[version.node_id][name]
            ],
            batch_size=BATCH,
        )
    Funding.objects.filter(version__in=versions).delete()
    Funding.objects.bulk_create(
        [
            Funding(version=version, source=source, fund=fund, year=year, planned=Decimal(planned))
            for version in versions
            for source, fund, year, planned in before[version.node_id]["funding"]
        ],
        batch_size=BATCH,
    )
