# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
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
    text: str
    versions: Sequence[NodeVersion]
    proposals: Sequence[Proposal]

    @property
    def nodes(self) -> list[tuple[NodeVersion, str]]:
        """Return the nodes of plans with their addresses."""
        return [(version, node_address(version)) for version in self.versions]


def decided(meeting: Meeting, user: Any) -> list[Decided]:
    """Return what the reader may know of what a meeting decided, in the words that everybody may read; at most three queries."""
    return _with_links(Decision.objects.visible_to(user).filter(meeting=meeting.pk), user, whole=False)


def written_down(meeting: Meeting, user: Any) -> list[Decided]:
    """Return all that a meeting decided in its own words, for those who write it down; at most three queries."""
    return _with_links(Decision.objects.filter(meeting=meeting.pk), user, whole=True)


def _with_links(decisions: "QuerySet[Decision]", user: Any, *, whole: bool) -> list[Decided]:
    about, came = Decision.proposals.through.objects, Decision.nodes.through.objects
    one = {"decision": OuterRef("pk")}
    rows: list[Any] = list(
        decisions.annotate(
            about_keys=ArraySubquery(about.filter(**one).order_by("proposal__number").values("proposal")),
            node_keys=ArraySubquery(came.filter(**one).values("plannode")),
        )
    )
    nodes = {key for row in rows for key in row.node_keys}
    keys = {key for row in rows for key in row.about_keys}
    versions = shown_versions(nodes, user) if nodes else {}
    seen = Proposal.objects.visible_to(user).filter(pk__in=keys).select_related("process").defer("text", "search")
    proposals = {proposal.pk: proposal for proposal in seen} if keys else {}
    return [
        Decided(
            row,
            row.text if whole else row.published,
            sorted(
                (versions[key] for key in row.node_keys if key in versions), key=lambda one: (one.code or "", one.pk)
            ),
            [proposals[key] for key in row.about_keys if key in proposals],
        )
        for row in rows
    ]


def origins(nodes: Collection[int], user: Any) -> Iterable[tuple[int, Origin]]:
    """Find the decisions of meetings of which nodes came, as far as somebody may see the meetings."""
    seen = Decision.objects.visible_to(user).order_by().values("pk")
    links = Decision.nodes.through.objects.filter(plannode__in=nodes, decision__in=seen)
    for link in links.select_related("decision__meeting__process").order_by("decision__decided_on", "pk"):
        decision = link.decision
        meeting = decision.meeting
        address = f"{reverse('meetings:show_meeting', args=[meeting.process.slug, meeting.pk])}#decision-{decision.pk}"
        day = short_date(decision.decided_on, "en" if get_language() == "en" else "lv")
        label = _("Decision of a meeting, %(day)s: %(title)s") % {"day": day, "title": meeting.title}
        yield link.plannode_id, Origin("meeting", label, shorten(decision.published, 160), address, decision.number)


@composed_for_visitors
def _about(user: Any, *, proposal: Any) -> "QuerySet[Decision]":
    return Decision.objects.visible_to(user).filter(proposals=proposal).select_related("meeting")


def decided_about(proposal: Proposal, user: Any) -> Iterable[Heard]:
    """Find what meetings decided about a proposal, as far as somebody may see the meetings."""
    for decision in _about(user, proposal=proposal.pk):
        at = timezone.make_aware(datetime.combine(decision.decided_on, time.max))
        yield Heard(at, _("Decided at the meeting “%(title)s”") % {"title": decision.meeting.title}, decision.published)
