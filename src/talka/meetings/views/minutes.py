# SPDX-License-Identifier: EUPL-1.2
"""What becomes of minutes after the meeting: for those who write them, behind the link of those who were present, and as files."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core import clock
from talka.core.editing import edit_page, sent
from talka.core.errors import Refused
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import is_allowed
from talka.core.text import clean_text
from talka.core.working_days import WorkingDays
from talka.files.downloads import attachment_response
from talka.meetings.forms.minutes import CirculateForm, CorrectionForm, RemarkForm, SettleForm, WithdrawForm
from talka.meetings.link_holder import AttendanceHolder
from talka.meetings.models import Attendance, Meeting, Minutes
from talka.meetings.opening import open_meeting
from talka.meetings.operations import approving
from talka.meetings.operations.customs import custom_of
from talka.meetings.protocol.facts import gather
from talka.meetings.protocol.sheet import sheet_of
from talka.meetings.protocol.writing import docx_of, pdf_of
from talka.meetings.queries.protocol import written_items
from talka.proposals.queries.suspicion import is_suspected

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _minutes(meeting: Meeting) -> Minutes:
    rows = Minutes.objects.select_related("chair", "secretary", "pdf", "docx", "public_pdf", "approved_by")
    minutes = get_object_or_404(rows, meeting=meeting)
    minutes.meeting = meeting
    return minutes


def _page(meeting: Meeting) -> str:
    return reverse("meetings:manage_minutes", args=[meeting.process.slug, meeting.pk])


@sign_in_required
@require_safe
def manage_minutes(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Show where the minutes stand, what is missing, the corrections, and the next step."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.write_minutes")
    return _show(request, _minutes(meeting))


def _show(request: HttpRequest, minutes: Minutes, status: int = 200, **forms: Any) -> HttpResponse:
    meeting = minutes.meeting
    open_still = minutes.approved_at is None
    must, should = approving.what_is_missing(minutes) if open_still else ([], [])
    usual = WorkingDays().later(clock.today(), custom_of(meeting.process).correction_days) if open_still else None
    context = {
        "process": meeting.process, "meeting": meeting, "minutes": minutes, "must": must, "should": should,
        "facts": gather(minutes, public=False),
        "corrections": minutes.corrections.select_related("attendance", "item"),
        "circulate": CirculateForm(initial={"until": usual}), "settle": SettleForm(), "withdraw": WithdrawForm(),
        "remark": RemarkForm(), "may_approve": is_allowed(request.user, "meetings.approve_minutes", meeting),
        "may_publish": is_allowed(request.user, "meetings.publish_minutes", meeting),
    }  # fmt: skip
    return render(request, "meetings/manage_minutes.html", context | forms, status=status)


@sign_in_required
@require_POST
def circulate_minutes(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Send the draft to those who were present."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.circulate_minutes")
    minutes, form = _minutes(meeting), CirculateForm(request.POST)
    if not form.is_valid():
        return _show(request, minutes, 422, circulate=form)
    number = approving.circulate_minutes(minutes, by=request.user, until=form.cleaned_data["until"])
    said = ngettext(
        "The draft is sent to %(number)d person who was there.",
        "The draft is sent to %(number)d people who were there.",
        number,
    )
    messages.success(request, said % {"number": number})
    return redirect(_page(meeting))


@sign_in_required
@require_POST
def settle_correction(request: SignedInRequest, process_slug: str, meeting_pk: int, pk: int) -> HttpResponse:
    """Take a correction in, or say why not."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.settle_correction")
    minutes, form = _minutes(meeting), SettleForm(request.POST)
    correction = get_object_or_404(minutes.corrections, pk=pk)
    if not form.is_valid():
        return _show(request, minutes, 422, settle=form, settling=correction.pk)
    taken = form.cleaned_data["taken"] == "yes"
    approving.settle_correction(correction, taken=taken, reply=form.cleaned_data["reply"], by=request.user)
    messages.success(request, _("The correction is answered. Mend the text itself where the minutes are written."))
    return redirect(_page(meeting))


@sign_in_required
@require_POST
def approve_minutes(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Approve the minutes, for good."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.approve_minutes")
    minutes = approving.approve_minutes(_minutes(meeting), by=request.user)
    messages.success(request, _("The minutes are approved under number %(number)s.") % {"number": minutes.number})
    return redirect(_page(meeting))


@sign_in_required
@form_page
def publish_minutes(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Show what will be published, let texts be shortened, and publish."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.publish_minutes")
    minutes = _minutes(meeting)
    if request.method == "POST":
        texts = {
            name: clean_text(str(value))[:50_000]
            for name, value in request.POST.items()
            if name.startswith(("notes.", "decision."))
        }
        approving.edit_public(minutes, texts=texts, by=request.user)
        if "publish" in request.POST:
            approving.publish_minutes(minutes, by=request.user)
            messages.success(request, _("The minutes stand on the page of the meeting."))
            return redirect(_page(meeting))
        messages.success(request, _("Saved. This is how they will be published."))
        return redirect("meetings:publish_minutes", process_slug, meeting_pk)
    items = written_items(meeting)
    suspected = {f"notes.{one.item.pk}" for one in items if is_suspected(one.published)}
    suspected |= {f"decision.{d.pk}" for one in items for d in one.decisions if is_suspected(d.published)}
    context = {
        "process": meeting.process, "meeting": meeting, "minutes": minutes, "items": items, "suspected": suspected,
        "facts": gather(minutes, public=True),
    }  # fmt: skip
    return render(request, "meetings/publish_minutes.html", context)


@sign_in_required
@require_POST
def withdraw_minutes(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Take the minutes off the page of the meeting."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.publish_minutes")
    minutes, form = _minutes(meeting), WithdrawForm(request.POST)
    if not form.is_valid():
        return _show(request, minutes, 422, withdraw=form)
    approving.withdraw_minutes(minutes, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("The minutes are not published any more."))
    return redirect(_page(meeting))


@sign_in_required
@form_page
def add_remark(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Add a correction to approved minutes."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.add_remark")
    minutes = _minutes(meeting)
    return edit_page(
        request, "meetings/add_remark.html", RemarkForm(*sent(request)),
        lambda **fields: approving.add_remark(minutes, by=request.user, **fields),
        to=_page(meeting), said=_("The correction is added."), process=meeting.process, meeting=meeting,
    )  # fmt: skip


@sign_in_required
@require_safe
def download_minutes(request: SignedInRequest, process_slug: str, meeting_pk: int, kind: str) -> Any:
    """Hand out the whole minutes to those who take part in the process: as approved, or the draft as it is now; or the sheet to sign."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.read_minutes")
    minutes = _minutes(meeting)
    may_write = is_allowed(request.user, "meetings.write_minutes", meeting)
    if minutes.approved_at is None and not may_write:
        raise Http404
    now = clock.now()
    if kind == "sheet":
        if not may_write:
            raise Http404
        return _file(sheet_of(meeting, made_at=now), "dalibnieki.pdf", "application/pdf")
    stored = minutes.pdf if kind == "pdf" else minutes.docx
    if stored is not None:
        return attachment_response(stored)
    facts = gather(minutes, public=False)
    if kind == "pdf":
        return _file(pdf_of([facts], title=facts.kind, made_at=now), "protokola-projekts.pdf", "application/pdf")
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _file(docx_of(facts, made_at=now), "protokola-projekts.docx", word)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def download_public_minutes(request: HttpRequest, process_slug: str, meeting_pk: int) -> FileResponse:
    """Hand out the published minutes to those who may see the meeting."""
    rows = Minutes.objects.visible_to(request.user).select_related("public_pdf")
    minutes = get_object_or_404(rows, meeting=meeting_pk, meeting__process__slug=process_slug, public_pdf__isnull=False)
    return attachment_response(minutes.public_pdf)  # type: ignore[arg-type]


@form_page
def read_draft(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the draft to somebody who was present, and take what they ask to correct."""
    rows = Attendance.objects.exclude(secret="").select_related("meeting__process__owner", "meeting__place", "person")
    attendance = get_object_or_404(rows, secret=secret)
    meeting = attendance.meeting
    minutes = _minutes(meeting)
    form, status = CorrectionForm(request.POST if request.method == "POST" else None, meeting=meeting), 200
    if request.method == "POST" and form.is_valid():
        try:
            approving.ask_correction(attendance, by=AttendanceHolder(attendance.pk), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, _("Thank you. Whoever took the minutes will answer."))
            return redirect("meetings:read_draft", secret)
    elif form.errors:
        status = 422
    until = minutes.corrections_until
    context = {
        "process": meeting.process, "meeting": meeting, "minutes": minutes, "form": form, "facts": gather(minutes, public=False),
        "mine": attendance.corrections.select_related("item"),
        "open": minutes.approved_at is None and until is not None and clock.today() <= until,
    }  # fmt: skip
    response = render(request, "meetings/read_draft.html", context, status=status)
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
