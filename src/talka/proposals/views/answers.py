# SPDX-License-Identifier: EUPL-1.2
"""The answer to a proposal: prepared, published, taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talka.core.errors import Changed, Refused
from talka.core.http import sign_in_required, unsent_fields
from talka.core.permissions import authorize
from talka.proposals import queries
from talka.proposals.forms.workspace import ReplyForm
from talka.proposals.models import Proposal, Reply
from talka.proposals.operations import examining
from talka.proposals.views.entries import find_entry, to_entry, with_reason
from talka.proposals.views.register import me


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_reply(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Write the answer; nobody outside sees it before it is published."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.prepare_reply", proposal)
    offered = queries.signers(proposal, request.user)
    form = ReplyForm(
        request.POST if request.method == "POST" else None, offered=offered, initial=_begin(request, proposal, offered)
    )
    theirs, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            examining.prepare_reply(proposal, by=me(request), **form.answer())
        except Refused as refused:
            form.add_error(None, str(refused))
            theirs = Reply.objects.filter(proposal=proposal).select_related("prepared_by").first()
            status = 409
            if isinstance(refused, Changed) and theirs is not None:
                data = request.POST.copy()
                data["version"] = str(theirs.version)
                form.data = data
        else:
            messages.success(request, _("The answer is prepared. It goes out when it is published."))
            return to_entry(proposal)
    elif form.errors:
        status = 422
    context = {"process": proposal.process, "proposal": proposal, "form": form, "theirs": theirs}
    return render(request, "proposals/prepare_reply.html", context, status=status)


def _begin(request: HttpRequest, proposal: Proposal, offered: list[queries.Signer]) -> dict[str, Any]:
    """Return what the form begins with: what was typed when the session ended, the answer so far, or who would sign."""
    unsent = unsent_fields(request)
    if unsent is not None:
        return {name: values[-1] for name, values in unsent.items() if values}
    reply: Reply | None = getattr(proposal, "reply", None)
    if reply is None:
        mine = next((signer for signer in offered if signer.person.user_id == request.user.pk), None)
        examines = next((signer for signer in offered if signer.person.pk == proposal.assigned_person_id), None)
        first = examines or mine
        return {"version": 0, "signer": str(first.person.pk) if first else ""}
    known = any(
        s.person.pk == reply.person_id and (s.person.name, s.title) == (reply.signed_name, reply.signed_title)
        for s in offered
    )
    names = ("outcome", "reason", "forwarded_to", "signed_name", "signed_title", "version")
    kept: dict[str, Any] = {name: getattr(reply, name) for name in names}
    return kept | ({"signer": str(reply.person_id), "signed_name": "", "signed_title": ""} if known else {"signer": ""})


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish_reply(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Publish the prepared answer that the person has read."""
    proposal = find_entry(request, process_slug, number)
    if request.method == "POST":
        version = request.POST.get("version", "")
        read = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
        try:
            examining.publish_replies([proposal], by=me(request), version=read)
        except Changed:
            messages.error(
                request, _("Somebody changed the answer after you had read it. Read it again below, then publish.")
            )
        else:
            messages.success(request, _("The answer is published. Author and followers get a letter."))
    return to_entry(proposal)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_proposal(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Take a published answer back for revision."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.reopen_proposal", proposal)
    return with_reason(
        request, proposal, examining.reopen_proposal, title=_("Take the answer back"),
        explanation=_("The answer leaves the public page and can be changed and published again. Letters that were sent stay sent."),
        done=_("The answer has been taken back."),
    )  # fmt: skip
