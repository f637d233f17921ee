# SPDX-License-Identifier: EUPL-1.2
"""What proposals become in plans: linked to nodes, made into new ones, taken back."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.operations import create_place
from talka.plans.models import Edition, NodeVersion, PlanNode
from talka.plans.operations.nodes import create_node
from talka.plans.queries.finding import linkable
from talka.proposals.models import Became, Proposal
from talka.proposals.operations.receiving import ProposalWithdrawn, lock_proposals


class NothingChosen(Refused):
    message = _("Tick at least one action.")


class NotWithinReach(Refused):
    message = _("This part of a plan cannot be linked: it belongs to another municipality, or you do not see it.")


@transaction.atomic
def link_nodes(proposals: Sequence[Proposal], nodes: Sequence[PlanNode], *, by: User, note: str = "") -> int:
    """Say that proposals became these nodes of plans; those linked already stay as they are. Returns how many links are new."""
    if not nodes:
        raise NothingChosen
    number = 0
    for proposal in lock_proposals(proposals):
        authorize(by, "proposals.link_node", proposal)
        if proposal.withdrawn_at is not None:
            raise ProposalWithdrawn
        keys = [node.pk for node in nodes]
        if linkable(by, proposal.process).filter(pk__in=keys).count() < len(set(keys)):
            raise NotWithinReach
        for node in nodes:
            _link, is_new = Became.objects.get_or_create(
                proposal=proposal, node=node, unlinked_at=None,
                defaults={"note": note, "linked_at": clock.now(), "linked_by": by},
            )  # fmt: skip
            if is_new:
                record("proposals.link_node", proposal, by=by, scope=proposal.process, node=node.pk)
                number += 1
    return number


@transaction.atomic
def unlink_node(link: Became, *, by: User) -> None:
    """Take back that a proposal became a node."""
    authorize(by, "proposals.unlink_node", link.proposal)
    link = Became.objects.select_for_update(of=("self",)).select_related("proposal__process").get(pk=link.pk)
    if link.unlinked_at is not None:
        return
    link.unlinked_at, link.unlinked_by = clock.now(), by
    link.save(update_fields=["unlinked_at", "unlinked_by"])
    record("proposals.unlink_node", link.proposal, by=by, scope=link.proposal.process, node=link.node_id)


@transaction.atomic
def plan_proposal(proposal: Proposal, *, edition: Edition, by: User, **fields: Any) -> NodeVersion:
    """Begin a new node of a draft from a proposal, at its place on the map, and link them. ``fields``: as of ``create_node``."""
    authorize(by, "proposals.link_node", proposal)
    if proposal.longitude is not None and "place" not in fields:
        fields["place"] = create_place(
            name=str(fields["title"])[:200], by=by, longitude=proposal.longitude,
            latitude=proposal.latitude, organization=proposal.process.owner,
        )  # fmt: skip
    version = create_node(edition, by=by, **fields)
    link_nodes([proposal], [version.node], by=by)
    return version
