# SPDX-License-Identifier: EUPL-1.2
"""The sheet that lies open: its picture, its text, and what becomes of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.core.errors import Refused
from talka.core.http import sign_in_required, unsent_fields
from talka.core.permissions import authorize
from talka.core.text import whole_number
from talka.proposals.models import Author, Proposal
from talka.proposals.queries import count_waiting as count_proposals
from talka.proposals.views.sending import content_of, sender_of
from talka.scans import queries, reading
from talka.scans.forms import DiscardForm, ScanForm
from talka.scans.models import Scan
from talka.scans.operations import bringing, entering
from talka.scans.views.piles import find_process, me


def find_scan(request: HttpRequest, process_slug: str, scan_id: int) -> Scan:
    """Return a letter on paper of this process: 404 for any other."""
    process = find_process(request, process_slug)
    scans = Scan.objects.visible_to(request.user).select_related(
        "process", "stack__file", "held_by", "proposal", "taken_back__author", "joined_to", "closed_by"
    )
    return get_object_or_404(scans, process=process, pk=scan_id)


def to_scan(scan: Scan, *, done: object = "") -> HttpResponse:
    """Open a sheet; ``done`` is the one whose draft in the browser is no longer needed."""
    response = redirect("scans:register_scan", scan.process.slug, scan.pk)
    if done:
        response["Location"] += f"?done={done}"
    return response


def to_next(request: HttpRequest, process_slug: str, *, done: object = "") -> HttpResponse:
    """Open the next sheet of the pile, or the list when there is none."""
    process = find_process(request, process_slug)
    scan = entering.take_next(process, by=me(request))
    if scan is not None:
        return to_scan(scan, done=done)
    messages.info(request, _("No more paper waits that nobody else has."))
    response = redirect("scans:list_scans", process_slug)
    if done:
        response["Location"] += f"?done={done}"
    return response


@sign_in_required
@require_POST
def take_next(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Take the next sheet of the pile."""
    return to_next(request, process_slug)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def register_scan(request: HttpRequest, process_slug: str, scan_id: int) -> HttpResponse:
    """Enter a letter beside its picture, then open the next."""
    scan = find_scan(request, process_slug, scan_id)
    authorize(request.user, "scans.register_scan", scan)
    if request.method != "POST":
        return _sheet(request, scan)
    form = ScanForm(request.POST, process=scan.process)
    if not form.is_valid():
        return _sheet(request, scan, form=form, status=422)
    try:
        proposal = entering.register_scan(
            scan, content=content_of(form), sender=sender_of(form), key=form.submission_key(),
            received_at=form.received_at(), by=me(request),
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, str(refused))
        return _sheet(request, scan, form=form, status=409)
    messages.success(request, _("Entered under the number %(reference)s.") % {"reference": proposal.reference})
    return to_next(request, process_slug, done=scan.pk)


def _sheet(request: HttpRequest, scan: Scan, *, form: ScanForm | None = None, status: int = 200) -> HttpResponse:
    """Show the sheet with its form, or what has become of it."""
    pages = queries.pages_of_letter(scan)
    text = queries.text_of_letter(pages)
    mine = scan.closed_at is None and scan.is_held and scan.held_by_id == me(request).pk
    if form is None and mine:
        form = ScanForm(process=scan.process, initial=_initial(request, scan, text))
    context: dict[str, Any] = {
        "process": scan.process,
        "scan": scan,
        "form": form,
        "pages": pages,
        "text": text,
        "unread": [page for page in pages if page.read_at is None and page.given_up_at is None],
        "given_up": [page for page in pages if page.given_up_at is not None],
        "can_read": reading.can_read(),
        "left": queries.count_waiting(scan.process),
        "done": whole_number(request.GET.get("done", "")),
        "waiting": count_proposals(scan.process),
    }
    return render(request, "scans/register_scan.html", context, status=status)


def _initial(request: HttpRequest, scan: Scan, text: str) -> dict[str, Any]:
    """Return what the form begins with: what was typed when the session ended, or entered before and taken back, or read."""
    typed = {name: values[-1] for name, values in (unsent_fields(request) or {}).items() if values}
    before = queries.last_entry(scan.process, request.user)
    initial: dict[str, Any] = {"text": text}
    if before is not None:
        initial["received_on"] = queries.day_of(before)
    if scan.taken_back is not None:
        initial |= _entered_before(scan.taken_back)
    return initial | typed


def _entered_before(proposal: Proposal) -> dict[str, Any]:
    author: Author = proposal.author
    from_author = (
        "name",
        "email",
        "phone",
        "postal_address",
        "answer_by",
        "on_behalf",
        "on_behalf_name",
        "name_public",
    )
    return {
        "text": proposal.text, "title": proposal.title, "language": proposal.language, "topic": proposal.topic_id,
        "area": proposal.area_id, "place_text": proposal.place_text, "keep_private": proposal.keep_private,
        "received_on": timezone.localdate(proposal.received_at), "regime": proposal.regime, "signed": "yes" if proposal.signed else "no",
    } | {name: getattr(author, name) for name in from_author}  # fmt: skip


@sign_in_required
@require_POST
def take_scan(request: HttpRequest, process_slug: str, scan_id: int) -> HttpResponse:
    """Take this sheet, out of its turn."""
    scan = find_scan(request, process_slug, scan_id)
    entering.take_scan(scan, by=me(request))
    return to_scan(scan)


@sign_in_required
@require_POST
def skip_scan(request: HttpRequest, process_slug: str, scan_id: int) -> HttpResponse:
    """Put the sheet at the end of the pile and open the next."""
    entering.skip_scan(find_scan(request, process_slug, scan_id), by=me(request))
    return to_next(request, process_slug)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard_scan(request: HttpRequest, process_slug: str, scan_id: int) -> HttpResponse:
    """Ask why the sheet is not entered, and lay it aside."""
    scan = find_scan(request, process_slug, scan_id)
    authorize(request.user, "scans.discard_scan", scan)
    form = DiscardForm(request.POST if request.method == "POST" and "reason" in request.POST else None)
    status = 422
    if form.is_valid():
        try:
            entering.discard_scan(scan, reason=form.cleaned_data["reason"], by=me(request))
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, _("The sheet has been laid aside."))
            return to_next(request, process_slug, done=scan.pk)
    context = {"process": scan.process, "scan": scan, "form": form}
    return render(request, "scans/discard_scan.html", context, status=status if form.errors else 200)


@sign_in_required
@require_POST
def join_to_previous(request: HttpRequest, process_slug: str, scan_id: int) -> HttpResponse:
    """Add the sheet to the letter before it, and open that letter."""
    scan = find_scan(request, process_slug, scan_id)
    first = entering.join_to_previous(scan, by=me(request))
    messages.success(request, _("The sheets are one letter now."))
    return to_scan(first, done=scan.pk)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_next(request: HttpRequest, process_slug: str, scan_id: int) -> HttpResponse:
    """Add the next sheet to this letter; what has been typed stays, the text of the new page comes after it."""
    scan = find_scan(request, process_slug, scan_id)
    if request.method != "POST":  # the page is shown at this address, so somebody may come back to it
        return to_scan(scan)
    following = entering.join_next(scan, by=me(request))
    messages.success(request, _("The sheets are one letter now."))
    added = queries.text_of_letter(list(following.pages.all()))
    typed: dict[str, Any] = {
        name: value for name, value in request.POST.items() if name not in {"csrfmiddlewaretoken", "key"}
    }
    typed["text"] = "\n\n".join(part for part in (str(typed.get("text", "")).strip(), added) if part)
    scan.refresh_from_db()
    return _sheet(request, scan, form=ScanForm(process=scan.process, initial=typed))


@sign_in_required
@require_POST
def read_again(request: HttpRequest, process_slug: str, scan_id: int) -> HttpResponse:
    """Have the letter read by machine once more."""
    scan = find_scan(request, process_slug, scan_id)
    bringing.read_again(scan, by=me(request))
    messages.info(request, _("The pages are being read again."))
    return to_scan(scan)


@sign_in_required
@require_POST
def undo_last(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Take back what the person did last with paper, and open that sheet again."""
    process = find_process(request, process_slug)
    undone = entering.undo_last(process, by=me(request))
    if undone.reference:
        sentence = _(
            "The entry %(reference)s has been taken back. Its number stays in the register, marked as a mistake."
        )
        messages.warning(request, sentence % {"reference": undone.reference})
    else:
        messages.success(request, _("Taken back; the sheet lies open again."))
    return to_scan(undone.scan)
