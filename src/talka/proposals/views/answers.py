# SPDX-License-Identifier: EUPL-1.2
"""The answer to one proposal: recommended, decided, published, corrected, taken back."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talka.accounts.models import User
from talka.core.errors import Changed, Refused
from talka.core.http import sign_in_required, unsent_fields
from talka.core.permissions import authorize
from talka.core.text import whole_number
from talka.plans.models import PlanNode
from talka.proposals import queries
from talka.proposals.addressing import salutation
from talka.proposals.forms.answers import CorrectReplyForm, RecommendForm, ReplyForm, say_empty_fields
from talka.proposals.models import Proposal, Recommendation, Reply, ReplyTemplate
from talka.proposals.operations import answering, becoming, examining
from talka.proposals.views.entries import find_entry, to_entry, with_reason
from talka.proposals.views.register import me


def _typed(request: HttpRequest) -> dict[str, Any] | None:
    """Return what was typed when the session ended, to fill the form with."""
    unsent = unsent_fields(request)
    return None if unsent is None else {name: values[-1] for name, values in unsent.items() if values}


def _chosen_template(request: HttpRequest, proposal: Proposal) -> ReplyTemplate | None:
    """Return the template that the address asks for."""
    key = whole_number(request.GET.get("template", ""))
    return ReplyTemplate.objects.filter(process=proposal.process, pk=key).first() if key is not None else None


def _with_latest(form: Any, version: int) -> None:
    """Let the form be sent again over what somebody else has saved, now that it has been shown."""
    data = form.data.copy()
    data["version"] = str(version)
    form.data = data


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommend_outcome(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Recommend what to decide; the coordinator decides."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.recommend_outcome", proposal)
    last = Recommendation.objects.filter(proposal=proposal).first()
    names = ("outcome", "reason", "forwarded_to", "version")
    initial = {name: getattr(last, name) for name in names} if last else {"version": 0}
    template = _chosen_template(request, proposal)
    if template is not None:
        initial |= {
            "reason": queries.filled(template.text, proposal, str(me(request))),
            "outcome": template.outcome or "",
        }
    form = RecommendForm(request.POST if request.method == "POST" else None, initial=_typed(request) or initial)
    theirs, status = None, 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            answering.recommend_outcome(proposal, by=me(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
            theirs = Recommendation.objects.filter(proposal=proposal).select_related("recommended_by").first()
            if isinstance(refused, Changed) and theirs is not None:
                _with_latest(form, theirs.version)
        else:
            messages.success(request, _("The recommendation is with the coordinator, who decides."))
            return to_entry(proposal)
    context = {
        "process": proposal.process, "proposal": proposal, "form": form, "theirs": theirs,
        "templates": queries.reply_templates(proposal.process), "template": template,
    }  # fmt: skip
    return render(request, "proposals/recommend_outcome.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow_recommendation(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Decide as was recommended, in one step; signed by whoever would sign the answer."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.prepare_reply", proposal)
    if request.method == "POST":
        signer = _first_signer(request, proposal, queries.signers(proposal, request.user))
        read = whole_number(request.POST.get("version", ""))
        try:
            answering.follow_recommendation(
                proposal, by=me(request), version=read or 0,
                signed_name=signer.person.name if signer else str(me(request)), signed_title=signer.title if signer else "",
                person=signer.person if signer else None,
            )  # fmt: skip
        except Changed:
            messages.error(
                request, _("Somebody changed the recommendation after you had read it. Read it again below.")
            )
        else:
            messages.success(request, _("Decided as recommended. The answer goes out when it is published."))
    return to_entry(proposal)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_reply(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Write the answer; nobody outside sees it before it is published."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.prepare_reply", proposal)
    offered = queries.signers(proposal, request.user)
    initial = _typed(request) or _begin(request, proposal, offered)
    form = ReplyForm(
        request.POST if request.method == "POST" else None, offered=offered, initial=initial, user=request.user,
        process=proposal.process,
    )  # fmt: skip
    theirs, status = None, 200
    if request.method == "POST" and form.is_valid() and not _lacks(form, proposal):
        try:
            answer = _answer_of(form, proposal)
            _prepare(proposal, answer, form.cleaned_data["nodes"], by=me(request))
        except Refused as refused:
            form.add_error(None, str(refused))
            theirs = Reply.objects.filter(proposal=proposal).select_related("decided_by").first()
            status = 409
            if isinstance(refused, Changed) and theirs is not None:
                _with_latest(form, theirs.version)
        else:
            messages.success(request, _("The answer is prepared. It goes out when it is published."))
            return to_entry(proposal)
    elif form.errors:
        status = 422
    context = {
        "process": proposal.process, "proposal": proposal, "form": form, "theirs": theirs,
        "recommended": next(iter(queries.recommendations(proposal)), None),
        "outgrowths": queries.became(proposal, request.user, works=True),
        "templates": queries.reply_templates(proposal.process), "template": _chosen_template(request, proposal),
    }  # fmt: skip
    return render(request, "proposals/prepare_reply.html", context, status=status)


@transaction.atomic
def _prepare(proposal: Proposal, answer: dict[str, Any], nodes: list[PlanNode], *, by: User) -> None:
    """Keep the answer, and with it what the proposal becomes."""
    examining.prepare_reply(proposal, by=by, **answer)
    if nodes:
        becoming.link_nodes([proposal], nodes, by=by)


def _lacks(form: ReplyForm, proposal: Proposal) -> bool:
    """Say in the form, and return, whether a field in braces would stay empty."""
    empty = queries.empty_fields(form.cleaned_data["reason"], [proposal], form.signed_as())
    return say_empty_fields(form, "reason", empty)


def _answer_of(form: ReplyForm, proposal: Proposal) -> dict[str, Any]:
    """Return the answer with its fields filled in; a salutation that the rules would give too is not kept."""
    answer = form.answer()
    answer["reason"] = queries.filled(answer["reason"], proposal, form.signed_as())
    if answer["salutation"] == salutation(proposal.author.name, proposal.author.language):
        answer["salutation"] = ""
    return answer


def _first_signer(request: HttpRequest, proposal: Proposal, offered: list[queries.Signer]) -> queries.Signer | None:
    """Return who would sign: whoever examines, whoever recommended, else the person."""
    recommended = Recommendation.objects.filter(proposal=proposal).first()
    keys = [proposal.assigned_person_id, recommended.person_id if recommended else None]
    for key in keys:
        found = next((signer for signer in offered if signer.person.pk == key), None)
        if found is not None:
            return found
    return next((signer for signer in offered if signer.person.user_id == request.user.pk), None)


def _begin(request: HttpRequest, proposal: Proposal, offered: list[queries.Signer]) -> dict[str, Any]:
    """Return what the form begins with: the answer so far, else the recommendation; a template in place of the text."""
    reply: Reply | None = getattr(proposal, "reply", None)
    begin: dict[str, Any] = {"version": 0}
    if reply is None:
        recommended = Recommendation.objects.filter(proposal=proposal).first()
        if recommended is not None:
            begin |= {name: getattr(recommended, name) for name in ("outcome", "reason", "forwarded_to")}
        first = _first_signer(request, proposal, offered)
        begin["signer"] = str(first.person.pk) if first else ""
    else:
        begin |= _as_signed(reply, offered) | {"version": reply.version}
    begin["salutation"] = proposal.author.greeting
    template = _chosen_template(request, proposal)
    if template is not None:
        text = queries.filled(template.text, proposal, "{paraksts}")  # who answers is chosen in the form
        begin |= {"reason": text, "outcome": template.outcome or begin.get("outcome", "")}
    return begin


def _as_signed(reply: Reply, offered: list[queries.Signer]) -> dict[str, Any]:
    """Return an answer as its form begins; who signed it is chosen where they are still offered with the same office."""
    known = any(
        s.person.pk == reply.person_id and (s.person.name, s.title) == (reply.signed_name, reply.signed_title)
        for s in offered
    )
    names = ("outcome", "reason", "forwarded_to", "signed_name", "signed_title")
    kept: dict[str, Any] = {name: getattr(reply, name) for name in names}
    return kept | ({"signer": str(reply.person_id), "signed_name": "", "signed_title": ""} if known else {"signer": ""})


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish_reply(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Publish the prepared answer that the person has read."""
    proposal = find_entry(request, process_slug, number)
    if request.method == "POST":
        read = whole_number(request.POST.get("version", ""))
        try:
            examining.publish_replies([proposal], by=me(request), version=read or 0)
        except Changed:
            messages.error(
                request, _("Somebody changed the answer after you had read it. Read it again below, then publish.")
            )
        else:
            messages.success(request, _("The answer is published and on its way to author and followers."))
    return to_entry(proposal)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_proposal(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Take a published answer back for revision."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.reopen_proposal", proposal)
    return with_reason(
        request, proposal, examining.reopen_proposal, title=_("Take the answer back"),
        explanation=_(
            "For an answer published by mistake: it leaves the public page and can be changed and published again. Letters that were "
            "sent stay sent. If only a detail is wrong, correct the answer instead."
        ),
        done=_("The answer has been taken back."),
    )  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct_reply(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Publish a corrected answer; the earlier one stays readable."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.correct_reply", proposal)
    reply = queries.published_reply(proposal)
    if reply is None:
        raise answering.NotAnswered(reference=proposal.reference)
    offered = queries.signers(proposal, request.user)
    initial = _typed(request) or _as_signed(reply, offered) | {"version": reply.version}
    form = CorrectReplyForm(request.POST if request.method == "POST" else None, offered=offered, initial=initial)
    status = 422 if form.errors else 200
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            answering.correct_reply(proposal, by=me(request), **form.answer())
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
            theirs = Reply.objects.filter(proposal=proposal).select_related("decided_by").first()
            if isinstance(refused, Changed) and theirs is not None:
                _with_latest(form, theirs.version)
        else:
            messages.success(
                request, _("The corrected answer is published and on its way; the earlier one stays readable.")
            )
            return to_entry(proposal)
    context = {"process": proposal.process, "proposal": proposal, "form": form, "reply": reply, "theirs": theirs}
    return render(request, "proposals/correct_reply.html", context, status=status)
