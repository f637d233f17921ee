# SPDX-License-Identifier: EUPL-1.2
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.accounts.models import User
from talka.core.editing import edit_page, sent
from talka.core.errors import Changed
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import authorize
from talka.directory.models import Place
from talka.directory.operations import create_place
from talka.files.forms import Upload
from talka.meetings.forms.meetings import CancelForm, CopyForm, MeetingForm
from talka.meetings.forms.papers import PapersForm
from talka.meetings.models import AgendaItem, Meeting, MeetingQuerySet, Paper
from talka.meetings.operations import calling
from talka.meetings.operations import papers as paper_operations
from talka.meetings.permissions import can_call_meeting, changeable_among
from talka.meetings.queries.calendar import CalendarFilter, Overlap, counts_by_standing, overlaps
from talka.meetings.queries.papers import papers_with_changes
from talka.meetings.wording import when_words
from talka.processes.models import Process

STANDINGS = ("upcoming", "past", "undated", "cancelled")
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _process(request: HttpRequest, process_slug: str) -> Process:
    return get_object_or_404(Process.objects.visible_to(request.user).select_related("owner"), slug=process_slug)


def _meeting(request: HttpRequest, process_slug: str, meeting_pk: int) -> Meeting:
    meetings = (
        Meeting.objects.visible_to(request.user).select_related("process__owner", "place").prefetch_related("groups")
    )
    return get_object_or_404(meetings, process__slug=process_slug, pk=meeting_pk)


def _paper(request: HttpRequest, process_slug: str, paper_pk: int) -> Paper:
    papers = Paper.objects.filter(meeting__in=Meeting.objects.visible_to(request.user))
    return get_object_or_404(
        papers.select_related("meeting__process"), meeting__process__slug=process_slug, pk=paper_pk
    )


def _standing(meetings: MeetingQuerySet, standing: str) -> MeetingQuerySet:
    if standing == "cancelled":
        return meetings.filter(cancelled_at__isnull=False).order_by("-starts_at", "-pk")
    held = meetings.filter(cancelled_at__isnull=True)
    return {"upcoming": held.upcoming, "past": held.past, "undated": held.undated}[standing]()


@sign_in_required
@require_safe
def manage_meetings(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """List the meetings of a process by how they stand, of all groups or of one."""
    process = _process(request, process_slug)
    authorize(request.user, "processes.view_workspace", process)
    chosen = CalendarFilter(group=CalendarFilter.of(request.GET).group)
    asked = request.GET.get("show", "")
    standing = asked if asked in STANDINGS else "upcoming"
    meetings = chosen.apply(Meeting.objects.visible_to(request.user).filter(process=process))
    counts = counts_by_standing(meetings)
    page = page_of(request, _standing(meetings, standing).for_lists(), count=counts[standing])
    return render(
        request,
        "meetings/manage_meetings.html",
        {
            "process": process,
            "page": page,
            "changeable": changeable_among(request.user, process, page),
            "standing": standing,
            "counts": counts,
            "groups": process.groups.all(),
            "chosen": chosen,
            "may_call": can_call_meeting(request.user, process),
        },
    )


def _sentence(request: HttpRequest, overlap: Overlap) -> str:
    other = overlap.meeting
    if not Meeting.objects.visible_to(request.user).filter(pk=other.pk).exists():
        return _("Another meeting takes place there at the same time: %(when)s.") % {"when": when_words(other)}
    facts = {"title": other.title, "when": when_words(other)}
    if overlap.same_group and overlap.same_place:
        return _("The same group meets at the same place at this time: “%(title)s”, %(when)s.") % facts
    if overlap.same_group:
        return _("The same group has another meeting at this time: “%(title)s”, %(when)s.") % facts
    return _("Another meeting takes place there at the same time: “%(title)s”, %(when)s.") % facts


def _warn(request: HttpRequest, meeting: Meeting) -> Meeting:
    """Say what a meeting overlaps with; that is for the person to weigh."""
    for overlap in overlaps(meeting):
        messages.warning(request, _sentence(request, overlap))
    return meeting


def _own_page(meeting: Meeting) -> str:
    return reverse("meetings:change_meeting", args=[meeting.process.slug, meeting.pk])


def _place(form: MeetingForm, process: Process, by: User) -> Place | None:
    """Return the chosen place; a new one is entered first, as one of the municipality that leads the process."""
    new = form.new_place()
    if new is None:
        chosen: Place | None = form.cleaned_data["place"]
        return chosen
    return create_place(by=by, organization=process.owner, **new)


@sign_in_required
@form_page
def call_meeting(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """Call a meeting."""
    process, by = _process(request, process_slug), request.user
    authorize(by, "meetings.call_meeting", process)
    form = MeetingForm(request.POST or None, process=process, by=by)

    @transaction.atomic
    def save(**_typed: Any) -> Meeting:
        place = _place(form, process, by)
        return _warn(request, calling.call_meeting(process, by=by, place=place, **form.meeting_fields()))

    said = _("The meeting is on the calendar.")
    return edit_page(request, "meetings/call_meeting.html", form, save, to=_own_page, said=said, process=process)


@sign_in_required
@form_page
def change_meeting(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Change a meeting."""
    meeting, by = _meeting(request, process_slug, meeting_pk), request.user
    authorize(by, "meetings.change_meeting", meeting)
    form = MeetingForm(request.POST or None, process=meeting.process, by=by, meeting=meeting)

    @transaction.atomic
    def save(**typed: Any) -> Meeting:
        place = _place(form, meeting.process, by)
        try:
            calling.change_meeting(meeting, by=by, seen=typed["seen"], place=place, **form.meeting_fields())
        except Changed:
            form.see_theirs(_meeting(request, process_slug, meeting_pk))
            raise
        return _warn(request, meeting)

    context = {"process": meeting.process, "meeting": meeting, "papers": meeting.papers.count()}
    said = _("The meeting is changed.")
    return edit_page(request, "meetings/change_meeting.html", form, save, to=_own_page, said=said, **context)


@sign_in_required
@form_page
def copy_meeting(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Call the same meeting once more, on another day."""
    meeting, by = _meeting(request, process_slug, meeting_pk), request.user
    authorize(by, "meetings.copy_meeting", meeting)

    def save(*, starts_at: datetime, ends_at: datetime | None, whole_day: bool, **_typed: Any) -> Meeting:
        copy = calling.copy_meeting(meeting, by=by, starts_at=starts_at, ends_at=ends_at, whole_day=whole_day)
        return _warn(request, copy)

    form, context = CopyForm(request.POST or None, meeting=meeting), {"process": meeting.process, "meeting": meeting}
    said = _("The meeting is on the calendar. Change here what is different this time.")
    return edit_page(request, "meetings/copy_meeting.html", form, save, to=_own_page, said=said, **context)


@sign_in_required
@form_page
def cancel_meeting(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Call a meeting off, with the reason."""
    meeting, by = _meeting(request, process_slug, meeting_pk), request.user
    authorize(by, "meetings.cancel_meeting", meeting)

    def save(*, reason: str) -> Meeting:
        calling.cancel_meeting(meeting, by=by, reason=reason)
        return meeting

    form, context = CancelForm(request.POST or None), {"process": meeting.process, "meeting": meeting}
    said = _("The meeting is cancelled. It stays on the calendar, marked as cancelled.")
    return edit_page(request, "meetings/cancel_meeting.html", form, save, to=_own_page, said=said, **context)


@sign_in_required
@require_POST
def restore_meeting(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Take a cancellation back."""
    meeting = _meeting(request, process_slug, meeting_pk)
    calling.restore_meeting(meeting, by=request.user)
    messages.success(request, _("The meeting takes place after all."))
    return redirect(_own_page(_warn(request, meeting)))


@sign_in_required
@form_page
def add_paper(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Show the papers of a meeting and take further ones."""
    meeting, by = _meeting(request, process_slug, meeting_pk), request.user
    authorize(by, "meetings.add_paper", meeting)

    def save(*, papers: list[Upload], title: str, item: AgendaItem | None = None) -> Meeting:
        paper_operations.add_papers(
            meeting, files=[(paper.name, paper.inspected) for paper in papers], title=title, by=by, item=item
        )
        return meeting

    context = {"process": meeting.process, "meeting": meeting, "papers": papers_with_changes(meeting)}
    form = PapersForm(*sent(request), meeting=meeting)
    to, said = (
        reverse("meetings:add_paper", args=[process_slug, meeting_pk]),
        _("Saved. The papers are on the page of the meeting."),
    )
    return edit_page(request, "meetings/add_paper.html", form, save, to=to, said=said, **context)


@sign_in_required
@require_POST
def remove_paper(request: SignedInRequest, process_slug: str, paper_pk: int) -> HttpResponse:
    """Take a paper off a meeting."""
    paper = _paper(request, process_slug, paper_pk)
    paper_operations.remove_paper(paper, by=request.user)
    messages.success(request, _("The paper “%(title)s” is removed.") % {"title": paper.title})
    return redirect("meetings:add_paper", process_slug, paper.meeting_id)


@sign_in_required
@require_POST
def move_paper(request: SignedInRequest, process_slug: str, paper_pk: int) -> HttpResponse:
    """Move a paper one place up or down."""
    paper = _paper(request, process_slug, paper_pk)
    paper_operations.move_paper(paper, by=request.user, up=request.POST.get("to") == "up")
    return redirect("meetings:add_paper", process_slug, paper.meeting_id)
