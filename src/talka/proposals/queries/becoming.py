# SPDX-License-Identifier: EUPL-1.2
"""What became of proposals in plans, and what is happening to it now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from talka.core.composed import composed
from talka.plans.addresses import node_address
from talka.plans.models import NodeVersion, PlanNode, ProgressUpdate, State
from talka.plans.origins import Origin
from talka.plans.queries.money import Sums, add_up, amounts_of
from talka.plans.queries.shown import shown_versions
from talka.processes.models import Process
from talka.proposals.models import Became, Proposal

MOST_PICKED = 50

_BEGAN = {
    State.UNDER_WAY: gettext_noop("Work on it has begun: %(what)s"),
    State.DONE: gettext_noop("Done: %(what)s"),
    State.DROPPED: gettext_noop("Dropped: %(what)s"),
}
_AGAIN = gettext_noop("Work on it goes on: %(what)s")


@dataclass(frozen=True)
class Outgrowth:
    """A node of a plan that a proposal became, as a reader sees it today."""

    link: Became
    version: NodeVersion
    sums: Sums

    @property
    def address(self) -> str:
        """Return where the node is read."""
        return node_address(self.version)

    @property
    def latest(self) -> ProgressUpdate | None:
        """Return the update that says how it is going."""
        return self.version.node.latest

    @property
    def asks_for_money(self) -> bool:
        """Say whether money is planned for it."""
        return bool(self.sums.planned)


@composed
def _links(*, proposal: Any) -> "QuerySet[Became]":
    return Became.objects.filter(proposal=proposal, unlinked_at__isnull=True)


def became(proposal: Proposal, user: Any, *, works: bool = False) -> list[Outgrowth]:
    """Return what a proposal became, of plans that the person may see; before the answer only to who ``works`` on the proposal.

    One query where it became nothing, else four.
    """
    told = proposal.answered_at is not None and proposal.withdrawn_at is None
    links = _links(proposal=proposal.pk) if told or works else []
    versions = shown_versions([link.node_id for link in links], user)
    if not versions:
        return []
    shown = NodeVersion.objects.filter(pk__in=[version.pk for version in versions.values()])
    edition = next(iter(versions.values())).edition
    sums = add_up(amounts_of(edition, shown), lambda amount: amount.node_id)
    found = [
        Outgrowth(link, versions[link.node_id], sums.get(link.node_id, Sums()))
        for link in links
        if link.node_id in versions
    ]
    return sorted(found, key=lambda one: (one.version.level.position, one.version.code or "", one.version.pk))


@dataclass(frozen=True)
class Turn:
    """That a node came into another state on a day."""

    at: datetime
    title: str
    text: str


def turns(outgrowths: Sequence[Outgrowth], since: datetime) -> list[Turn]:
    """Tell when what a proposal became has begun, ended or been dropped, after a moment; in one query, or none."""
    if not any(one.latest for one in outgrowths):
        return []
    named = {one.version.node_id: one.version for one in outgrowths}
    updates = ProgressUpdate.objects.filter(node__in=named, retracted_at__isnull=True)
    told = []
    for node, said in groupby(updates.order_by("node", "said_on", "pk"), key=lambda update: update.node_id):
        before: str = State.NOT_STARTED
        for update in said:
            at = _moment(update.said_on)
            if update.state != before and update.state in _BEGAN and at >= _moment(timezone.localdate(since)):
                again = before in (State.DONE, State.DROPPED) and update.state == State.UNDER_WAY
                words = _AGAIN if again else _BEGAN[State(update.state)]
                told.append(Turn(at, _(words) % {"what": str(named[node])}, update.text))
            before = update.state
    return told


def _moment(day: date) -> datetime:
    """Return the end of a day: what was said on it came after what is known to the minute."""
    return timezone.make_aware(datetime.combine(day, time.max))


def named_in_answers(proposals: Collection[int]) -> dict[int, list[NodeVersion]]:
    """Return for each of these proposals what it became, for letters that are read without signing in; in two queries."""
    links = list(Became.objects.told().filter(proposal__in=proposals).values_list("proposal", "node"))
    versions = shown_versions({node for _proposal, node in links}, AnonymousUser())
    found: dict[int, list[NodeVersion]] = {}
    for proposal, node in links:
        if node in versions:
            found.setdefault(proposal, []).append(versions[node])
    for named in found.values():
        named.sort(key=lambda one: (one.level.position, one.code or "", one.pk))
    return found


def named_in_answer(proposal: Proposal) -> list[NodeVersion]:
    """Return what one proposal became, for a letter."""
    return named_in_answers([proposal.pk]).get(proposal.pk, [])


def codes_by_proposal(processes: Collection[Process], user: Any, *, told: bool = False) -> dict[int, str]:
    """Return for each proposal of processes the codes, or else titles, of what it became; in two queries.

    ``told``: only what a published answer has made known.
    """
    standing = Became.objects.told() if told else Became.objects.standing()
    links = standing.filter(proposal__process__in=processes).values_list("proposal", "node")
    pairs = list(links)
    versions = shown_versions({node for _proposal, node in pairs}, user)
    found: dict[int, list[str]] = {}
    for proposal, node in pairs:
        if node in versions:
            found.setdefault(proposal, []).append(versions[node].code or versions[node].title)
    return {proposal: ", ".join(sorted(codes)) for proposal, codes in found.items()}


def origins(nodes: Collection[int], user: Any) -> Iterable[tuple[int, Origin]]:
    """Find the proposals of which nodes came, as far as somebody may see them; never who sent them."""
    links = Became.objects.visible_to(user).filter(node__in=nodes).select_related("proposal__process")
    links = links.order_by("proposal__process", "proposal__number")
    for link in links.defer("proposal__text", "proposal__search"):
        proposal = link.proposal
        address = reverse("proposals:show_proposal", args=[proposal.process.slug, proposal.number])
        label = gettext_lazy("Proposal %(reference)s") % {"reference": proposal.reference}
        yield link.node_id, Origin("proposal", label, proposal.title, address, link.note)


def proposals_to_link(words: str, node: PlanNode, user: Any) -> list[Proposal]:
    """Return the entries of the person's registers that have this number or these words and are not linked to the node yet."""
    if not words:
        return []
    rows = Proposal.objects.worked_on_by(user).filter(withdrawn_at__isnull=True)
    linked = Became.objects.standing().filter(node=node).values("proposal")
    numbered = rows.filter(reference__iexact=words)
    found = numbered if numbered.exists() else rows.matching(words)
    kept = found.exclude(pk__in=linked).select_related("process").defer("search")
    return list(kept.order_by("process", "-number")[:MOST_PICKED])


def linked_to(node: PlanNode, user: Any) -> list[Became]:
    """Return the links of a node to proposals that the person may see."""
    links = Became.objects.visible_to(user).filter(node=node).select_related("proposal__process", "linked_by")
    return list(links.defer("proposal__text", "proposal__search"))
