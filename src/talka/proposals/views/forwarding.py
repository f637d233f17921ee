# SPDX-License-Identifier: EUPL-1.2
"""What is passed on to another organization: by the staff, and as that organization sees it behind a secret link."""

from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from talka.core import clock
from talka.core.dates import long_date
from talka.core.errors import Refused
from talka.core.http import sign_in_required, unsent_fields
from talka.core.permissions import authorize, is_allowed
from talka.core.ratelimit import spend
from talka.core.requests import visitor_key
from talka.core.typesetting import pdf
from talka.files.downloads import attachment_response
from talka.proposals import queries
from talka.proposals.forms.forwarding import ORGANIZATION, REGISTER, ForwardForm, ForwardingReplyForm
from talka.proposals.models import Author, Forwarding, Proposal
from talka.proposals.operations import forwarding as operations
from talka.proposals.views.entries import find_entry, to_entry
from talka.proposals.views.register import me

R = TypeVar("R", bound=HttpResponseBase)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def forward_proposal(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Pass the entry on to another organization."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.forward_proposal", proposal)
    typed = {name: values[-1] for name, values in (unsent_fields(request) or {}).items() if values}
    form = ForwardForm(
        request.POST if request.method == "POST" else None, proposal=proposal, user=request.user, initial=typed
    )
    status = 422
    if request.method == "POST" and form.is_valid():
        signer = next((s for s in queries.signers(proposal, request.user) if s.person.user_id == request.user.pk), None)
        try:
            forwarding = operations.forward_proposal(
                proposal,
                to=_addressee(form),
                passed=_passed(form),
                is_theirs=form.cleaned_data["is_theirs"] == "yes",
                signed_name=signer.person.name if signer is not None else str(request.user),
                signed_title=signer.title if signer is not None else "",
                by=me(request),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, _said(forwarding))
            return to_entry(proposal)
    context = {"process": proposal.process, "proposal": proposal, "form": form}
    return render(request, "proposals/forward_proposal.html", context, status=status if form.errors else 200)


def _addressee(form: ForwardForm) -> operations.Addressee:
    data = form.cleaned_data
    if data["to"] == REGISTER:
        process = form.registers[data["register"]]
        return operations.Addressee(whom=process.owner.name, organization=process.owner, process=process)
    if data["to"] == ORGANIZATION:
        chosen = form.organizations[data["organization"]]
        return operations.Addressee(whom=chosen.name, organization=chosen, email=data["email"] or chosen.email)
    return operations.Addressee(whom=data["whom"], email=data["email"])


def _passed(form: ForwardForm) -> operations.Passed:
    files = [form.offered[key] for key in form.cleaned_data.get("with_files", [])]
    return operations.Passed(form.cleaned_data["explanation"], form.cleaned_data["with_author"], files)


def _said(forwarding: Forwarding) -> str:
    if forwarding.arrived_as is not None:
        return _("Forwarded. It has the number %(reference)s there.") % {"reference": forwarding.arrived_as.reference}
    if forwarding.way == Forwarding.Way.EMAIL:
        return _("Forwarded by e-mail to %(email)s.") % {"email": forwarding.email}
    return _("Kept. Now print the letter below and send it.")


def _find(request: HttpRequest, process_slug: str, number: int, forwarding_id: int) -> Forwarding:
    proposal = find_entry(request, process_slug, number)
    related = Forwarding.objects.select_related("proposal__process__owner", "organization", "forwarded_by")
    return get_object_or_404(related, proposal=proposal, pk=forwarding_id)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter_forwarding_reply(request: HttpRequest, process_slug: str, number: int, forwarding_id: int) -> HttpResponse:
    """Write down what the other organization replied."""
    forwarding = _find(request, process_slug, number, forwarding_id)
    proposal = forwarding.proposal
    authorize(request.user, "proposals.enter_forwarding_reply", proposal)
    form = ForwardingReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        operations.enter_forwarding_reply(forwarding, text=form.cleaned_data["text"], by=me(request))
        messages.success(request, _("The reply is kept."))
        return to_entry(proposal)
    context = {
        "process": proposal.process,
        "proposal": proposal,
        "form": form,
        "title": _("Reply of: %(whom)s") % {"whom": forwarding.whom},
        "button": _("Keep the reply"),
    }
    return render(request, "proposals/entry_form.html", context, status=422 if form.errors else 200)


@sign_in_required
@require_safe
def print_forwarding(request: HttpRequest, process_slug: str, number: int, forwarding_id: int) -> HttpResponse:
    """Give the covering letter with what is passed on, as PDF."""
    forwarding = _find(request, process_slug, number, forwarding_id)
    is_personal = forwarding.with_author or forwarding.proposal.is_redacted
    if is_personal and not is_allowed(request.user, "proposals.view_author", forwarding.proposal):
        raise Http404
    name = f"{forwarding.proposal.reference}-{forwarding.pk}.pdf"
    response = HttpResponse(_letter(forwarding), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _letter(forwarding: Forwarding) -> bytes:
    proposal: Proposal = forwarding.proposal
    process = proposal.process
    author = Author.objects.get(proposal=proposal) if forwarding.with_author else None
    by = forwarding.forwarded_by
    with override(process.language):
        facts = {
            "language": process.language,
            "heading": _("Forwarding of proposal %(reference)s") % {"reference": proposal.reference},
            "sender": process.owner.name,
            "day": long_date(timezone.localdate(forwarding.forwarded_at), process.language),
            "whom": forwarding.whom,
            "explanation": forwarding.explanation,
            "said": _("You are asked to answer the author.")
            if forwarding.is_theirs
            else _("You are asked to reply to us; we answer the author."),
            "text_label": _("Text of the proposal"),
            "title": forwarding.title,
            "text": forwarding.text,
            "author_label": _("Author"),
            "author": "\n".join(
                part
                for part in (author.name, author.on_behalf_name, author.postal_address, author.email, author.phone)
                if part
            )
            if author is not None
            else "",
            "files_label": _("Files"),
            "files": [str(file) for file in forwarding.files.select_related("attachment")],
            "signed": str(by) if by is not None else "",
        }
    return pdf("proposals/forwarding.typ", facts, made_at=clock.now())


# --- What the other organization sees -------------------------------------------------------------


@csrf_exempt  # whoever holds the link has no session here that another site could misuse
@require_http_methods(["GET", "HEAD", "POST"])
def show_forwarded(request: HttpRequest, secret: str) -> HttpResponse:
    """Show an organization outside the installation what was passed on to it, and take its reply."""
    forwarding = _by_secret(secret)
    form = ForwardingReplyForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if spend("contact", visitor_key(request)):
            form.add_error(None, _("Too many messages came from here in a short time. Please send it again later."))
            status = 429
        elif form.is_valid():
            operations.reply_to_forwarding(forwarding, text=form.cleaned_data["text"])
            messages.success(request, _("Thank you. Your reply has been received."))
            return _kept_secret(redirect("proposals:show_forwarded", secret))
        else:
            status = 422
    proposal = forwarding.proposal
    context = {
        "forwarding": forwarding,
        "proposal": proposal,
        "process": proposal.process,
        "author": Author.objects.get(proposal=proposal) if forwarding.with_author else None,
        "files": forwarding.files.select_related("attachment"),
        "form": form,
    }
    return _kept_secret(render(request, "proposals/show_forwarded.html", context, status=status))


@require_safe
def download_forwarded_file(request: HttpRequest, secret: str, file_id: int) -> HttpResponseBase:
    """Give the other organization a file that was passed on with the proposal."""
    file = get_object_or_404(_by_secret(secret).files.select_related("attachment"), pk=file_id)
    return _kept_secret(attachment_response(file.attachment))


def _by_secret(secret: str) -> Forwarding:
    by_mail = Forwarding.objects.filter(way=Forwarding.Way.EMAIL).select_related("proposal__process__owner")
    return get_object_or_404(by_mail, secret=secret)


def _kept_secret(response: R) -> R:
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
