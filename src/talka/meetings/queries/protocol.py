# SPDX-License-Identifier: EUPL-1.2
"""The minutes of a meeting: all items in one query with what came of each, and the whole as the page that writes them holds it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from talka.meetings.models import AgendaItem, Attendance, Decision, GivenTask, Meeting, Minutes
from talka.meetings.published import as_published
from talka.proposals.models import Proposal, Recommendation


@dataclass(frozen=True)
class TakenDecision:
    """A decision of an item."""

    pk: int
    key: str
    text: str
    text_public: str | None
    votes_for: int | None
    votes_against: int | None
    abstained: int | None

    @property
    def published(self) -> str:
        """Return the text as everybody may read it; it may have been emptied."""
        return as_published(self.text, self.text_public)


@dataclass(frozen=True)
class Duty:
    """A task that was given at an item."""

    key: str
    task: int
    title: str
    owner_pk: int
    owner: str
    due: str

    @property
    def due_on(self) -> date:
        """Return the day until which it is to be done."""
        return date.fromisoformat(self.due)


@dataclass(frozen=True)
class Recommended:
    """What was recommended last on a proposal."""

    proposal: int
    version: int
    outcome: str
    reason: str


@dataclass(frozen=True)
class AboutProposal:
    """A proposal that an item is about."""

    pk: int
    reference: str
    title: str
    language: str
    published_at: str | None


@dataclass(frozen=True)
class WrittenItem:
    """One item with all that came of it so far: decisions, tasks, the proposals it is about with the latest recommendation."""

    item: AgendaItem
    number: int
    decisions: Sequence[TakenDecision]
    given: Sequence[Duty]
    proposals: Sequence[tuple[AboutProposal, Recommended | None]]

    @property
    def published(self) -> str:
        """Return what was said as everybody may read it; it may have been emptied."""
        return as_published(self.item.notes, self.item.notes_public)


@dataclass(frozen=True)
class Sheet:
    """All that stands in minutes while they are written."""

    minutes: Minutes
    items: Sequence[WrittenItem]
    attendances: Sequence[Attendance]

    @property
    def fields(self) -> dict[str, str]:
        """Return every field by its name."""
        minutes = self.minutes
        found = {
            "chair": str(minutes.chair_id or ""), "secretary": str(minutes.secretary_id or ""),
            "began": _hour(minutes.began_at), "ended": _hour(minutes.ended_at), "opening": minutes.opening,
        }  # fmt: skip
        for one in self.items:
            found |= {f"notes.{one.item.pk}": one.item.notes, f"outcome.{one.item.pk}": one.item.outcome}
        for row in self.attendances:
            found |= {f"mode.{row.pk}": row.mode, f"instead.{row.pk}": row.represented_by}
        return found

    @property
    def rows_stamp(self) -> str:
        """Return a short text that changes when rows come, go or change: items, decisions, tasks, recommendations, people."""
        items = [(one.item.pk, one.item.title, one.decisions, one.given, one.proposals) for one in self.items]
        return _short((items, [(row.pk, row.name, row.represents) for row in self.attendances]))

    @property
    def stamp(self) -> str:
        """Return a short text that changes with anything."""
        return _short((sorted(self.fields.items()), self.rows_stamp))


def _hour(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%H:%M") if moment else ""


def _short(facts: Any) -> str:
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def _rows(rows: "QuerySet[Any]", order: str, **columns: str) -> ArraySubquery:
    return ArraySubquery(rows.order_by(order).values(row=JSONObject(**columns)))


def read_sheet(meeting: Meeting, minutes: Minutes | None = None) -> Sheet:
    """Read the minutes of a meeting in three queries; ``minutes`` where they were read just now."""
    return Sheet(
        minutes=minutes or Minutes.objects.get(meeting=meeting.pk),
        items=written_items(meeting),
        attendances=list(Attendance.objects.filter(meeting=meeting.pk).order_by("position", "pk")),
    )


def written_items(meeting: Meeting) -> list[WrittenItem]:
    """Return the items of a meeting in order, in one query."""
    item = OuterRef("pk")
    decisions = _rows(
        Decision.objects.filter(item=item), "pk", pk="pk", key="key", text="text",
        text_public="text_public", votes_for="votes_for", votes_against="votes_against", abstained="abstained",
    )  # fmt: skip
    given = _rows(
        GivenTask.objects.filter(item=item), "pk", key="key", task="task", title="task__title",
        owner_pk="task__owner", owner="task__owner__name", due="task__due_on",
    )  # fmt: skip
    proposals = _rows(
        Proposal.objects.filter(agenda_items=item), "number", pk="pk", reference="reference", title="title",
        language="language", published_at="published_at",
    )  # fmt: skip
    recommended = _rows(
        Recommendation.objects.filter(proposal__agenda_items=item), "version", proposal="proposal", version="version",
        outcome="outcome", reason="reason",
    )  # fmt: skip
    items = AgendaItem.objects.filter(meeting=meeting.pk).select_related("presenter").order_by("position", "pk")
    rows = items.annotate(
        live_decisions=decisions, live_given=given, live_proposals=proposals, live_recommended=recommended
    )
    return [_item(row, number) for number, row in enumerate(rows, 1)]


def _item(row: Any, number: int) -> WrittenItem:
    latest = {one["proposal"]: Recommended(**one) for one in row.live_recommended}
    return WrittenItem(
        item=row, number=number, decisions=[TakenDecision(**one) for one in row.live_decisions],
        given=[Duty(**one) for one in row.live_given],
        proposals=[(AboutProposal(**one), latest.get(one["pk"])) for one in row.live_proposals],
    )  # fmt: skip
