# SPDX-License-Identifier: EUPL-1.2
"""Letters when what a proposal became begins, ends or is dropped: to its author, its followers and those who follow the action."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from talka.core import clock
from talka.notifications.models import Subscription
from talka.notifications.operations import readers, send_letter
from talka.plans.models import ENDED, NodeVersion, PlanNode, ProgressUpdate, State
from talka.plans.queries.shown import in_force_for_everybody
from talka.processes.models import Process
from talka.proposals.models import Author, Became, ProgressTold, Proposal
from talka.proposals.operations.writing import write_to_author

TEMPLATE = "proposals/tell_progress"


def tell_progress(node: PlanNode, update: ProgressUpdate, *, before: str | None) -> int:
    """Write to whom the new state of a node concerns, each address once; return how many letters were written.

    Only of what stands for everybody in the edition in force, and of one state once a day.
    """
    if update.state == State.NOT_STARTED or not _concerns_anybody(node):
        return 0
    version = in_force_for_everybody(node)
    if version is None:
        return 0
    _told, is_new = ProgressTold.objects.get_or_create(node=node, state=update.state, told_on=clock.today())
    if not is_new:
        return 0
    again = update.state == State.UNDER_WAY and before in ENDED
    facts = {"version": version, "update": update, "again": again}
    links = Became.objects.told().filter(node=node).order_by("proposal__number", "pk")
    keys = list(links.values_list("proposal", flat=True))
    addresses = _tell_authors(keys, facts)
    _tell_followers(keys, version, facts, addresses)
    return len(addresses)


def _concerns_anybody(node: PlanNode) -> bool:
    """Say in one query whether a node came of a proposal or is followed; most of those in an import are not."""
    asked = Became.objects.told().filter(node=OuterRef("pk"))
    followed = Subscription.objects.active().filter(audience=OuterRef("audience"))
    return PlanNode.objects.filter(Exists(asked) | Exists(followed), pk=node.pk).exists()


def _tell_authors(proposals: Sequence[int], facts: dict[str, Any]) -> set[str]:
    """Write to authors who are answered by mail, each address once for all their proposals; return the addresses."""
    authors = (
        Author.objects.filter(proposal__in=proposals).select_related("proposal__process").order_by("proposal__number")
    )
    by_address: dict[str, list[Author]] = {}
    for author in authors:
        if author.mailing_address and author.way_of_answering == Author.AnswerBy.EMAIL:
            by_address.setdefault(author.mailing_address.lower(), []).append(author)
    for mine in by_address.values():
        write_to_author(mine[0], TEMPLATE, proposals=[one.proposal for one in mine], **facts)
    return set(by_address)


def _tell_followers(proposals: Sequence[int], version: NodeVersion, facts: dict[str, Any], addresses: set[str]) -> None:
    """Write to those who follow a public proposal or the node itself and have no letter yet; add their addresses."""

    def may_see_process(process: int) -> Any:
        return lambda reader: Process.objects.visible_to(reader).filter(pk=process).exists()

    followed: list[tuple[Any, Any, Proposal | None]] = [
        (one.audience, may_see_process(one.process_id), one)
        for one in Proposal.objects.filter(pk__in=proposals, published_at__isnull=False)
        .select_related("audience", "process")
        .defer("text", "search")
        .order_by("number")
    ]
    node = version.node
    followed.append(
        (node.audience, lambda reader: PlanNode.objects.visible_to(reader).filter(pk=node.pk).exists(), None)
    )
    for audience, may_read, proposal in followed:
        for subscription in readers(audience, may_read=may_read, besides=addresses):
            send_letter(
                TEMPLATE, email=subscription.email, language=subscription.language, user=subscription.user,
                subscription=subscription, proposals=[proposal] if proposal is not None else [], **facts,
            )  # fmt: skip
            addresses.add(subscription.email.lower())
