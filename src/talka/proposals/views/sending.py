# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from talka.core.http import is_forged
from talka.core.ratelimit import spend
from talka.core.requests import visitor_key
from talka.processes.models import Phase, Process
from talka.proposals.forms.public import ProposalFields, SubmitForm
from talka.proposals.forms.terms import signature
from talka.proposals.models import Author, Regime, Register
from talka.proposals.operations import receiving
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.receiving import ProposalsClosed
from talka.proposals.queries import map_center
from talka.proposals.views.typing import similar_on_form


@csrf_exempt  # checked for those signed in, see is_forged; a visitor's text is never lost to a missing cookie
@require_http_methods(["GET", "HEAD", "POST"])
def submit_proposal(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Take a proposal from anybody."""
    visible = Process.objects.visible_to(request.user).select_related("owner").prefetch_related("phases")
    process = get_object_or_404(visible, slug=process_slug)
    if request.method != "POST":
        if not process.allows(Phase.Deed.PROPOSE):
            return _closed_page(request, process)
        return _form_page(request, process, SubmitForm(process=process, initial=_known(request)))
    form = SubmitForm(request.POST, request.FILES, process=process)
    wait = spend("submit_proposal", visitor_key(request))
    if wait:
        form.add_error(
            None,
            _("Too many proposals came from here in a short time. Please send it again in %(minutes)d minutes.")
            % {"minutes": -(-wait // 60)},
        )
        response = _form_page(request, process, form, status=429)
        response["Retry-After"] = str(wait)
        return response
    if is_forged(request):
        form.add_error(
            None, _("The proof that this form comes from this site was missing or too old. Please send it once more.")
        )
        return _form_page(request, process, form, status=403)
    if not form.is_valid():
        return _form_page(request, process, form, status=422)
    try:
        proposal = receiving.submit_proposal(
            process,
            content=content_of(form),
            sender=sender_of(form),
            key=form.submission_key(),
            by=request.user,
        )
    except ProposalsClosed as closed:
        return _closed_page(request, process, sentence=str(closed), text=form.cleaned_data["text"], status=409)
    receipt = redirect("proposals:show_receipt", proposal.author.secret)
    receipt["Location"] += "?sent=1"
    return receipt


@csrf_exempt  # writes nothing
@require_POST
def find_similar(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Give the public proposals like what is being typed: a part of a page."""
    process = get_object_or_404(Process.objects.visible_to(request.user), slug=process_slug)
    return render(
        request,
        "proposals/similar.html",
        {"process": process, "similar": similar_on_form(process, request), "follow": True},
    )


def content_of(form: ProposalFields) -> Content:
    """Return what is proposed, from a form that was found right."""
    data = form.cleaned_data
    pointed = data.get("longitude") is not None and data.get("latitude") is not None
    return Content(
        text=data["text"],
        title=data["title"],
        topic=data.get("topic"),
        area=data.get("area"),
        place_text=data.get("place_text", ""),
        longitude=data["longitude"] if pointed else None,
        latitude=data["latitude"] if pointed else None,
        keep_private=data["keep_private"],
        language=data.get("language", ""),
        at_meeting=data.get("at_meeting", ""),
        files=data.get("files", ()),
        regime=data.get("regime") or Regime.SUBMISSION,
        signed=signature(data.get("signed", "")),
    )


def sender_of(form: ProposalFields) -> Sender:
    """Return who sends it in, as far as they say, with the language they read now."""
    data = form.cleaned_data
    return Sender(
        name=data["name"],
        email=data["email"],
        phone=data["phone"],
        postal_address=data.get("postal_address", ""),
        answer_by=data.get("answer_by", ""),
        on_behalf=data["on_behalf"] or Author.OnBehalf.SELF,
        on_behalf_name=data["on_behalf_name"],
        name_public=data["name_public"],
        language=get_language() or settings.LANGUAGE_CODE,
    )


def _known(request: HttpRequest) -> dict[str, Any]:
    """Return what is known of somebody signed in, so that they need not type it."""
    if not request.user.is_authenticated:
        return {}
    return {"name": request.user.name, "email": request.user.email}


def _form_page(request: HttpRequest, process: Process, form: SubmitForm, status: int = 200) -> HttpResponse:
    register = Register.objects.filter(process=process).first() or Register(process=process)
    context = {
        "process": process,
        "form": form,
        "at_once": register.publishing == Register.Publishing.AT_ONCE,
        "files_lost": bool(request.FILES),
        "center": map_center(process),
        "similar": similar_on_form(process, request) if form.is_bound else [],
    }
    return render(request, "proposals/submit_proposal.html", context, status=status)


def _closed_page(
    request: HttpRequest, process: Process, *, sentence: str = "", text: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "process": process,
        "sentence": sentence,
        "text": text,
        "channels": process.channels.select_related("person", "place"),
    }
    return render(request, "proposals/proposals_closed.html", context, status=status)
