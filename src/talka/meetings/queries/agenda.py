# SPDX-License-Identifier: EUPL-1.2
"""The agenda of a meeting as pages show it: the clock of its items, and what a reader may see of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch
from django.utils import timezone

from talka.core.dates import clock_time
from talka.core.reading import language
from talka.directory.models import Membership, Organization
from talka.groups.models import Mandate
from talka.meetings.models import AgendaItem, Meeting, Paper
from talka.meetings.queries.papers import with_changes
from talka.plans.addresses import node_address
from talka.plans.models import NodeVersion
from talka.plans.queries.shown import shown_versions
from talka.proposals.models import Proposal


@dataclass
class Line:
    """One item with what the reader may see: its hours, proposals, nodes of plans, papers."""

    item: AgendaItem
    number: int
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    presenter: str = ""
    papers: Sequence[Paper] = ()
    proposals: Sequence[Proposal] = ()
    versions: Sequence[NodeVersion] = ()
    closed: bool = False
    """Whether the reader sees only that there is such an item."""

    @property
    def hours(self) -> str:
        """Return from when to when it is planned; empty where the hour or a length before it is not known."""
        if self.starts_at is None:
            return ""
        begins = clock_time(timezone.localtime(self.starts_at), language())
        if self.ends_at is None or self.ends_at == self.starts_at:
            return begins
        return f"{begins}–{clock_time(timezone.localtime(self.ends_at), language())}"

    @property
    def nodes(self) -> list[tuple[NodeVersion, str]]:
        """Return the nodes of plans with their addresses."""
        return [(version, node_address(version)) for version in self.versions]


@dataclass
class Agenda:
    """All items of a meeting in order, with the clock of the whole."""

    lines: list[Line] = field(default_factory=list)
    planned: int = 0
    """Minutes planned in all."""
    over: int = 0
    """By how many minutes the plan goes beyond the end of the meeting."""


def clocked(meeting: Meeting, items: Iterable[AgendaItem]) -> Agenda:
    """Reckon from when to when each item is planned, after the beginning of the meeting.

    Durations are added to moments of UTC, so that the hours are right in the night of the time change, too.
    """
    now = None if meeting.whole_day or meeting.starts_at is None else meeting.starts_at.astimezone(UTC)
    agenda = Agenda()
    for number, item in enumerate(items, 1):
        length = timedelta(minutes=item.minutes_planned or 0)
        ends = now + length if now is not None else None
        agenda.lines.append(Line(item, number, now, ends))
        agenda.planned += item.minutes_planned or 0
        now = ends
    if now is not None and meeting.ends_at is not None and now > meeting.ends_at and not meeting.whole_day:
        agenda.over = round((now - meeting.ends_at).total_seconds() / 60)
    return agenda


def agenda_for(meeting: Meeting, user: Any, *, inside: bool) -> Agenda:
    """Return the agenda as a person reads it, in a fixed number of queries however long it is; ``inside``: they take part in the process."""
    papers = with_changes(Paper.objects.all())
    items = (
        meeting.items.select_related("presenter", "continues")
        .prefetch_related(Prefetch("papers", queryset=papers, to_attr="shown_papers"))
        .annotate(
            proposal_keys=_linked(AgendaItem.proposals.through, "proposal"),
            node_keys=_linked(AgendaItem.nodes.through, "plannode"),
        )
    )
    agenda = clocked(meeting, items)
    rows: list[Any] = [line.item for line in agenda.lines]
    proposals = {key for row in rows for key in row.proposal_keys}
    nodes = {key for row in rows for key in row.node_keys}
    seen = Proposal.objects.visible_to(user).filter(pk__in=proposals).select_related("process")
    visible = {one.pk: one for one in seen.defer("text", "search")} if proposals else {}
    versions = shown_versions(nodes, user) if nodes else {}
    people = {line.item.presenter_id for line in agenda.lines if line.item.presenter_id is not None}
    said = _said_of(meeting, people) if people else {}
    for line in agenda.lines:
        item: Any = line.item
        line.closed = item.withheld and not inside
        if line.closed:
            continue
        line.papers = item.shown_papers
        line.proposals = [visible[key] for key in item.proposal_keys if key in visible]
        line.versions = [versions[key] for key in item.node_keys if key in versions]
        line.presenter = _presenter(item, said, inside)
    return agenda


def _linked(through: Any, column: str) -> ArraySubquery:
    """Return an expression: the keys of what an item is linked to, in the order in which it was linked."""
    return ArraySubquery(through.objects.filter(agendaitem=OuterRef("pk")).order_by("pk").values(column))


def _said_of(meeting: Meeting, people: set[int]) -> dict[int, tuple[str, bool]]:
    """Return by person the title of their office and whether everybody may read the name: those who hold an office of a public
    body, and members of groups who agreed to it or lead."""
    public = (
        Organization.Classification.MUNICIPALITY,
        Organization.Classification.INSTITUTION,
        Organization.Classification.DEPARTMENT,
    )
    offices = Membership.objects.active().filter(person__in=people).exclude(title="").select_related("organization")
    found = {row.person_id: (row.title, row.organization.classification in public) for row in offices.order_by("-pk")}
    for mandate in (
        Mandate.objects.active().filter(group__process=meeting.process_id, person__in=people).order_by("-position")
    ):
        title, known = found.get(mandate.person_id, ("", False))
        found[mandate.person_id] = (mandate.title or title, known or mandate.shows_name)
    return found


def _presenter(item: AgendaItem, said: dict[int, tuple[str, bool]], inside: bool) -> str:
    """Return who presents, as the reader may see it."""
    if item.presenter_name or item.presenter is None:
        return item.presenter_name
    title, public = said.get(item.presenter.pk, ("", False))
    if not (public or inside):
        return title
    return f"{item.presenter.name}, {title}" if title else item.presenter.name
