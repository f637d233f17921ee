# SPDX-License-Identifier: EUPL-1.2
"""Public meetings for programs, read-only. For calendars there are the iCalendar feeds."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from talka.meetings.models import Meeting, MeetingQuerySet
from talka.meetings.queries.agenda import Line, agenda_for
from talka.meetings.queries.decisions import Decided, decided
from talka.processes.api import page_url

router = Router(tags=["meetings"])


class MeetingRow(Schema):
    """A meeting as one row; the end does not belong to it."""

    process: str = Field(alias="process.slug")
    id: int
    uid: UUID = Field(description="the UID of its entry in the calendar feeds")
    title: str
    groups: list[str] = Field(description="address parts of the groups that meet")
    starts_at: datetime | None
    ends_at: datetime | None
    whole_day: bool = Field(description="the hour is not known")
    time_note: str = Field(description="when, in words, where the date or hour is not known")
    place: str | None = None
    floor: str | None = None
    remote_url: str = Field(description="where the link is public")
    cancelled_at: datetime | None
    url: str

    @staticmethod
    def resolve_groups(meeting: Meeting) -> list[str]:
        """Return the groups that meet."""
        return [group.slug for group in meeting.groups.all()]

    @staticmethod
    def resolve_place(meeting: Meeting) -> str | None:
        """Return the place with its address."""
        return str(meeting.place) if meeting.place else None

    @staticmethod
    def resolve_floor(meeting: Meeting) -> str | None:
        """Return the floor."""
        return meeting.place.floor or None if meeting.place else None

    @staticmethod
    def resolve_remote_url(meeting: Meeting) -> str:
        """Return the link to join, only where everybody may have it."""
        return meeting.remote_url if meeting.remote_public else ""

    @staticmethod
    def resolve_url(meeting: Meeting) -> str:
        """Return the address of its page."""
        return page_url("meetings:show_meeting", meeting.process.language, meeting.process.slug, meeting.pk)


class DecisionOut(Schema):
    """What a meeting decided."""

    number: str
    text: str
    decided_on: date
    proposals: list[str] = Field(description="register numbers of the published proposals it is about")
    nodes: list[str] = Field(description="codes, or else titles, of what comes of it in published plans")

    @staticmethod
    def resolve_number(one: Decided) -> str:
        """Return its number."""
        return one.decision.number

    @staticmethod
    def resolve_text(one: Decided) -> str:
        """Return its words."""
        return one.text

    @staticmethod
    def resolve_decided_on(one: Decided) -> date:
        """Return its day."""
        return one.decision.decided_on

    @staticmethod
    def resolve_proposals(one: Decided) -> list[str]:
        """Return the numbers of proposals."""
        return [proposal.reference for proposal in one.proposals]

    @staticmethod
    def resolve_nodes(one: Decided) -> list[str]:
        """Return the codes in plans."""
        return [version.code or version.title for version in one.versions]


class AgendaItemOut(Schema):
    """One item of a published agenda; of a closed one only its place and time."""

    number: int
    title: str = Field(description="empty for a closed item")
    closed: bool
    starts_at: datetime | None
    minutes_planned: int | None = None
    presenter: str = Field(description="the office; the name where it is public")
    proposals: list[str] = Field(description="register numbers of the published proposals it is about")

    @staticmethod
    def resolve_title(line: Line) -> str:
        """Return its title, as everybody may read it."""
        return "" if line.closed else line.item.title

    @staticmethod
    def resolve_minutes_planned(line: Line) -> int | None:
        """Return how long it is planned to take."""
        return line.item.minutes_planned

    @staticmethod
    def resolve_proposals(line: Line) -> list[str]:
        """Return the numbers of proposals."""
        return [proposal.reference for proposal in line.proposals]


class MeetingOut(MeetingRow):
    """A meeting with what it is about and how to come."""

    description: str = Field(description="Markdown")
    remote_note: str
    help_note: str = Field(description="how to ask for help with coming or hearing")
    accessibility: str | None = None
    cancelled_because: str
    agenda: list[AgendaItemOut] = Field(description="empty until it is published")
    decisions: list[DecisionOut]

    @staticmethod
    def resolve_agenda(meeting: Meeting) -> list[Line]:
        """Return its agenda, once that is published."""
        if meeting.agenda_published_at is None:
            return []
        return agenda_for(meeting, AnonymousUser(), inside=False).lines

    @staticmethod
    def resolve_decisions(meeting: Meeting) -> list[Decided]:
        """Return what it decided, as far as it is published."""
        return decided(meeting, AnonymousUser())

    @staticmethod
    def resolve_accessibility(meeting: Meeting) -> str | None:
        """Return how accessible the place is: full, partly, none or unknown."""
        return meeting.place.access if meeting.place else None


def public_meetings() -> MeetingQuerySet:
    """Return the meetings that everybody may see, in the order in which they take place."""
    meetings = Meeting.objects.visible_to(AnonymousUser()).select_related("process", "place").prefetch_related("groups")
    return meetings.order_by("starts_at", "pk")


@router.get("/meetings", response=list[MeetingRow])
@paginate
def list_meetings(
    request: HttpRequest,
    process: str | None = Query(None, pattern=r"^[-\w]+$", max_length=80),
    group: str | None = Query(None, pattern=r"^[-\w]+$", max_length=80),
    since: date | None = None,
    until: date | None = None,
) -> MeetingQuerySet:
    """List the public meetings in the order in which they take place; those without a date come last.

    ``since`` and ``until`` are days; both belong to the span.
    """
    wanted: dict[str, Any] = {
        "process__slug": process, "groups__slug": group, "starts_at__date__gte": since, "starts_at__date__lte": until,
    }  # fmt: skip
    return public_meetings().filter(**{name: value for name, value in wanted.items() if value}).distinct()


@router.get("/processes/{slug:process}/meetings/{int:meeting}", response=MeetingOut)
def show_meeting(request: HttpRequest, process: str, meeting: int) -> Meeting:
    """Show one public meeting."""
    return get_object_or_404(public_meetings(), process__slug=process, pk=meeting)
