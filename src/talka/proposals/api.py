# SPDX-License-Identifier: EUPL-1.2
"""Published proposals for programs, read-only and without anything about who sent them."""

from datetime import date, datetime
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from talka.plans.addresses import node_address
from talka.plans.models import NodeVersion
from talka.plans.queries.shown import current_versions
from talka.processes.api import page_url
from talka.proposals.choosing import PublicChoice
from talka.proposals.models import Became, Proposal, ProposalQuerySet, Reply

router = Router(tags=["proposals"])


def _reply(proposal: Proposal) -> Reply | None:
    """Return the answer once it is published."""
    reply: Reply | None = getattr(proposal, "reply", None) if proposal.answered_at is not None else None
    return reply


class NodeOut(Schema):
    """A part of a published plan that a proposal became."""

    code: str | None
    title: str
    plan: str = Field(description="address part of the plan", alias="edition.plan.slug")
    process: str = Field(description="address part of the plan's process", alias="edition.plan.process.slug")
    url: str

    @staticmethod
    def resolve_url(version: NodeVersion) -> str:
        """Return the address of its page."""
        with translation.override(version.edition.plan.process.language):
            return f"{settings.TALKA_URL}{node_address(version)}"


class ProposalRow(Schema):
    """A published proposal with its answer, as one row."""

    process: str = Field(alias="process.slug")
    number: int
    reference: str
    title: str
    text: str
    language: str
    state: Proposal.State
    topic: str | None = None
    area: str | None = None
    place_text: str
    longitude: float | None = Field(description="degrees, WGS 84")
    latitude: float | None = Field(description="degrees, WGS 84")
    channel: Proposal.Channel
    received_on: date
    due_on: date | None = Field(description="day by which the answer is or was due, extensions included")
    group: str | None = Field(None, description="address part of the group that examines it")
    answered_at: datetime | None
    answer_corrected_at: datetime | None = Field(None, description="when the answer was last corrected")
    outcome: str | None = Field(None, description="accepted, partly, rejected, already, not_ours")
    reason: str | None = None
    forwarded_to: str | None = None
    became: list[NodeOut] = Field(description="actions and other parts of plans that it became")
    url: str

    @staticmethod
    def resolve_topic(proposal: Proposal) -> str | None:
        """Return its topic."""
        return proposal.topic.name if proposal.topic else None

    @staticmethod
    def resolve_area(proposal: Proposal) -> str | None:
        """Return its territory."""
        return proposal.area.name if proposal.area else None

    @staticmethod
    def resolve_received_on(proposal: Proposal) -> date:
        """Return the day on which it was received."""
        return timezone.localdate(proposal.received_at)

    @staticmethod
    def resolve_group(proposal: Proposal) -> str | None:
        """Return the group that examines it."""
        return proposal.assigned_group.slug if proposal.assigned_group else None

    @staticmethod
    def resolve_outcome(proposal: Proposal) -> str | None:
        """Return what was decided."""
        reply = _reply(proposal)
        return reply.outcome if reply else None

    @staticmethod
    def resolve_reason(proposal: Proposal) -> str | None:
        """Return why."""
        reply = _reply(proposal)
        return reply.reason if reply else None

    @staticmethod
    def resolve_answer_corrected_at(proposal: Proposal) -> datetime | None:
        """Return when the answer was last corrected."""
        reply = _reply(proposal)
        return reply.corrected_at if reply else None

    @staticmethod
    def resolve_forwarded_to(proposal: Proposal) -> str | None:
        """Return to whom it was passed on."""
        reply = _reply(proposal)
        return reply.forwarded_to or None if reply else None

    @staticmethod
    def resolve_became(proposal: Proposal) -> list[NodeVersion]:
        """Return what it became, once it is answered."""
        if proposal.answered_at is None or proposal.withdrawn_at is not None:
            return []
        versions = [next(iter(link.node.shown), None) for link in proposal.standing_links]  # type: ignore[attr-defined]
        return [version for version in versions if version is not None]

    @staticmethod
    def resolve_url(proposal: Proposal) -> str:
        """Return the address of its page."""
        return page_url("proposals:show_proposal", proposal.process.language, proposal.process.slug, proposal.number)


def public_proposals() -> ProposalQuerySet:
    """Return the published proposals that everybody may see."""
    related = ("process", "topic", "area", "assigned_group", "reply")
    shown = Prefetch("node__versions", queryset=current_versions(AnonymousUser()), to_attr="shown")
    links = Became.objects.standing().select_related("node").prefetch_related(shown)
    rows = Proposal.objects.visible_to(AnonymousUser()).select_related(*related).defer("search")
    return rows.prefetch_related(Prefetch("became", queryset=links, to_attr="standing_links"))


@router.get("/proposals", response=list[ProposalRow])
@paginate
def list_proposals(
    request: HttpRequest,
    process: str | None = Query(None, pattern=r"^[-\w]+$", max_length=80),
    group: str | None = Query(None, pattern=r"^[-\w]+$", max_length=80),
    state: Proposal.State | None = None,
    q: str = Query("", max_length=200, description='words in any form, "words in this order", -without'),
    sort: Literal["newest", "best"] = "newest",
) -> ProposalQuerySet:
    """List the published proposals, the last received first, or what fits the search best."""
    wanted: dict[str, Any] = {"process__slug": process, "assigned_group__slug": group}
    found = public_proposals().filter(**{name: value for name, value in wanted.items() if value})
    found = (found.in_state(state) if state else found).matching(q, whole=True)
    return PublicChoice(q=q, sort=sort).order(found, one_process=False)


@router.get("/processes/{slug:process}/proposals/{int:number}", response=ProposalRow)
def show_proposal(request: HttpRequest, process: str, number: int) -> Proposal:
    """Show one published proposal."""
    return get_object_or_404(public_proposals(), process__slug=process, number=number)
