# SPDX-License-Identifier: EUPL-1.2
"""Covering personal data in an entry, and looking at what is covered; how long personal data is kept."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from talka.core.editing import edit_page
from talka.core.errors import Changed, Refused
from talka.core.http import sign_in_required
from talka.core.permissions import authorize
from talka.processes.models import Process
from talka.proposals.forms.redacting import KeepingForm, RedactForm
from talka.proposals.models import Proposal, Register
from talka.proposals.operations import erasing, redacting
from talka.proposals.queries.suspicion import suspects
from talka.proposals.views.entries import find_entry, to_entry
from talka.proposals.views.register import me


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def redact_proposal(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Choose what is covered in title and text before they are published."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.redact_proposal", proposal)
    found = suspects(proposal)
    if request.method != "POST":
        return _redact_page(request, proposal, RedactForm(proposal=proposal, suspects=found), 200)
    form = RedactForm(request.POST, proposal=proposal, suspects=found)
    if not form.is_valid():
        return _redact_page(request, proposal, form, 422)
    try:
        covered = redacting.redact_proposal(
            proposal, by=me(request), covers=form.covers(), seen=form.cleaned_data["seen"]
        )
    except Changed:
        messages.error(request, _("Somebody else changed the text while you were reading. Look at it once more."))
        return redirect(request.path)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _redact_page(request, proposal, form, 409)
    messages.success(
        request,
        ngettext("%(number)d passage is covered.", "%(number)d passages are covered.", covered) % {"number": covered},
    )
    return to_entry(proposal)


def _redact_page(request: HttpRequest, proposal: Proposal, form: RedactForm, status: int) -> HttpResponse:
    ticked = set(form["found"].value() or [])
    context = {
        "process": proposal.process,
        "proposal": proposal,
        "form": form,
        "suspects": [(one, one.key in ticked) for one in form.suspects],
        "redactions": proposal.redactions.select_related("made_by"),
    }
    return render(request, "proposals/redact_proposal.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def undo_redaction(request: HttpRequest, process_slug: str, number: int, redaction_id: int) -> HttpResponse:
    """Show a covered passage again."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.redact_proposal", proposal)
    redaction = get_object_or_404(proposal.redactions.select_related("proposal__process"), pk=redaction_id)
    if request.method == "POST":
        redacting.undo_redaction(redaction, by=me(request))
        messages.success(request, _("The passage is shown again."))
    return redirect("proposals:redact_proposal", process_slug, number)


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def view_original(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Show the text as received of an entry in which something is covered; asks first, for it is written down."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.view_original", proposal)
    if not proposal.is_redacted:
        return to_entry(proposal)
    shown = request.method == "POST"
    if shown:
        redacting.view_original(proposal, by=me(request))
    context = {"process": proposal.process, "proposal": proposal, "shown": shown}
    return render(request, "proposals/view_original.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_keeping(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Set how long personal data of a process is kept."""
    process = get_object_or_404(Process.objects.visible_to(request.user), slug=process_slug)
    authorize(request.user, "proposals.change_keeping", process)
    register = get_object_or_404(Register.objects.select_related("process"), process=process)
    initial = {"keep_months": register.keep_months, "keep_act": register.keep_act}
    form = KeepingForm(request.POST if request.method == "POST" else None, initial=initial)

    def save(**fields: Any) -> None:
        erasing.change_keeping(register, by=me(request), **fields)

    return edit_page(
        request, "proposals/change_keeping.html", form, save, to=request.path, said=_("Saved."),
        process=process, months=settings.KEEP_MONTHS, act=settings.KEEP_ACT,
    )  # fmt: skip
