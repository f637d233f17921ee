# SPDX-License-Identifier: EUPL-1.2
"""What a meeting decided, written down by whoever calls its meetings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core.editing import edit_page, sent
from talka.core.http import SignedInRequest, sign_in_required
from talka.meetings.forms.decisions import DecisionForm
from talka.meetings.models import Decision, Meeting
from talka.meetings.opening import open_meeting
from talka.meetings.operations import decisions
from talka.meetings.queries.decisions import written_down

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _decision(meeting: Meeting, pk: int) -> Decision:
    decision: Decision = get_object_or_404(meeting.decisions, pk=pk)
    decision.meeting = meeting
    return decision


def _list(meeting: Meeting) -> str:
    return reverse("meetings:manage_decisions", args=[meeting.process.slug, meeting.pk])


@sign_in_required
@require_safe
def manage_decisions(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """List what a meeting decided."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.add_decision")
    context = {"process": meeting.process, "meeting": meeting, "decided": written_down(meeting, request.user)}
    return render(request, "meetings/manage_decisions.html", context)


@sign_in_required
@form_page
def add_decision(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Write down what a meeting decided."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.add_decision")
    form = DecisionForm(*sent(request), meeting=meeting, user=request.user)
    return edit_page(
        request, "meetings/add_decision.html", form,
        lambda **_typed: decisions.add_decision(meeting, by=request.user, **form.decision()),
        to=_list(meeting), said=_("The decision is on the page of the meeting."), process=meeting.process, meeting=meeting,
    )  # fmt: skip


@sign_in_required
@form_page
def change_decision(request: SignedInRequest, process_slug: str, meeting_pk: int, pk: int) -> HttpResponse:
    """Change what was written down of a decision."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.change_decision")
    decision = _decision(meeting, pk)
    form = DecisionForm(*sent(request), meeting=meeting, user=request.user, row=decision)
    return edit_page(
        request, "meetings/change_decision.html", form,
        lambda **_typed: decisions.change_decision(decision, by=request.user, **form.decision()),
        to=_list(meeting), said=_("The decision is saved."), process=meeting.process, meeting=meeting, decision=decision,
    )  # fmt: skip


@sign_in_required
@require_POST
def remove_decision(request: SignedInRequest, process_slug: str, meeting_pk: int, pk: int) -> HttpResponse:
    """Remove what was written down by mistake."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.remove_decision")
    decisions.remove_decision(_decision(meeting, pk), by=request.user)
    messages.success(request, _("The decision is removed."))
    return redirect(_list(meeting))
