# SPDX-License-Identifier: EUPL-1.2
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from talka.core import clock
from talka.core.keeping import kept_for_visitors
from talka.core.lists import page_of
from talka.files.downloads import attachment_response
from talka.meetings import queries
from talka.meetings.models import Meeting, MeetingQuerySet, Paper
from talka.meetings.permissions import can_join_remotely
from talka.meetings.wording import language, place_words
from talka.processes.models import Process

PAGE = 50


def _addresses_of_feed(request: HttpRequest, chosen: queries.CalendarFilter) -> dict[str, str]:
    """Return the address of the feed of exactly this filter, for programs and for telephones."""
    path = reverse("meetings:all_feed")
    address = request.build_absolute_uri(f"{path}?{urlencode(chosen.chosen)}" if chosen.chosen else path)
    return {"address": address, "webcal": f"webcal://{address.partition('://')[2]}"}


def _month_grid(meetings: MeetingQuerySet, first: date) -> dict[str, Any]:
    month = queries.Month(first, list(meetings.between(first, first + relativedelta(months=1)).for_lists()))
    return {
        "grid": month,
        "month_name": month.name(language()),
        "weeks": month.weeks(),
        "weekdays": month.weeks()[0],
        "earlier": first - relativedelta(months=1),
        "later": month.end,
        "number": len(month.meetings),
    }


def _month_list(meetings: MeetingQuerySet, first: date) -> dict[str, Any]:
    end = first + relativedelta(months=1)
    month = queries.Month(first, list(meetings.between(first, end).for_lists()))
    earlier, later = queries.months_beside(meetings, first, end)
    return {
        "months": [(month.name(language()), month.meetings)],
        "month_name": month.name(language()),
        "earlier": earlier,
        "later": later,
        "number": len(month.meetings),
    }


def _coming_list(request: HttpRequest, meetings: MeetingQuerySet) -> dict[str, Any]:
    page = page_of(request, meetings.upcoming().for_lists(), size=PAGE)
    return {
        "page": page,
        "months": [(month.name(language()), month.meetings) for month in queries.by_month(page)],
        "earlier": queries.last_month_with_meetings(meetings),
        "undated": list(meetings.undated().for_lists()[:PAGE]) if page.number == 1 else [],
        "number": page.paginator.count,
    }


@require_safe
@kept_for_visitors
def show_calendar(request: HttpRequest) -> HttpResponse:
    """Show what is ahead, or a month: as a list or as a sheet of days; narrowed by a filter."""
    chosen = queries.CalendarFilter.of(request.GET)
    meetings = chosen.apply(Meeting.objects.visible_to(request.user))
    as_grid = request.GET.get("view") == "month"
    first = queries.parse_month(request.GET.get("month", ""))
    if as_grid:
        shown = _month_grid(meetings, first or clock.today().replace(day=1))
    else:
        shown = _month_list(meetings, first) if first else _coming_list(request, meetings)
    return render(
        request,
        "meetings/show_calendar.html",
        {
            **shown,
            "chosen": chosen,
            "choices": queries.calendar_choices(request.user, chosen),
            "kinds": Process.Kind.choices,
            "as_grid": as_grid,
            "asked_month": request.GET.get("month", "") if first else "",
            "feed": _addresses_of_feed(request, chosen),
            "today": clock.today(),
        },
    )


def _meeting(request: HttpRequest, process_slug: str, meeting_pk: int) -> Meeting:
    meetings = Meeting.objects.visible_to(request.user).select_related("process", "place").prefetch_related("groups")
    return get_object_or_404(meetings, process__slug=process_slug, pk=meeting_pk)


@require_safe
@kept_for_visitors
def show_meeting(request: HttpRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Show a meeting: when, where, how to get in, how to join from afar, what about, papers."""
    meeting = _meeting(request, process_slug, meeting_pk)
    return render(
        request,
        "meetings/show_meeting.html",
        {
            "meeting": meeting,
            "process": meeting.process,
            "may_join": bool(meeting.remote_url) and can_join_remotely(request.user, meeting),
            "topics": meeting.topics.select_related("parent"),
            "papers": meeting.papers.select_related("attachment"),
        },
    )


@require_safe
def show_point(request: HttpRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Answer with the point of a meeting's place, for the map (GeoJSON)."""
    place = _meeting(request, process_slug, meeting_pk).place
    features = []
    if place is not None and place.longitude is not None:
        geometry = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
        features.append(
            {"type": "Feature", "geometry": geometry, "properties": {"name": place.name, "about": place_words(place)}}
        )
    return JsonResponse({"type": "FeatureCollection", "features": features}, content_type="application/geo+json")


@require_safe
def download_paper(request: HttpRequest, process_slug: str, meeting_pk: int, paper_pk: int) -> FileResponse:
    """Hand out a paper to those who may see its meeting."""
    papers = Paper.objects.filter(meeting__in=Meeting.objects.visible_to(request.user)).select_related("attachment")
    paper = get_object_or_404(papers, meeting__process__slug=process_slug, meeting=meeting_pk, pk=paper_pk)
    return attachment_response(paper.attachment)
