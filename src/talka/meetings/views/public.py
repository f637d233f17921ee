# SPDX-License-Identifier: EUPL-1.2
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from talka.core.keeping import kept_for_visitors
from talka.core.text import slug
from talka.directory.wording import place_words
from talka.files.downloads import attachment_response
from talka.meetings import agenda_sheet
from talka.meetings.models import Meeting, Minutes, Paper
from talka.meetings.permissions import can_add_item, can_read_paper, takes_part
from talka.meetings.protocol.facts import gather
from talka.meetings.queries.agenda import Agenda, agenda_for
from talka.meetings.queries.decisions import decided
from talka.meetings.queries.invited import own_invitation
from talka.meetings.queries.papers import with_changes
from talka.meetings.queries.series import neighbours


def _meeting(request: HttpRequest, process_slug: str, meeting_pk: int) -> Meeting:
    meetings = (
        Meeting.objects.visible_to(request.user)
        .select_related("process__owner", "place__area")
        .prefetch_related("groups")
    )
    return get_object_or_404(meetings, process__slug=process_slug, pk=meeting_pk)


@require_safe
@kept_for_visitors
def show_meeting(request: HttpRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Show a meeting: when, where, how to get in, how to join from afar, what about, papers."""
    meeting = _meeting(request, process_slug, meeting_pk)
    inside = takes_part(request.user, meeting)
    shown = meeting.agenda_published_at is not None
    minutes = Minutes.objects.published().filter(meeting=meeting).select_related("chair", "secretary").first()
    if minutes is not None:
        minutes.meeting = meeting
    return render(
        request,
        "meetings/show_meeting.html",
        {
            "meeting": meeting,
            "process": meeting.process,
            "may_join": bool(meeting.remote_url) and (meeting.remote_public or inside),
            "decided": decided(meeting, request.user),
            "invitation": own_invitation(request.user, meeting),
            "neighbours": neighbours(meeting, request.user),
            "topics": meeting.topics.select_related("parent"),
            "protocol": gather(minutes, public=True) if minutes is not None else None,
            "agenda": agenda_for(meeting, request.user, inside=inside) if shown and minutes is None else Agenda(),
            "papers": with_changes(Paper.objects.filter(meeting=meeting, item__isnull=True)),
        },
    )


@require_safe
def agenda_pdf(request: HttpRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Hand out the agenda to print: a published one to those who may see the meeting, any to those who make it."""
    meeting = _meeting(request, process_slug, meeting_pk)
    if meeting.agenda_published_at is None and not can_add_item(request.user, meeting):
        raise Http404
    agenda = agenda_for(meeting, request.user, inside=takes_part(request.user, meeting))
    if not agenda.lines:
        raise Http404
    response = HttpResponse(agenda_sheet.agenda_pdf(meeting, agenda), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{slug(meeting.title)}.pdf") or "inline"
    return response


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
    papers = Paper.objects.filter(meeting__in=Meeting.objects.visible_to(request.user))
    papers = papers.select_related("attachment", "item", "meeting")
    paper = get_object_or_404(papers, meeting__process__slug=process_slug, meeting=meeting_pk, pk=paper_pk)
    if not can_read_paper(request.user, paper):
        raise Http404
    return attachment_response(paper.attachment)
