# SPDX-License-Identifier: EUPL-1.2
"""Meetings from the calendar file of another program: read, looked at, taken over."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from talka.core.editing import sent
from talka.core.errors import Refused
from talka.core.http import SignedInRequest, sign_in_required
from talka.meetings.forms.from_calendar import SENTENCES, CalendarFileForm, TakeCalendarForm
from talka.meetings.models import Meeting
from talka.meetings.operations import from_calendar as operations
from talka.processes.models import Process
from talka.processes.opening import open_process


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_calendar(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """Take a file, show what it holds, and call the meetings that are chosen."""
    process = open_process(request.user, process_slug, "meetings.call_meeting")
    if "read" in request.POST:
        return _take(request, process)
    form = CalendarFileForm(*sent(request))
    if not form.is_bound or not form.is_valid():
        context = {"process": process, "form": form}
        return render(request, "meetings/take_calendar.html", context, status=422 if form.is_bound else 200)
    form_of_events = TakeCalendarForm(process=process, by=request.user, events=form.calendar.events)
    there = operations.on_the_calendar(process, form.calendar.events)
    ticked = {event.key for event in form.calendar.events} - there
    unread = [(SENTENCES[one.trouble], one.title) for one in form.calendar.unread]
    return _show(request, process, form_of_events, ticked, there=there, unread=unread)


def _take(request: SignedInRequest, process: Process) -> HttpResponse:
    form = TakeCalendarForm(request.POST, process=process, by=request.user)
    status = 422
    if form.is_valid():
        fields = {"groups": list(form.cleaned_data.get("groups", ())), "access": form.cleaned_data["access"]}
        try:
            number = operations.take_calendar(process, events=form.wanted(), by=request.user, **fields)
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            said = ngettext(
                "%(number)d meeting is on the calendar.", "%(number)d meetings are on the calendar.", number
            )
            messages.success(request, said % {"number": number})
            return redirect(reverse("meetings:manage_meetings", args=[process.slug]))
    there = operations.on_the_calendar(process, form.events)
    return _show(request, process, form, set(request.POST.getlist("chosen")), there=there, status=status)


def _show(
    request: SignedInRequest, process: Process, form: TakeCalendarForm, ticked: set[str], *,
    there: set[str], unread: Sequence[tuple[object, str]] = (), status: int = 200,
) -> HttpResponse:  # fmt: skip
    rows = [
        (event, Meeting(**operations.times_of_event(event)), event.key in ticked, event.key in there)
        for event in form.events
    ]
    context = {"process": process, "form": form, "rows": rows, "unread": unread}
    return render(request, "meetings/choose_events.html", context, status=status)
