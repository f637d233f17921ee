# SPDX-License-Identifier: EUPL-1.2
"""Answers to deliver: letters to print, calls to make, what did not arrive."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from talka.core import clock
from talka.core.errors import Refused
from talka.core.http import sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import authorize
from talka.core.text import whole_number
from talka.processes.models import Process
from talka.proposals import queries
from talka.proposals.forms.deliveries import CallForm, OtherwiseForm, SentForm
from talka.proposals.letters import typeset
from talka.proposals.models import Delivery, DeliveryQuerySet
from talka.proposals.operations import deliveries as operations
from talka.proposals.views.register import find_process, me

PAGE = 50
MOST_PRINTED = 500
PARTS = ("letters", "calls", "settle", "mails", "done")


def _find_process(request: HttpRequest, process_slug: str) -> Process:
    process = find_process(request, process_slug)
    authorize(request.user, "proposals.view_deliveries", process)
    return process


def _rows(process: Process, part: str) -> DeliveryQuerySet:
    rows = queries.deliveries_of(process)
    found = {
        "letters": rows.to_print,
        "calls": rows.to_call,
        "settle": rows.to_settle,
        "mails": rows.on_their_way,
    }
    if part in found:
        return found[part]()
    return rows.exclude(done_at__isnull=True).order_by("-done_at", "-pk")


@sign_in_required
@require_safe
def list_deliveries(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Show what waits to be delivered, one part at a time."""
    process = _find_process(request, process_slug)
    counted = queries.count_deliveries(process)
    first = next(
        (name for name, number in (("letters", counted.letters), ("calls", counted.calls), ("settle", counted.to_settle)) if number),
        "letters",
    )  # fmt: skip
    part = request.GET.get("show", first)
    part = part if part in PARTS else first
    return _page(request, process, part, counted)


def _page(
    request: HttpRequest, process: Process, part: str, counted: queries.ToDeliver, *, status: int = 200, **context: Any
) -> HttpResponse:
    context = {
        "process": process,
        "part": part,
        "counted": counted,
        "page": page_of(request, _rows(process, part), size=PAGE),
        "sent_form": SentForm(initial={"sent_on": clock.today()}),
        "most_printed": MOST_PRINTED,
    } | context
    return render(request, "proposals/list_deliveries.html", context, status=status)


def _picked(request: HttpRequest, process: Process) -> list[Delivery]:
    """Return the letters that were ticked, or all that wait; letters that were sent can be printed again."""
    rows = queries.deliveries_of(process).filter(way=Delivery.Way.POST, failed_at__isnull=True)
    if request.POST.get("all"):
        return list(rows.to_print()[: MOST_PRINTED + 1])
    keys = [key for one in request.POST.getlist("pick") if (key := whole_number(one)) is not None]
    return list(rows.standing().filter(pk__in=keys)[: MOST_PRINTED + 1])


def _refuse(request: HttpRequest, picked: Sequence[Delivery]) -> bool:
    """Say why nothing can be done with what was ticked, and whether that is so."""
    if not picked:
        messages.error(request, _("Tick the letters first."))
    elif len(picked) > MOST_PRINTED:
        said = _("At most %(number)d letters go into one file. Tick fewer.")
        messages.error(request, said % {"number": MOST_PRINTED})
    return not picked or len(picked) > MOST_PRINTED


def _back(process: Process, part: str) -> HttpResponse:
    response = redirect("proposals:list_deliveries", process.slug)
    response["Location"] += f"?show={part}"
    return response


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def print_letters(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Give the picked letters as one file to print."""
    process = _find_process(request, process_slug)
    if request.method != "POST":
        return _back(process, "letters")
    picked = _picked(request, process)
    if _refuse(request, picked):
        return _back(process, "letters")
    title = ngettext("%(number)d letter", "%(number)d letters", len(picked)) % {"number": len(picked)}
    file = typeset(queries.letters_of(picked), title=f"{process.title}: {title}", made_at=clock.now())
    operations.print_letters(picked, by=me(request))
    response = HttpResponse(file, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{process.slug}-{clock.today().isoformat()}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def mark_letters_sent(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Note the day on which the picked letters were posted."""
    process = _find_process(request, process_slug)
    if request.method != "POST":
        return _back(process, "letters")
    form = SentForm(request.POST)
    picked = _picked(request, process)
    if not form.is_valid():
        counted = queries.count_deliveries(process)
        ticked = {delivery.pk for delivery in picked}
        return _page(request, process, "letters", counted, status=422, sent_form=form, ticked=ticked)
    if not _refuse(request, picked):
        number = operations.mark_letters_sent(picked, on=form.cleaned_data["sent_on"], by=me(request))
        said = ngettext("%(number)d letter is noted as posted.", "%(number)d letters are noted as posted.", number)
        messages.success(request, said % {"number": number})
    return _back(process, "letters")


def _find(process: Process, pk: int) -> Delivery:
    if pk >= 2**63:
        raise Http404
    return get_object_or_404(queries.deliveries_of(process), pk=pk)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_call(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Show whom to call and what to say, and note what came of it."""
    process = _find_process(request, process_slug)
    delivery = _find(process, pk)
    form = CallForm(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        reached = request.POST.get("do") == "reached"
        try:
            operations.record_call(delivery, reached=reached, note=form.cleaned_data["note"], by=me(request))
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(
                request, _("Noted: the answer has been told.") if reached else _("Noted. The call stays in the list.")
            )
            return _back(process, "calls")
    nodes = queries.named_in_answer(delivery.author.proposal)
    context = {"process": process, "delivery": delivery, "form": form, "nodes": nodes}
    return render(request, "proposals/record_call.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def deliver_otherwise(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Choose another way for an answer."""
    process = _find_process(request, process_slug)
    delivery = _find(process, pk)
    form = OtherwiseForm(request.POST if request.method == "POST" else None, author=delivery.author)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            following = operations.deliver_otherwise(delivery, by=me(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, _("The answer goes another way: %(way)s.") % {"way": following.get_way_display()})
            return _back(process, "settle")
    context = {"process": process, "delivery": delivery, "form": form}
    return render(request, "proposals/deliver_otherwise.html", context, status=status)
