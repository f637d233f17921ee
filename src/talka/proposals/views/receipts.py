# SPDX-License-Identifier: EUPL-1.2
"""Pages behind a secret link: for whoever sent a proposal in, without an account."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talka.core.errors import Refused
from talka.files.downloads import attachment_response
from talka.proposals.forms.public import WithdrawForm
from talka.proposals.heard import heard_of
from talka.proposals.link_holder import LinkHolder
from talka.proposals.models import Author, Proposal, Register
from talka.proposals.operations import receiving
from talka.proposals.queries import became, deliveries_to, thread
from talka.proposals.queries.suspicion import suspects

P = ParamSpec("P")


def behind_secret_link(
    view: Callable[Concatenate[HttpRequest, Author, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Find the author by the secret; keep the page out of search engines, caches and other sites' logs.

    The policy is ``strict-origin`` and not ``no-referrer``: with the latter browsers send forms with
    the origin ``null``, which the check against forged forms refuses. Neither tells the address.
    """

    @wraps(view)
    def guarded(request: HttpRequest, secret: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        authors = Author.objects.select_related(
            "proposal__process", "proposal__receipt", "proposal__reply", "proposal__topic", "proposal__area"
        )
        response = view(request, get_object_or_404(authors, secret=secret), *args, **kwargs)
        response["Referrer-Policy"] = "strict-origin"
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


@require_safe
@behind_secret_link
def show_receipt(request: HttpRequest, author: Author) -> HttpResponse:
    """Show the number, the text as received, and what has happened since."""
    proposal = author.proposal
    outgrowths = became(proposal, AnonymousUser())
    context = _page(author) | {
        "outgrowths": outgrowths,
        "steps": thread(proposal, outgrowths, heard_of(proposal, AnonymousUser())),
        "deliveries": deliveries_to(author) if proposal.answered_at else [],
        "files": proposal.files.select_related("attachment"),
        "link": settings.TALKA_URL + reverse("proposals:show_receipt", args=[author.secret]),
        "waits_for_reading": _waits_for_reading(proposal),
        "can_withdraw": proposal.answered_at is None and proposal.withdrawn_at is None,
    }
    return render(request, "proposals/show_receipt.html", context)


def _waits_for_reading(proposal: Proposal) -> bool:
    """Say whether it was not published at once, as others of its register are, because it seems to hold personal data."""
    at_once = Register.objects.filter(process=proposal.process_id, publishing=Register.Publishing.AT_ONCE)
    waiting = proposal.published_at is None and not proposal.keep_private and proposal.withdrawn_at is None
    return waiting and bool(suspects(proposal)) and at_once.exists()


@require_http_methods(["GET", "HEAD", "POST"])
@behind_secret_link
def confirm_address(request: HttpRequest, author: Author, mail_secret: str) -> HttpResponse:
    """Ask for one press of a button, so that a mail scanner that opens links confirms nothing."""
    if not constant_time_compare(mail_secret, author.mail_secret):
        raise Http404
    if request.method == "POST":
        receiving.confirm_address(author.proposal, by=LinkHolder(author.proposal_id, reads_mail=True))
        by_mail = author.way_of_answering == Author.AnswerBy.EMAIL
        messages.success(
            request,
            _("Thank you. The answer will be sent to your address.")
            if by_mail
            else _("Thank you. Your address is confirmed."),
        )
        return redirect("proposals:show_receipt", author.secret)
    return render(request, "proposals/confirm_address.html", _page(author))


@require_http_methods(["GET", "HEAD", "POST"])
@behind_secret_link
def withdraw_own_proposal(request: HttpRequest, author: Author) -> HttpResponse:
    """Ask whether to take the proposal back, and do it."""
    form, status = WithdrawForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            receiving.withdraw_proposal(
                author.proposal, by=LinkHolder(author.proposal_id), reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, _("Your proposal has been withdrawn."))
            return redirect("proposals:show_receipt", author.secret)
    elif form.errors:
        status = 422
    context = _page(author) | {"form": form}
    return render(request, "proposals/withdraw_own_proposal.html", context, status=status)


@require_safe
@behind_secret_link
def download_own_file(request: HttpRequest, author: Author, file_id: int) -> HttpResponseBase:
    """Give the sender a file that came with the proposal."""
    return attachment_response(get_object_or_404(author.proposal.files, pk=file_id).attachment)


def _page(author: Author) -> dict[str, Any]:
    proposal: Proposal = author.proposal
    return {"author": author, "proposal": proposal, "process": proposal.process}
