# SPDX-License-Identifier: EUPL-1.2
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.core import clock
from talka.core.editing import edit_page, sent
from talka.core.http import sign_in_required
from talka.files.downloads import attachment_response
from talka.processes import operations
from talka.processes.forms.parts import ChannelForm, CompleteStepForm, LegalStepForm, PassageForm, PhaseForm
from talka.processes.models import Channel, LegalStep, Passage, Phase, Process
from talka.processes.opening import actor, open_process
from talka.processes.queries import document_of

Part = TypeVar("Part", Phase, LegalStep, Channel, Passage)

ROWS: dict[str, type[Any]] = {"phases": Phase, "steps": LegalStep, "channels": Channel, "passages": Passage}
"""The rows of a process as addresses and the headings of the overview name them."""


def _section(process: Process, name: str) -> str:
    return f"{reverse('processes:manage_process', args=[process.slug])}#{name}"


def _part(model: type[Part], process: Process, pk: int | None) -> Part | None:
    """Return a part of this very process; one of another process is not there."""
    return get_object_or_404(model._default_manager.filter(process=process), pk=pk) if pk is not None else None


@sign_in_required
@require_POST
def move_part(request: HttpRequest, process_slug: str, row: str, pk: int) -> HttpResponse:
    """Move a part one place up or down."""
    process = open_process(request.user, process_slug, "processes.move_part")
    if row not in ROWS:
        raise Http404
    part = get_object_or_404(ROWS[row], process=process, pk=pk)
    operations.move_part(part, by=actor(request), up=request.POST.get("direction") == "up")
    return redirect(_section(process, row))


@sign_in_required
def save_phase(request: HttpRequest, process_slug: str, pk: int | None = None) -> HttpResponse:
    """Add or change a phase."""
    process = open_process(request.user, process_slug, "processes.save_phase")
    phase = _part(Phase, process, pk)
    return edit_page(
        request, "processes/save_phase.html", PhaseForm(*sent(request), row=phase),
        lambda **fields: operations.save_phase(process, phase=phase, by=actor(request), **fields),
        to=_section(process, "phases"), said=_("The phase is saved."), process=process, part=phase,
    )  # fmt: skip


@sign_in_required
@require_POST
def delete_phase(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Remove a phase."""
    process = open_process(request.user, process_slug, "processes.delete_phase")
    operations.delete_phase(get_object_or_404(process.phases, pk=pk), by=actor(request))
    messages.success(request, _("The phase is removed."))
    return redirect(_section(process, "phases"))


@sign_in_required
def save_legal_step(request: HttpRequest, process_slug: str, pk: int | None = None) -> HttpResponse:
    """Add or change a legal step."""
    process = open_process(request.user, process_slug, "processes.save_legal_step")
    step = _part(LegalStep, process, pk)
    return edit_page(
        request, "processes/save_legal_step.html", LegalStepForm(*sent(request), row=step),
        lambda **fields: operations.save_legal_step(process, step=step, by=actor(request), **fields),
        to=_section(process, "steps"), said=_("The legal step is saved."), process=process, part=step,
    )  # fmt: skip


@sign_in_required
def complete_legal_step(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Record that a legal step is done, with its document."""
    process = open_process(request.user, process_slug, "processes.complete_legal_step")
    step = get_object_or_404(process.legal_steps, pk=pk)
    form = CompleteStepForm(*sent(request), initial={"done_on": clock.today()})
    return edit_page(
        request, "processes/complete_legal_step.html", form,
        lambda **fields: operations.complete_legal_step(step, by=actor(request), **fields),
        to=_section(process, "steps"), said=_("Recorded as done."), process=process, part=step,
    )  # fmt: skip


@sign_in_required
@require_POST
def delete_legal_step(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Remove a legal step."""
    process = open_process(request.user, process_slug, "processes.delete_legal_step")
    operations.delete_legal_step(get_object_or_404(process.legal_steps, pk=pk), by=actor(request))
    messages.success(request, _("The legal step is removed."))
    return redirect(_section(process, "steps"))


@sign_in_required
def save_channel(request: HttpRequest, process_slug: str, pk: int | None = None) -> HttpResponse:
    """Add or change a way to take part."""
    process = open_process(request.user, process_slug, "processes.save_channel")
    channel = _part(Channel, process, pk)
    return edit_page(
        request, "processes/save_channel.html", ChannelForm(*sent(request), row=channel, process=process),
        lambda **fields: operations.save_channel(process, channel=channel, by=actor(request), **fields),
        to=_section(process, "channels"), said=_("The way to take part is saved."), process=process, part=channel,
    )  # fmt: skip


@sign_in_required
@require_POST
def delete_channel(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Remove a way to take part."""
    process = open_process(request.user, process_slug, "processes.delete_channel")
    operations.delete_channel(get_object_or_404(process.channels, pk=pk), by=actor(request))
    messages.success(request, _("The way to take part is removed."))
    return redirect(_section(process, "channels"))


@sign_in_required
def save_passage(request: HttpRequest, process_slug: str, pk: int | None = None) -> HttpResponse:
    """Add or change a part of the page."""
    process = open_process(request.user, process_slug, "processes.save_passage")
    passage = _part(Passage, process, pk)
    return edit_page(
        request, "processes/save_passage.html", PassageForm(*sent(request), row=passage),
        lambda **fields: operations.save_passage(process, passage=passage, by=actor(request), **fields),
        to=_section(process, "passages"), said=_("The part of the page is saved."), process=process, part=passage,
    )  # fmt: skip


@sign_in_required
@require_POST
def delete_passage(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Remove a part of the page."""
    process = open_process(request.user, process_slug, "processes.delete_passage")
    operations.delete_passage(get_object_or_404(process.passages, pk=pk), by=actor(request))
    messages.success(request, _("The part of the page is removed."))
    return redirect(_section(process, "passages"))


@require_safe
def download_document(request: HttpRequest, process_slug: str, pk: int) -> HttpResponseBase:
    """Hand out a document of a process to whoever may see the process."""
    process = get_object_or_404(Process.objects.visible_to(request.user), slug=process_slug)
    document = document_of(process, pk)
    if document is None:
        raise Http404
    return attachment_response(document)
