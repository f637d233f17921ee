# SPDX-License-Identifier: EUPL-1.2
"""The tree of a draft put in another order, and its codes made anew."""

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core.errors import Refused
from talka.core.ordering import put_in_order
from talka.core.permissions import authorize
from talka.plans.models import Edition, FormerCode, NodeVersion, PlanNode
from talka.plans.operations.editions import lock_draft
from talka.plans.operations.nodes import CodeTaken, SiblingGone, check_place, siblings
from talka.plans.queries.numbering import NewCode, new_codes


class BelowItself(Refused):
    message = _("“%(title)s” cannot stand below itself or below what belongs to it.")


class NothingToRenumber(Refused):
    message = _("All codes are as their patterns make them; there is nothing to change.")


def _locked(version: NodeVersion) -> tuple[Edition, NodeVersion]:
    """Return the draft, locked, and the version as it is now; raise ``SiblingGone`` where somebody has removed it."""
    edition = lock_draft(version.edition)
    stored = edition.versions.select_related("node", "level", "parent").filter(pk=version.pk).first()
    if stored is None:
        raise SiblingGone
    return edition, stored


@transaction.atomic
def step_node(version: NodeVersion, *, by: User, up: bool) -> None:
    """Move a node one place up or down among those that stand below the same; at the end of the row nothing happens."""
    authorize(by, "plans.move_node", version.node)
    edition, stored = _locked(version)
    row = siblings(edition, stored.parent)
    place = row.index(stored)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(row):
        return
    row[place], row[other] = row[other], row[place]
    put_in_order(row)
    record("plans.move_node", stored.node, by=by, scope=edition.plan.process, title=stored.title[:200])


@transaction.atomic
def place_node(version: NodeVersion, *, beside: PlanNode, by: User, before: bool = False) -> None:
    """Move a node to stand right after another one, or before it, wherever that stands; its code stays until renumbering.

    Raises ``SiblingGone``, ``BelowItself``, ``WrongLevel``.
    """
    authorize(by, "plans.move_node", version.node)
    edition, stored = _locked(version)
    neighbor = edition.versions.select_related("parent").filter(node=beside).first()
    if neighbor is None:
        raise SiblingGone
    if neighbor.pk != stored.pk:
        _put(edition, stored, neighbor.parent, neighbor, before=before, by=by)


@transaction.atomic
def move_node(version: NodeVersion, *, parent: PlanNode | None, by: User) -> None:
    """Move a node to stand below another one as the last, or at the top; its code stays until renumbering.

    Raises ``SiblingGone``, ``BelowItself``, ``WrongLevel``.
    """
    authorize(by, "plans.move_node", version.node)
    edition, stored = _locked(version)
    if parent is not None and not edition.versions.filter(node=parent).exists():
        raise SiblingGone
    _put(edition, stored, parent, None, before=False, by=by)


def _put(
    edition: Edition,
    stored: NodeVersion,
    parent: PlanNode | None,
    beside: NodeVersion | None,
    *,
    before: bool,
    by: User,
) -> None:
    above = parent
    while above is not None:
        if above.pk == stored.node_id:
            raise BelowItself(title=stored.title)
        above = edition.versions.select_related("parent").get(node=above).parent
    check_place(edition, stored.level, parent)
    row = [version for version in siblings(edition, parent) if version.pk != stored.pk]
    place = len(row) if beside is None else row.index(beside) + (0 if before else 1)
    if stored.parent != parent:
        stored.parent = parent
        stored.save(update_fields=["parent"])
    row.insert(place, stored)
    put_in_order(row)
    record("plans.move_node", stored.node, by=by, scope=edition.plan.process, title=stored.title[:200])


@transaction.atomic
def renumber_nodes(edition: Edition, *, by: User, below: PlanNode | None = None) -> list[NewCode]:
    """Make the codes of a draft anew by their patterns in the present order, all or those below a node; lost ones stay findable.

    Raises ``NothingToRenumber``, and ``CodeTaken`` where a node outside of the branch has a code that is needed.
    """
    authorize(by, "plans.renumber_nodes", edition)
    edition = lock_draft(edition)
    changes = [change for change in new_codes(edition, below) if change.old != change.new]
    if not changes:
        raise NothingToRenumber
    taken = next((change for change in changes if change.taken), None)
    if taken is not None:
        raise CodeTaken(code=taken.new)
    FormerCode.objects.bulk_create(
        [FormerCode(node_id=change.node_id, code=change.old) for change in changes if change.old],
        ignore_conflicts=True,
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        # One statement, so that codes may change places: the constraint is checked at its end.
        cursor.execute(
            "UPDATE plans_nodeversion v SET code = n.code FROM unnest(%s::bigint[], %s::text[]) AS n(id, code) WHERE v.id = n.id",
            [[change.version_id for change in changes], [change.new for change in changes]],
        )
    record("plans.renumber_nodes", edition, by=by, scope=edition.plan.process, changed=len(changes))
    return changes
