# SPDX-License-Identifier: EUPL-1.2
"""Working groups of public processes for programs, read-only; members as numbers, names only of those who lead."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from talka.directory.models import in_term
from talka.groups.models import Mandate, PlannedAction, WorkingGroup, WorkingGroupQuerySet
from talka.groups.queries.actions import Asked, asked_for
from talka.processes.api import page_url

router = Router(tags=["groups"])


class GroupRow(Schema):
    """A working group as one row."""

    process: str = Field(alias="process.slug")
    slug: str
    name: str
    kind: WorkingGroup.Kind
    joining: WorkingGroup.Joining
    topic: str | None = None
    members: int = Field(description="how many people sit in it today, those who lead included")
    is_closed: bool
    url: str

    @staticmethod
    def resolve_topic(group: WorkingGroup) -> str | None:
        """Return its topic."""
        return group.topic.name if group.topic else None

    @staticmethod
    def resolve_is_closed(group: WorkingGroup) -> bool:
        """Say whether its work has ended."""
        return group.closed_at is not None

    @staticmethod
    def resolve_url(group: WorkingGroup) -> str:
        """Return the address of its page."""
        return page_url("portal:show_group", group.process.language, group.process.slug, group.slug)


class PlannedActionOut(Schema):
    """What a group asks to be done."""

    title: str = Field(alias="action.title")
    reason: str = Field(alias="action.reason")
    organization: str | None = None
    starts_year: int | None = Field(None, alias="action.starts_year")
    ends_year: int | None = Field(None, alias="action.ends_year")
    state: PlannedAction.State
    refused_because: str = Field(alias="action.refused_because")
    node: str | None = Field(None, description="code, or else title, of what it became in a published plan")

    @staticmethod
    def resolve_organization(one: Asked) -> str | None:
        """Return who could do it."""
        return one.action.organization.name if one.action.organization else None

    @staticmethod
    def resolve_node(one: Asked) -> str | None:
        """Return what it became."""
        return (one.version.code or one.version.title) if one.version is not None else None


class GroupOut(GroupRow):
    """A working group with what it is about and who leads it."""

    description: str = Field(description="Markdown")
    how_to_join: str
    subtopics: list[str]
    leads: list[str] = Field(description="name and office of the lead and the deputy")
    planned_actions: list[PlannedActionOut] = Field(
        description="what the group asks to be done, the most important first"
    )

    @staticmethod
    def resolve_planned_actions(group: WorkingGroup) -> list[Asked]:
        """Return what it asks for."""
        return asked_for(PlannedAction.objects.filter(group=group), AnonymousUser())

    @staticmethod
    def resolve_subtopics(group: WorkingGroup) -> list[str]:
        """Return the names of its sub-topics."""
        return [topic.name for topic in group.subtopics.all()]

    @staticmethod
    def resolve_leads(group: WorkingGroup) -> list[str]:
        """Return who leads it."""
        mandates = Mandate.objects.active().leading().filter(group=group).select_related("person")
        return [f"{one.person}, {one.title}" if one.title else str(one.person) for one in mandates]


def public_groups() -> WorkingGroupQuerySet:
    """Return the groups of processes that everybody may see."""
    sitting = Count("mandates", filter=in_term("mandates__"))
    groups = WorkingGroup.objects.visible_to(AnonymousUser()).annotate(members=sitting)
    return groups.select_related("process", "topic").order_by("process__slug", "position", "pk")


@router.get("/groups", response=list[GroupRow])
@paginate
def list_groups(
    request: HttpRequest, process: str | None = Query(None, pattern=r"^[-\w]+$", max_length=80)
) -> WorkingGroupQuerySet:
    """List the working groups of public processes, or of one of them."""
    wanted: dict[str, Any] = {"process__slug": process} if process else {}
    return public_groups().filter(**wanted)


@router.get("/processes/{slug:process}/groups/{slug:group}", response=GroupOut)
def show_group(request: HttpRequest, process: str, group: str) -> WorkingGroup:
    """Show one working group."""
    return get_object_or_404(public_groups().prefetch_related("subtopics"), process__slug=process, slug=group)
