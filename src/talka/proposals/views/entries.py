# SPDX-License-Identifier: EUPL-1.2
"""One entry of the register: entered, read, given to somebody, published, corrected, noted upon."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talka.audit.models import Event, key_of
from talka.core.errors import Refused
from talka.core.http import sign_in_required, unsent_fields
from talka.core.permissions import authorize, is_allowed, verb_label
from talka.imports.queries import import_of
from talka.processes.models import Process
from talka.proposals import queries
from talka.proposals.added import entry_sections
from talka.proposals.forms.workspace import AssignForm, CorrectForm, NoteForm, ReasonForm, RegisterForm
from talka.proposals.models import Delivery, Proposal
from talka.proposals.operations import correspondence, examining, receiving
from talka.proposals.queries.suspicion import suspects
from talka.proposals.queries.terms import longest_extension
from talka.proposals.views.bundles import entry_context
from talka.proposals.views.register import find_process, me
from talka.proposals.views.sending import content_of, sender_of

ACTIONS = (
    "view_author", "publish_proposal", "correct_proposal", "redact_proposal", "view_original", "assign_proposal", "add_note",
    "prepare_reply", "publish_reply", "withdraw_proposal", "recommend_outcome", "deliver_answer", "forward_proposal",
    "change_regime", "extend_term", "note_extension_told", "change_author", "link_node",
)  # fmt: skip


def find_entry(request: HttpRequest, process_slug: str, number: int) -> Proposal:
    """Return an entry that the person sees in the register of this process: 404 for any other number."""
    process = find_process(request, process_slug)
    related = (
        "process",
        "topic",
        "area",
        "assigned_group",
        "assigned_person",
        "registered_by",
        "receipt",
        "author",
        "reply__decided_by",
        "reply__published_by",
        "unredacted",
        "term",
    )
    entries = Proposal.objects.worked_on_by(request.user).select_related(*related).defer("search")
    return get_object_or_404(entries, process=process, number=number)


@sign_in_required
@require_safe
def manage_proposal(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Show an entry with all that belongs to it, and what the person may do with it."""
    proposal = find_entry(request, process_slug, number)
    allowed = {verb: is_allowed(request.user, f"proposals.{verb}", proposal) for verb in ACTIONS}
    reply = getattr(proposal, "reply", None)
    recommendations = queries.recommendations(proposal)
    deliveries = queries.deliveries_to(proposal.author) if proposal.answered_at else []
    context = {
        "process": proposal.process,
        "proposal": proposal,
        "waiting": queries.count_waiting(proposal.process),
        "allowed": allowed,
        "sections": entry_sections(proposal, request.user),
        "reply": reply,
        "recommendations": recommendations,
        "outgrowths": queries.became(proposal, request.user, works=True),
        "follows": reply is not None and bool(recommendations) and reply.outcome == recommendations[0].outcome,
        "versions": queries.published_versions(reply) if reply is not None and reply.corrected_at else [],
        "deliveries": deliveries,
        "to_settle": Delivery.objects.to_settle()
        .filter(pk__in=[one.pk for one in deliveries if one.failed_at])
        .values_list("pk", flat=True),
        "imported": import_of(key_of(proposal)),
        "differs": proposal.receipt.erased_at is None
        and (proposal.title, proposal.text) != (proposal.receipt.title or proposal.title, proposal.receipt.text),
        "suspects": suspects(proposal) if allowed["redact_proposal"] and proposal.published_at is None else [],
        "extensions": proposal.extensions.all(),
        "longest": longest_extension(proposal) if allowed["extend_term"] and proposal.waits else None,
        "files": proposal.files.select_related("attachment"),
        "additions": queries.additions(proposal),
        "returned": queries.returned_letters(proposal) if allowed["view_author"] else (),
        "notes": proposal.notes.select_related("written_by"),
        "forwardings": queries.forwardings_of(proposal),
        "arrived_from": queries.arrived_from(proposal),
        "note_form": NoteForm(),
        "assign_form": AssignForm(process=proposal.process, initial=_assigned(proposal))
        if allowed["assign_proposal"]
        else None,
        **entry_context(request, proposal),
        "events": [(event, verb_label(event.verb)) for event in Event.objects.filter(object_key=key_of(proposal))],
    }
    return render(request, "proposals/manage_proposal.html", context)


def _assigned(proposal: Proposal) -> dict[str, str]:
    if proposal.assigned_group_id is not None:
        return {"to": f"group-{proposal.assigned_group_id}"}
    return {"to": f"person-{proposal.assigned_person_id}"} if proposal.assigned_person_id is not None else {}


def to_entry(proposal: Proposal) -> HttpResponse:
    """Go to the page of the entry."""
    return redirect("proposals:manage_proposal", proposal.process.slug, proposal.number)


# --- Entering -------------------------------------------------------------------------------------


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def register_proposal(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Enter a proposal that came by another way than the web."""
    process = get_object_or_404(Process.objects.visible_to(request.user), slug=process_slug)
    authorize(request.user, "proposals.register_proposal", process)
    if request.method == "POST":
        form = RegisterForm(request.POST, request.FILES, process=process)
    else:
        form = RegisterForm(process=process, initial=typed(request) | _next_entry(request))
    if request.method == "POST" and form.is_valid():
        proposal = receiving.register_proposal(
            process,
            content=content_of(form),
            sender=sender_of(form),
            key=form.submission_key(),
            channel=form.cleaned_data["channel"],
            received_at=form.received_at(),
            by=me(request),
        )
        messages.success(request, _("Entered under the number %(reference)s.") % {"reference": proposal.reference})
        if request.POST.get("do") == "another":
            response = redirect("proposals:register_proposal", process_slug)
            day = form.cleaned_data["received_on"].isoformat()
            response["Location"] += f"?entered=1&channel={form.cleaned_data['channel']}&received_on={day}"
            return response
        entry = to_entry(proposal)
        entry["Location"] += "?entered=1"
        return entry
    context = {
        "process": process,
        "form": form,
        "files_lost": bool(request.FILES),
        "waiting": queries.count_waiting(process),
    }
    return render(request, "proposals/register_proposal.html", context, status=422 if form.errors else 200)


def _next_entry(request: HttpRequest) -> dict[str, str]:
    """Return channel and day of the entry before, so that a stack of paper needs them once."""
    return {name: request.GET[name][:20] for name in ("channel", "received_on") if name in request.GET}


def typed(request: HttpRequest) -> dict[str, str]:
    """Return what was typed when the session ended, to fill the form with."""
    return {name: values[-1] for name, values in (unsent_fields(request) or {}).items() if values}


# --- What is done with an entry -------------------------------------------------------------------


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign_proposal(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Give the entry to a group or a person, or take it back from them."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.assign_proposal", proposal)
    form = AssignForm(
        request.POST if request.method == "POST" else None, process=proposal.process, initial=_assigned(proposal)
    )
    if request.method == "POST" and request.POST.get("do") == "unassign":
        examining.unassign_proposal(proposal, by=me(request))
        messages.success(request, _("The assignment has been taken back."))
        return to_entry(proposal)
    if request.method == "POST" and form.is_valid():
        examining.assign_proposals([proposal], by=me(request), **form.chosen())  # type: ignore[arg-type]
        messages.success(request, _("Assigned."))
        return to_entry(proposal)
    return form_page(request, proposal, form, title=_("Assign"), button=_("Assign"))


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_note(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Write a note for those who work on the entry."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.add_note", proposal)
    form = NoteForm(request.POST if request.method == "POST" else None, initial=typed(request))
    if request.method == "POST" and form.is_valid():
        examining.add_note(proposal, text=form.cleaned_data["text"], by=me(request))
        messages.success(request, _("The note is kept."))
        return to_entry(proposal)
    return form_page(request, proposal, form, title=_("Add a note"), button=_("Add the note"))


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish_proposal(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Show the entry in public."""
    proposal = find_entry(request, process_slug, number)
    if request.method == "POST":
        try:
            receiving.publish_proposal(proposal, by=me(request), anyway=request.POST.get("anyway") == "yes")
        except receiving.PersonalDataFound as refused:
            context = {
                "process": proposal.process,
                "proposal": proposal,
                "sentence": str(refused),
                "suspects": suspects(proposal),
            }
            return render(request, "proposals/publish_anyway.html", context, status=409)
        messages.success(request, _("The proposal is on the public pages now."))
    return to_entry(proposal)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def show_file(request: HttpRequest, process_slug: str, number: int, file_id: int) -> HttpResponse:
    """Say whether a file that came with the entry may be seen in public."""
    proposal = find_entry(request, process_slug, number)
    file = get_object_or_404(proposal.files.select_related("proposal__process"), pk=file_id)
    if request.method == "POST":
        is_public = request.POST.get("is_public") == "yes"
        receiving.show_file(file, by=me(request), is_public=is_public)
        messages.success(request, _("The file is public now.") if is_public else _("The file is no longer public."))
    return to_entry(proposal)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def read_addition(request: HttpRequest, process_slug: str, number: int, addition_id: int) -> HttpResponse:
    """Note that what was added to the entry has been read."""
    proposal = find_entry(request, process_slug, number)
    addition = get_object_or_404(proposal.additions.select_related("proposal__process"), pk=addition_id)
    if request.method == "POST":
        correspondence.read_addition(addition, by=me(request))
        messages.success(request, _("Marked as read."))
    return to_entry(proposal)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct_proposal(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Change the published version; the text as received stays beside it."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.correct_proposal", proposal)
    form = CorrectForm(request.POST if request.method == "POST" else None, proposal=proposal, initial=typed(request))
    if request.method == "POST" and form.is_valid():
        receiving.correct_proposal(proposal, by=me(request), **form.cleaned_data)
        messages.success(request, _("The published text has been corrected."))
        return to_entry(proposal)
    context = {"process": proposal.process, "proposal": proposal, "form": form}
    return render(request, "proposals/correct_proposal.html", context, status=422 if form.errors else 200)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def unpublish_proposal(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Take the entry off the public pages."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.unpublish_proposal", proposal)
    return with_reason(
        request, proposal, receiving.unpublish_proposal, title=_("Take off the public pages"),
        explanation=_("The proposal keeps its number and its answer; only the municipality and its author see it then."),
        done=_("The proposal has been taken off the public pages."),
    )  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_proposal(request: HttpRequest, process_slug: str, number: int) -> HttpResponse:
    """Withdraw the entry for its author, who asked for it by telephone or letter."""
    proposal = find_entry(request, process_slug, number)
    authorize(request.user, "proposals.withdraw_proposal", proposal)
    return with_reason(
        request, proposal, receiving.withdraw_proposal, title=_("Withdraw for the author"),
        explanation=_("The proposal stays in the register, marked as withdrawn, and is not answered. Author and followers are told."),
        done=_("The proposal has been withdrawn."),
    )  # fmt: skip


def with_reason(
    request: HttpRequest, proposal: Proposal, act: Callable[..., Any], *, title: str, explanation: str, done: str
) -> HttpResponse:
    """Ask for the reason of an operation, then do it."""
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=typed(request))
    status = 422
    if request.method == "POST" and form.is_valid():
        try:
            act(proposal, by=me(request), reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, done)
            return to_entry(proposal)
    context = {"title": title, "button": title, "explanation": explanation, "danger": True}
    return form_page(request, proposal, form, wrong=status, **context)


def form_page(request: HttpRequest, proposal: Proposal, form: Any, *, wrong: int = 422, **context: Any) -> HttpResponse:
    """Show a small form about an entry on a page of its own; with the status ``wrong`` where something is."""
    context |= {"process": proposal.process, "proposal": proposal, "form": form}
    return render(request, "proposals/entry_form.html", context, status=wrong if form.errors else 200)
