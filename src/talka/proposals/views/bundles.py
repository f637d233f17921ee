# SPDX-License-Identifier: EUPL-1.2
"""What is similar in the register, and what is answered together."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core.errors import Refused
from talka.core.http import sign_in_required
from talka.core.permissions import authorize, is_allowed
from talka.proposals import queries
from talka.proposals.models import Bundle, Proposal
from talka.proposals.operations import bundling
from talka.proposals.views.register import find_process, me, ticked
from talka.proposals.views.typing import typed

MOST_GROUPS = 20


@sign_in_required
@require_safe
def list_similar(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Suggest which waiting entries ask for the same, and list those that are answered together."""
    process = find_process(request, process_slug)
    authorize(request.user, "proposals.bundle_proposals", process)
    rows = Proposal.objects.worked_on_by(request.user)
    groups = queries.groups_of_similar(process, rows)
    context = {
        "process": process,
        "waiting": queries.count_waiting(process),
        "groups": groups[:MOST_GROUPS],
        "more": len(groups) > MOST_GROUPS,
        "bundles": process.bundles.open().prefetch_related(
            Prefetch(
                "proposals", Proposal.objects.order_by("number").only("bundle_id", "reference", "title", "language")
            )
        ),
    }
    return render(request, "proposals/list_similar.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def bundle_proposals(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Put the ticked entries together."""
    process = find_process(request, process_slug)
    if request.method != "POST":
        return redirect("proposals:list_similar", process_slug)
    try:
        authorize(request.user, "proposals.bundle_proposals", process)
        bundle = bundling.bundle_proposals(ticked(request, process), by=me(request))
    except Refused as refused:
        messages.error(request, str(refused))
        back = "proposals:show_register" if "asked" in request.POST else "proposals:list_similar"
        return redirect(back, process_slug)
    messages.success(request, _("They are answered together now."))
    return redirect("proposals:show_bundle", process_slug, bundle.pk)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def reject_similar(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Remember that the ticked entries are different matters."""
    process = find_process(request, process_slug)
    if request.method == "POST":
        try:
            authorize(request.user, "proposals.bundle_proposals", process)
            bundling.reject_similar(ticked(request, process), by=me(request))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("These will not be suggested together again."))
    return redirect("proposals:list_similar", process_slug)


def _find_bundle(request: HttpRequest, process_slug: str, bundle_id: int) -> Bundle:
    process = find_process(request, process_slug)
    authorize(request.user, "proposals.bundle_proposals", process)
    return get_object_or_404(Bundle.objects.select_related("process", "created_by"), process=process, pk=bundle_id)


@sign_in_required
@require_safe
def show_bundle(request: HttpRequest, process_slug: str, bundle_id: int) -> HttpResponse:
    """Show what is answered together, and what was done with it."""
    bundle = _find_bundle(request, process_slug, bundle_id)
    steps = list(bundle.steps.select_related("done_by").prefetch_related("proposals"))
    context = {
        "process": bundle.process,
        "bundle": bundle,
        "waiting": queries.count_waiting(bundle.process),
        "proposals": bundle.proposals.select_related("reply").defer("search").order_by("number"),
        "steps": steps,
        "can_undo": any(step.undone_at is None for step in steps),
    }
    return render(request, "proposals/show_bundle.html", context)


def _change(request: HttpRequest, process_slug: str, bundle_id: int, act: Callable[[Bundle], str]) -> HttpResponse:
    """Do something to a bundle, say what was done or why not, and show it."""
    bundle = _find_bundle(request, process_slug, bundle_id)
    if request.method == "POST":
        try:
            messages.success(request, act(bundle))
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect("proposals:show_bundle", process_slug, bundle.pk)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_out_of_bundle(request: HttpRequest, process_slug: str, bundle_id: int) -> HttpResponse:
    """Take the ticked entries out of a bundle."""

    def act(bundle: Bundle) -> str:
        picked = ticked(request, bundle.process)
        if not picked:
            raise NobodyTicked
        bundling.take_out_of_bundle(bundle, picked, by=me(request))
        return ngettext("%(number)d taken out.", "%(number)d taken out.", len(picked)) % {"number": len(picked)}

    return _change(request, process_slug, bundle_id, act)


class NobodyTicked(Refused):
    """Nothing was ticked."""

    message = gettext_lazy("Tick the entries first.")


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def dissolve_bundle(request: HttpRequest, process_slug: str, bundle_id: int) -> HttpResponse:
    """Let all of a bundle be answered one by one again."""

    def act(bundle: Bundle) -> str:
        bundling.dissolve_bundle(bundle, by=me(request))
        return _("Each is answered by itself again.")

    return _change(request, process_slug, bundle_id, act)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def undo_bundle_step(request: HttpRequest, process_slug: str, bundle_id: int) -> HttpResponse:
    """Undo the last step."""

    def act(bundle: Bundle) -> str:
        bundling.undo_bundle_step(bundle, by=me(request))
        return _("The last step has been undone.")

    return _change(request, process_slug, bundle_id, act)


# --- While typing ---------------------------------------------------------------------------------


@sign_in_required
@require_POST
def find_similar_entries(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Give the entries like what is being typed, of those that the person sees: a part of a page."""
    process = find_process(request, process_slug)
    rows = Proposal.objects.worked_on_by(request.user).filter(process=process)
    context = {
        "process": process,
        "similar": queries.similar_to(rows, *typed(request)),
        "in_register": True,
        "new_window": True,
    }
    return render(request, "proposals/similar.html", context)


def entry_context(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """Return what the page of an entry shows of similar ones and of its bundle."""
    rows = Proposal.objects.worked_on_by(request.user).filter(process=proposal.process)
    similar = queries.similar_to(rows, proposal.title, proposal.text, besides=proposal.pk)
    together = rows.filter(bundle=proposal.bundle_id).exclude(pk=proposal.pk).order_by("number")
    return {
        "together": list(together.only("number", "reference")) if proposal.bundle_id is not None else [],
        "similar": [
            one for one in similar if proposal.bundle_id is None or one.proposal.bundle_id != proposal.bundle_id
        ],
        "may_bundle": is_allowed(request.user, "proposals.bundle_proposals", proposal.process),
    }
