# SPDX-License-Identifier: EUPL-1.2
"""The pile of paper: what waits, what became of the rest, and how more is brought."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from talka.accounts.models import User
from talka.core.http import sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import authorize
from talka.files.downloads import attachment_response
from talka.processes.models import Process
from talka.proposals.queries import count_waiting as count_proposals
from talka.scans import queries, reading
from talka.scans.forms import AddScansForm
from talka.scans.models import Scan, ScanPage, Stack
from talka.scans.operations import bringing

PAGE = 50
SHOWN = ("waiting", "registered", "discarded", "all")


def me(request: HttpRequest) -> User:
    """Return who is signed in; for views behind ``sign_in_required``."""
    return cast("User", request.user)


def find_process(request: HttpRequest, process_slug: str) -> Process:
    """Return a process whose paper the person may see: 404 for a hidden process, 403 for its paper."""
    process = get_object_or_404(Process.objects.visible_to(request.user), slug=process_slug)
    authorize(request.user, "scans.list_scans", process)
    return process


@sign_in_required
@require_safe
def list_scans(request: HttpRequest, process_slug: str) -> HttpResponse:
    """List the letters on paper: those that wait, and what became of the others."""
    process = find_process(request, process_slug)
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else "waiting"
    rows = Scan.objects.filter(process=process, joined_to__isnull=True)
    if shown == "waiting":
        rows = rows.waiting().in_turn()
    elif shown == "registered":
        rows = rows.filter(proposal__isnull=False).order_by("-closed_at")
    elif shown == "discarded":
        rows = rows.exclude(discarded_because="").order_by("-closed_at")
    else:
        rows = rows.order_by("-pk")
    pile = queries.pile_of(process)
    context: dict[str, Any] = {
        "process": process,
        "pile": pile,
        "page": page_of(request, queries.rows_of(rows), size=PAGE),
        "shown": shown,
        "stacks": Stack.objects.filter(process=process).exclude(trouble="").select_related("file").order_by("-pk")[:10],
        "at_work": Stack.objects.filter(process=process, taken_apart_at__isnull=True).select_related("file"),
        "can_read": reading.can_read(),
        "shows": [
            ("waiting", pgettext("scans", "waiting")),
            ("registered", pgettext("scans", "entered")),
            ("discarded", pgettext("scans", "laid aside")),
            ("all", pgettext("scans", "all")),
        ],
        "keep_days": settings.KEEP_SCANS_DAYS,
        "waiting": count_proposals(process),
    }
    return render(request, "scans/list_scans.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_scans(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Bring scans or photos of paper."""
    process = find_process(request, process_slug)
    sent = request.method == "POST"
    form = AddScansForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        data = form.cleaned_data
        stacks, left_out = bringing.add_scans(
            process, uploads=data["files"], splitting=data["splitting"], every=data["every"], by=me(request)
        )
        if stacks:
            number = len(stacks)
            messages.success(
                request, ngettext("%(number)d file brought.", "%(number)d files brought.", number) % {"number": number}
            )
        if left_out:
            sentence = ngettext(
                "%(number)d file was here already and was left out.",
                "%(number)d files were here already and were left out.",
                left_out,
            )
            messages.warning(request, sentence % {"number": left_out})
        return redirect("scans:list_scans", process_slug)
    context = {"process": process, "form": form, "can_read": reading.can_read(), "files_lost": bool(request.FILES)}
    return render(request, "scans/add_scans.html", context, status=422 if form.errors else 200)


@require_safe
def show_page(request: HttpRequest, process_slug: str, scan_id: int, page_id: int) -> HttpResponseBase:
    """Give the picture of a page to those who keep the register."""
    process = find_process(request, process_slug)
    pages = ScanPage.objects.filter(scan__in=Scan.objects.visible_to(request.user).filter(process=process))
    page = get_object_or_404(pages.select_related("picture"), scan=scan_id, pk=page_id)
    response = attachment_response(page.picture)
    response["Cache-Control"] = "private, max-age=3600"
    return response
