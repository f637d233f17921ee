# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talka.core.composed import composed_for_visitors
from talka.core.dates import short_date
from talka.core.text import shorten
from talka.meetings.models import Decision, Meeting
from talka.plans.addresses import node_address
from talka.plans.models import NodeVersion
from talka.plans.origins import Origin
from talka.plans.queries.shown import shown_versions
from talka.proposals.heard import Heard
from talka.proposals.models import Proposal


@dataclass(frozen=True)
class Decided:
    """What a meeting decided, with what the reader may see of what it is linked to."""

    decision: Decision
    versions: Sequence[NodeVersion]
    proposals: Sequence[Proposal]

    @property
    def nodes(self) -> list[tuple[NodeVersion, str]]:
        """Return the nodes of plans with their addresses."""
        return [(version, node_address(version)) for version in self.versions]


def decided(meeting: Meeting, user: Any) -> list[Decided]:
    """Return what a meeting decided; in four queries, or one where it decided nothing."""
    rows = list(meeting.decisions.all())
    if not rows:
        return []
    keys = [row.pk for row in rows]
    pairs = list(Decision.nodes.through.objects.filter(decision__in=keys).values_list("decision", "plannode"))
    versions = shown_versions({node for _decision, node in pairs}, user)
    seen = Proposal.objects.visible_to(user).filter(decisions__in=keys).distinct().select_related("process")
    proposals = {proposal.pk: proposal for proposal in seen.defer("text", "search")}
    about = Decision.proposals.through.objects.filter(decision__in=keys).order_by("proposal__number")
    linked = list(about.values_list("decision", "proposal"))
    return [
        Decided(
            row,
            sorted(
                (versions[node] for one, node in pairs if one == row.pk and node in versions),
                key=lambda one: (one.code or "", one.pk),
            ),
            [proposals[key] for one, key in linked if one == row.pk and key in proposals],
        )
        for row in rows
    ]


def origins(nodes: Collection[int], user: Any) -> Iterable[tuple[int, Origin]]:
    """Find the decisions of meetings of which nodes came, as far as somebody may see the meetings."""
    seen = Meeting.objects.visible_to(user).order_by().values("pk")
    links = Decision.nodes.through.objects.filter(plannode__in=nodes, decision__meeting__in=seen)
    for link in links.select_related("decision__meeting__process").order_by("decision__decided_on", "pk"):
        decision = link.decision
        meeting = decision.meeting
        address = f"{reverse('meetings:show_meeting', args=[meeting.process.slug, meeting.pk])}#decision-{decision.pk}"
        day = short_date(decision.decided_on, "en" if get_language() == "en" else "lv")
        label = _("Decision of a meeting, %(day)s: %(title)s") % {"day": day, "title": meeting.title}
        yield link.plannode_id, Origin("meeting", label, shorten(decision.text, 160), address, decision.number)


@composed_for_visitors
def _about(user: Any, *, proposal: Any) -> "QuerySet[Decision]":
    seen = Meeting.objects.visible_to(user).order_by().values("pk")
    return Decision.objects.filter(proposals=proposal, meeting__in=seen).select_related("meeting")


def decided_about(proposal: Proposal, user: Any) -> Iterable[Heard]:
    """Find what meetings decided about a proposal, as far as somebody may see the meetings."""
    for decision in _about(user, proposal=proposal.pk):
        at = timezone.make_aware(datetime.combine(decision.decided_on, time.max))
        yield Heard(at, _("Decided at the meeting “%(title)s”") % {"title": decision.meeting.title}, decision.text)
