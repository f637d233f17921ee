# SPDX-License-Identifier: EUPL-1.2
"""Public processes for programs: what everybody may see, read-only."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from talka.processes.models import Process, ProcessQuerySet
from talka.processes.standing import Standing, with_standing

router = Router(tags=["processes"])


def page_url(name: str, language: str, *parts: Any) -> str:
    """Return the whole address of a public page in one language."""
    with translation.override(language):
        return f"{settings.TALKA_URL}{reverse(name, args=parts)}"


class ProcessRow(Schema):
    """A process as one row."""

    slug: str
    title: str
    kind: Process.Kind
    standing: Standing
    language: str
    owner: str = Field(alias="owner.name")
    summary: str
    covers_from: int | None = Field(description="first year of the period it is about")
    covers_to: int | None = Field(description="last year of the period it is about")
    published_at: datetime | None
    closed_at: datetime | None
    url: str

    @staticmethod
    def resolve_url(process: Process) -> str:
        """Return the address of its page."""
        return page_url("portal:show_process", process.language, process.slug)


class PhaseOut(Schema):
    """A phase; both days belong to it, either may be open."""

    title: str
    description: str
    starts_on: date | None
    ends_on: date | None
    dates_note: str = Field(description="when it is, in words, where that is said instead of dates")
    allows: list[str] = Field(description="what can be done in it: propose, apply, answer, object")


class ParticipantOut(Schema):
    """An organization that takes part."""

    name: str = Field(alias="organization.name")
    classification: str = Field(alias="organization.classification")
    capacity: str


class LegalStepOut(Schema):
    """A legal step with its act and dates."""

    title: str
    act: str
    responsible: str
    due_on: date | None
    done_on: date | None
    document_url: str


class ProcessOut(ProcessRow):
    """A process with its phases, organizations and legal steps."""

    description: str = Field(description="Markdown")
    easy_language: str = Field(description="Markdown, in easy language")
    phases: list[PhaseOut]
    participants: list[ParticipantOut]
    legal_steps: list[LegalStepOut]


def public_processes() -> ProcessQuerySet:
    """Return the processes that everybody may see, newest first."""
    return with_standing(Process.objects.visible_to(AnonymousUser())).select_related("owner")


@router.get("/processes", response=list[ProcessRow])
@paginate
def list_processes(
    request: HttpRequest,
    kind: Process.Kind | None = None,
    standing: Standing | None = None,
    owner: str | None = Query(None, pattern=r"^[-\w]+$", max_length=80, description="address part of the owner's name"),
) -> ProcessQuerySet:
    """List the public processes, newest first."""
    wanted = {"kind": kind, "standing": standing, "owner__slug": owner}
    return public_processes().filter(**{name: value for name, value in wanted.items() if value})


@router.get("/processes/{slug:process}", response=ProcessOut)
def show_process(request: HttpRequest, process: str) -> Process:
    """Show one public process."""
    parts = public_processes().prefetch_related("phases", "participants__organization", "legal_steps")
    return get_object_or_404(parts, slug=process)
