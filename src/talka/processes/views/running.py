# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.core import clock
from talka.core.alphabet import Alphabetical
from talka.core.editing import edit_page, sent
from talka.core.forms import DayField
from talka.core.http import View, sign_in_required
from talka.core.permissions import authorize, is_allowed
from talka.core.text import clean_line
from talka.processes import operations
from talka.processes.forms.running import CreateProcessForm, FrameForm, ReasonForm, TextsForm
from talka.processes.models import Phase, Process, Role
from talka.processes.opening import actor, open_process
from talka.processes.queries import frame_of, preparations
from talka.processes.templates import TEMPLATES, Frame, lay


def _manage(process: Process, anchor: str = "") -> str:
    return reverse("processes:manage_process", args=[process.slug]) + (f"#{anchor}" if anchor else "")


def _first_page(user: Any, process: Process) -> str:
    """Return where somebody goes who has just made a process: who has no role in it names a coordinator first."""
    works = is_allowed(user, "processes.view_workspace", process)
    return reverse("processes:manage_process" if works else "processes:list_people", args=[process.slug])


@sign_in_required
@require_safe
def choose_template(request: HttpRequest) -> HttpResponse:
    """Choose what a new process starts from: the template of a kind, or another process."""
    authorize(request.user, "processes.create_process", None)
    kinds = [
        {"value": kind, "label": label, "phases": len(TEMPLATES[kind].phases), "steps": len(TEMPLATES[kind].steps)}
        for kind, label in Process.Kind.choices
    ]
    others = Process.objects.visible_to(request.user).select_related("owner").order_by(Alphabetical("title"))
    return render(request, "processes/choose_template.html", {"kinds": kinds, "others": others})


@sign_in_required
def create_process(request: HttpRequest, kind: str) -> HttpResponse:
    """Make a process as a draft, after showing what it will start with."""
    authorize(request.user, "processes.create_process", None)
    if kind not in TEMPLATES:
        raise Http404
    source = None
    if copied := clean_line(request.GET.get("copy", "")):
        source = get_object_or_404(Process.objects.visible_to(request.user), slug=copied, kind=kind)
    form = CreateProcessForm(*sent(request), user=request.user)
    return edit_page(
        request, "processes/create_process.html", form,
        lambda **fields: operations.create_process(kind=kind, copy_of=source, by=actor(request), **fields),
        to=lambda process: _first_page(request.user, process),
        said=_("The draft is made. Look through it, then publish it."),
        kind=Process.Kind(kind).label, source=source, frame=_laid(request, form, kind, source), deeds=dict(Phase.Deed.choices),
    )  # fmt: skip


def _laid(request: HttpRequest, form: CreateProcessForm, kind: str, source: Process | None) -> Frame:
    """Return what would be laid from the day that is typed so far."""
    given = request.POST if request.method == "POST" else request.GET
    try:
        first: date = DayField(required=False).clean(given.get("starts_on")) or clock.today()
    except ValidationError:
        first = clock.today()
    if source is not None:
        return frame_of(source, first)
    language = given.get("language", "")
    return lay(kind, language if language in {"lv", "en"} else form.initial["language"], first)


@sign_in_required
@require_safe
def manage_process(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Show a process with all its parts, and where each is changed."""
    process = open_process(request.user, process_slug, "processes.view_workspace")
    phases, channels = list(process.phases.all()), list(process.channels.select_related("person", "place"))
    coordinated = Role.objects.active().filter(process=process, kind=Role.Kind.COORDINATOR).exists()
    coordinates = is_allowed(request.user, "processes.publish_process", process)
    editable = process.closed_at is None and is_allowed(request.user, "processes.change_process", process)
    checklist = preparations(process, phases=phases, channels=channels, coordinators=coordinated)
    return render(request, "processes/manage_process.html", {
        "process": process,
        "phases": phases,
        "open_now": [phase for phase in phases if phase.standing == "now"],
        "steps": process.legal_steps.select_related("document"),
        "participants": process.participants.select_related("organization"),
        "channels": channels,
        "passages": process.passages.select_related("document"),
        "related": Process.objects.visible_to(request.user).filter(related=process),
        "checklist": checklist,
        "ready": all(one.done for one in checklist if one.required),
        "coordinates": coordinates,
        "editable": editable,
        "deeds": dict(Phase.Deed.choices),
    })  # fmt: skip


@sign_in_required
def change_texts(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Change what the page of a process says."""
    process = open_process(request.user, process_slug, "processes.change_process")
    return edit_page(
        request, "processes/change_texts.html", TextsForm(*sent(request), row=process),
        lambda **fields: operations.change_process(process, by=actor(request), **fields),
        to=_manage(process), said=_("Saved."), process=process,
    )  # fmt: skip


@sign_in_required
def change_frame(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Change the kind, territory, period, language and access of a process, and what it is related to."""
    process = open_process(request.user, process_slug, "processes.change_process")
    return edit_page(
        request, "processes/change_frame.html", FrameForm(*sent(request), row=process, user=request.user),
        lambda **fields: operations.change_process(process, by=actor(request), **fields),
        to=_manage(process), said=_("Saved."), process=process,
    )  # fmt: skip


@sign_in_required
@require_POST
def publish_process(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Show a process to those it is for."""
    process = open_process(request.user, process_slug, "processes.publish_process")
    operations.publish_process(process, by=actor(request))
    messages.success(request, _("The process is published."))
    return redirect(_manage(process))


def _with_reason(verb: str, operation: Callable[..., None], said: Callable[[], str]) -> View[[str]]:
    """Make the page on which a coordinator says why, and then does it."""

    @sign_in_required
    def page(request: HttpRequest, process_slug: str) -> HttpResponse:
        process = open_process(request.user, process_slug, f"processes.{verb}")
        return edit_page(
            request, f"processes/{verb}.html", ReasonForm(*sent(request)),
            lambda **fields: operation(process, by=actor(request), **fields),
            to=_manage(process), said=said(), process=process,
        )  # fmt: skip

    return page


unpublish_process = _with_reason(
    "unpublish_process", operations.unpublish_process, lambda: _("The process is a draft again.")
)
close_process = _with_reason("close_process", operations.close_process, lambda: _("The process is closed."))
reopen_process = _with_reason("reopen_process", operations.reopen_process, lambda: _("The process is open again."))
