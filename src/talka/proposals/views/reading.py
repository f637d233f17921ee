# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from talka.core.http import is_forged
from talka.core.keeping import kept_for_visitors
from talka.core.permissions import is_allowed
from talka.core.ratelimit import rate_limited
from talka.files.downloads import attachment_response
from talka.proposals import queries
from talka.proposals.forms.public import FollowForm
from talka.proposals.heard import heard_of
from talka.proposals.models import Proposal
from talka.proposals.operations.receiving import follow_proposal as follow
from talka.proposals.operations.redacting import view_original


def _find(request: HttpRequest, process_slug: str, number: int) -> Proposal:
    proposal = queries.find_proposal(request.user, process_slug, number)
    if proposal is None:
        raise Http404
    return proposal


@require_safe
@kept_for_visitors
def show_proposal(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Show a proposal and all that has happened to it."""
    proposal = _find(request, process_slug, number)
    user: Any = request.user
    signed_in = user.is_authenticated
    manages = signed_in and is_allowed(user, "proposals.view_proposal_file", proposal)
    context = _page(proposal, user, works=manages) | {
        "files": queries.public_files(proposal),
        "form": FollowForm(),
        "manages": manages,
        "follows": signed_in and proposal.audience.subscriptions.active().filter(user=user).exists(),
        "points_url": f"{reverse('proposals:map_points')}?process={process_slug}&number={number}",
        "link": settings.TALKA_URL + reverse("proposals:show_proposal", args=[process_slug, number]),
    }
    return render(request, "proposals/show_proposal.html", context)


@require_safe
def open_short_link(request: HttpRequest, process_id: int, number: int) -> HttpResponse:
    """Lead from the short address on a printed letter to the page of the proposal."""
    proposals = Proposal.objects.visible_to(request.user).select_related("process").only("number", "process__slug")
    proposal = get_object_or_404(proposals, process=process_id, number=number)
    return redirect("proposals:show_proposal", proposal.process.slug, proposal.number)


@kept_for_visitors
def show_similar(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Show the public proposals that are like a public one; its page takes them in from here."""
    proposal = _find(request, process_slug, number)
    if proposal.published_at is None:
        raise Http404
    context = {"proposal": proposal, "process": proposal.process, "similar": queries.similar_in_public(proposal)}
    return render(request, "proposals/show_similar.html", context)


def _page(proposal: Proposal, user: Any, *, works: bool) -> dict[str, Any]:
    outgrowths = queries.became(proposal, user, works=works)
    return {
        "outgrowths": outgrowths,
        "proposal": proposal,
        "process": proposal.process,
        "steps": queries.thread(proposal, outgrowths, heard_of(proposal, user)),
        "author_name": proposal.author.public_name,
    }


@csrf_exempt  # checked for those signed in, see is_forged
@rate_limited("follow_proposal")
@require_http_methods(["GET", "HEAD", "POST"])
def follow_proposal(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Ask for letters about a proposal; the answer is the same whether or not the address follows already."""
    proposal = _find(request, process_slug, number)
    user: Any = request.user
    language = get_language() or settings.LANGUAGE_CODE
    form = FollowForm(request.POST if request.method == "POST" and not user.is_authenticated else None)
    if request.method == "POST" and user.is_authenticated and not is_forged(request):
        follow(proposal, email=user.email, language=language, by=user)
        messages.success(request, _("You follow this proposal now."))
        return redirect("proposals:show_proposal", process_slug, number)
    if form.is_valid():
        follow(proposal, email=form.cleaned_data["email"], language=language, by=user)
        messages.success(request, _("We have sent a letter to this address. Open it and confirm; then news will come."))
        return redirect("proposals:show_proposal", process_slug, number)
    context = {"proposal": proposal, "process": proposal.process, "form": form}
    return render(request, "proposals/follow_proposal.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def download_file(request: HttpRequest, process_slug: str, number: int, file_id: int) -> HttpResponseBase:
    """Give a file: one that is public to everybody who sees the proposal, others to those who work on it.

    Where personal data is covered, a file that is not public may show it: it is opened as the text as received is.
    """
    proposal = _find(request, process_slug, number)
    file = get_object_or_404(proposal.files.select_related("attachment"), pk=file_id)
    in_public = file.is_public and proposal.published_at is not None
    if not in_public:
        if not is_allowed(request.user, "proposals.view_proposal_file", proposal):
            raise Http404
        if proposal.is_redacted:
            user: Any = request.user
            view_original(proposal, by=user)
    return attachment_response(file.attachment)
