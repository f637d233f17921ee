# SPDX-License-Identifier: EUPL-1.2
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from talka.core.keeping import kept_for_visitors
from talka.directory.wording import place_words
from talka.files.downloads import attachment_response
from talka.meetings.models import Meeting, Paper
from talka.meetings.permissions import can_join_remotely
from talka.meetings.queries.decisions import decided


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
            "decided": decided(meeting, request.user),
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
