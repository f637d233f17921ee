# SPDX-License-Identifier: EUPL-1.2
"""The items of a meeting with all that came of them, for the page that writes minutes and for the minutes themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch

from talka.meetings.models import AgendaItem, Decision, GivenTask, Meeting
from talka.proposals.models import Proposal, Recommendation


@dataclass
class WrittenItem:
    """One item: its decisions, the tasks given, the proposals it is about with the latest recommendation on each."""

    item: AgendaItem
    number: int
    decisions: Sequence[Decision] = ()
    given: Sequence[GivenTask] = ()
    proposals: list[tuple[Proposal, Recommendation | None]] = field(default_factory=list)


def written_items(meeting: Meeting) -> list[WrittenItem]:
    """Return the items of a meeting in order, in at most five queries."""
    decisions = Prefetch("decisions", queryset=Decision.objects.order_by("pk"), to_attr="taken")
    given = Prefetch(
        "given",
        queryset=GivenTask.objects.select_related("task__owner", "task__latest", "task__process").order_by("pk"),
        to_attr="tasks_given",
    )
    proposals = Prefetch(
        "proposals", queryset=Proposal.objects.order_by("number").defer("text", "search"), to_attr="about_proposals"
    )
    items = list(meeting.items.select_related("presenter").prefetch_related(decisions, given, proposals))
    keys = {one.pk for item in items for one in item.about_proposals}
    latest: dict[int, Recommendation] = {}
    for row in Recommendation.objects.filter(proposal__in=keys).order_by("version") if keys else ():
        latest[row.proposal_id] = row
    return [
        WrittenItem(
            item, number, item.taken, item.tasks_given,
            [(one, latest.get(one.pk)) for one in item.about_proposals],
        )
        for number, item in enumerate(items, 1)
    ]  # fmt: skip
