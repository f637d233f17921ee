# SPDX-License-Identifier: EUPL-1.2
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import authorize
from talka.files.downloads import attachment_response
from talka.meetings.models import Archive
from talka.meetings.operations import archiving
from talka.meetings.protocol.archive import archived, meetings_without
from talka.processes.models import Process


def _process(request: HttpRequest, process_slug: str) -> Process:
    """Return the process to somebody who may have its archive; else 404 or a refusal."""
    processes = Process.objects.visible_to(request.user).select_related("owner")
    process: Process = get_object_or_404(processes, slug=process_slug)
    authorize(request.user, "meetings.ask_archive", process)
    return process


def _archive(request: HttpRequest, process: Process, pk: int) -> Archive:
    archives = Archive.objects.visible_to(request.user).filter(process=process).select_related("file")
    archive: Archive = get_object_or_404(archives, pk=pk)
    return archive


@sign_in_required
@require_safe
def manage_archive(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """Say how many minutes the archive holds and which meetings have none, and offer to make it."""
    process = _process(request, process_slug)
    context = {
        "process": process, "number": archived(process).count(), "without": meetings_without(process),
        "archives": Archive.objects.visible_to(request.user).filter(process=process).select_related("file"),
        "days": archiving.KEEP.days,
    }  # fmt: skip
    return render(request, "meetings/manage_archive.html", context)


@sign_in_required
@require_POST
def ask_archive(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """Let the archive be made, and show how far it is."""
    process = _process(request, process_slug)
    archive = archiving.ask_archive(process, by=request.user, language=get_language() or process.language)
    return redirect("meetings:show_archive", process.slug, archive.pk)


@sign_in_required
@require_safe
def show_archive(request: SignedInRequest, process_slug: str, pk: int) -> HttpResponse:
    """Show how far the archive is, and offer it when it is ready."""
    process = _process(request, process_slug)
    context = {"process": process, "archive": _archive(request, process, pk), "days": archiving.KEEP.days}
    return render(request, "meetings/show_archive.html", context)


@sign_in_required
@require_safe
def take_archive(request: SignedInRequest, process_slug: str, pk: int) -> HttpResponse:
    """Give an archive that has been made."""
    archive = _archive(request, _process(request, process_slug), pk)
    if archive.file is None:
        raise Http404
    return cast("HttpResponse", attachment_response(archive.file))
