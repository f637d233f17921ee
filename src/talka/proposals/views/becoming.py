# SPDX-License-Identifier: EUPL-1.2
"""What proposals became in plans: said for one or many, from the register and from the plan, or begun as a new action."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from talka.core.editing import edit_page, sent
from talka.core.errors import Refused
from talka.core.http import sign_in_required
from talka.core.permissions import authorize, is_allowed
from talka.core.text import clean_line, whole_number
from talka.plans.forms.taking import new_node_form
from talka.plans.opening import open_plan
from talka.plans.origins import origins_of
from talka.plans.queries.finding import drafts_written_by, find_versions
from talka.plans.queries.shown import shown_versions
from talka.processes.models import Process
from talka.proposals import queries
from talka.proposals.forms.becoming import LinkNodesForm, LinkProposalsForm
from talka.proposals.models import Became, Proposal
from talka.proposals.operations import becoming
from talka.proposals.views.entries import find_entry, to_entry
from talka.proposals.views.register import MOST_AT_ONCE, find_process, me, picked_entries


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_nodes(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Say of the entries that the address names (``?pick=31&pick=40``) what they became in plans."""
    process = find_process(request, process_slug)
    authorize(request.user, "proposals.link_nodes", process)
    if request.method == "POST" and "link" not in request.POST:
        return _with_picks(request, process)
    picked = _entries(request, process)
    if not picked or len(picked) > MOST_AT_ONCE:
        messages.error(request, _said_of(len(picked)))
        return redirect("proposals:show_register", process_slug)
    words = clean_line(request.GET.get("q", ""))[:200]
    form = LinkNodesForm(request.POST if request.method == "POST" else None, user=request.user, process=process)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            number = becoming.link_nodes(picked, list(data["node"]), note=data["note"], by=me(request))
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            said = ngettext("%(number)d link is made.", "%(number)d links are made.", number)
            messages.success(request, said % {"number": number})
            return to_entry(picked[0]) if len(picked) == 1 else redirect("proposals:show_register", process_slug)
    only = picked[0] if len(picked) == 1 else None
    context = {
        "process": process, "picked": picked, "only": only, "form": form, "words": words,
        "found": find_versions(words, request.user, process) if words else [],
        "ticked": set(request.POST.getlist("node")), "writes": bool(drafts_written_by(request.user)),
        "outgrowths": queries.became(only, request.user, works=True) if only is not None else [],
    }  # fmt: skip
    return render(request, "proposals/link_nodes.html", context, status=status)


def _entries(request: HttpRequest, process: Process) -> list[Proposal]:
    numbers = {
        number for one in request.GET.getlist("pick") if (number := whole_number(one)) is not None and len(one) < 10
    }
    rows = Proposal.objects.worked_on_by(request.user).filter(process=process, number__in=numbers)
    return list(rows.select_related("process").defer("search").order_by("number")[: MOST_AT_ONCE + 1])


def _said_of(number: int) -> str:
    if number:
        return _("At most %(number)d entries can be changed at once. Narrow the list by its filters.") % {
            "number": MOST_AT_ONCE
        }
    return _("Tick the entries first.")


def _with_picks(request: HttpRequest, process: Process) -> HttpResponse:
    """Lead from the ticks in the register to the form, whose address names the entries."""
    picked = picked_entries(request, process)
    if not picked or len(picked) > MOST_AT_ONCE:
        messages.error(request, _said_of(len(picked)))
        asked = QueryDict(request.POST.get("asked", "")).urlencode()
        back = reverse("proposals:show_register", args=[process.slug])
        return redirect(f"{back}?{asked}" if asked else back)
    numbers = urlencode([("pick", proposal.number) for proposal in picked])
    return redirect(f"{reverse('proposals:link_nodes', args=[process.slug])}?{numbers}")


@sign_in_required
@require_POST
def unlink_node(request: HttpRequest, process_slug: str, number: int, link_id: int) -> HttpResponse:
    """Take back that an entry became a node; go back to where that was said."""
    proposal = find_entry(request, process_slug, number)
    links = Became.objects.filter(proposal=proposal).select_related("proposal__process", "node__plan__process")
    link = get_object_or_404(links, pk=link_id)
    becoming.unlink_node(link, by=me(request))
    messages.success(request, _("The link is taken back."))
    plan = link.node.plan
    if request.POST.get("from") == "node":
        return redirect("proposals:link_proposals", plan.process.slug, plan.slug, link.node_id)
    return redirect(f"{reverse('proposals:link_nodes', args=[process_slug])}?pick={number}")


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_proposal(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Begin a new action from an entry, in the draft of a plan."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.link_node", proposal)
    initial = {"title": proposal.title, "area": proposal.area_id, "topic": proposal.topic_id}
    form = new_node_form(sent(request)[0], user=request.user, process=proposal.process, initial=initial)
    context: dict[str, Any] = {"process": proposal.process, "proposal": proposal}
    if form is None:
        return render(request, "proposals/plan_proposal.html", context)
    return edit_page(
        request, "proposals/plan_proposal.html", form,
        lambda **_typed: becoming.plan_proposal(proposal, by=me(request), **form.node()),
        to=reverse("proposals:manage_proposal", args=[process_slug, number]),
        said=_("The new action stands in the draft and is linked."), **context,
    )  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_proposals(request: HttpRequest, process_slug: str, plan_slug: str, node_id: int) -> HttpResponse:
    """Say of a node of a plan which proposals it came of."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.view_plan")
    version = shown_versions([node_id], request.user).get(node_id)
    if version is None or version.edition.plan_id != plan.pk:
        raise Http404
    words = clean_line(request.GET.get("q", ""))[:200]
    found = queries.proposals_to_link(words, version.node, request.user)
    form = LinkProposalsForm(request.POST if request.method == "POST" else None, user=request.user, found=found)

    def save(*, pick: Any, note: str) -> None:
        becoming.link_nodes(list(pick.select_related("process")), [version.node], note=note, by=me(request))

    linked = queries.linked_to(version.node, request.user)
    return edit_page(
        request, "proposals/link_proposals.html", form, save, to=request.path, said=_("The proposals are linked."),
        process=plan.process, plan=plan, version=version, words=words, found=found, linked=linked,
        ticked=set(request.POST.getlist("pick")),
        others=[one for one in origins_of([node_id], request.user).get(node_id, []) if one.kind != "proposal"],
        unlinkable={link.pk for link in linked if is_allowed(request.user, "proposals.unlink_node", link.proposal)},
    )  # fmt: skip
