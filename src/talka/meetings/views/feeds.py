# SPDX-License-Identifier: EUPL-1.2
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from talka.core.feeds import calendar_body, calendar_feed, calendar_file
from talka.groups.models import WorkingGroup
from talka.meetings.feeds import calendar_events, public_events
from talka.meetings.models import Meeting
from talka.meetings.permissions import can_join_remotely
from talka.meetings.queries.calendar import feed_version

EVERYBODY = AnonymousUser()
"""Calendar programs do not sign in: feeds hold what everybody may see."""


@require_safe
def group_feed(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """The meetings of a working group."""
    groups = WorkingGroup.objects.visible_to(EVERYBODY)
    group = get_object_or_404(groups, process__slug=process_slug, slug=group_slug)
    meetings = Meeting.objects.visible_to(EVERYBODY).filter(groups=group).dated()
    return calendar_feed(
        request,
        group.name,
        feed_version(meetings),
        events=lambda: public_events(meetings, absolute=request.build_absolute_uri),
    )


@require_safe
def meeting_ics(request: HttpRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """One meeting, to be taken into a calendar."""
    meetings = Meeting.objects.visible_to(request.user).dated().for_feeds()
    meeting = get_object_or_404(meetings, process__slug=process_slug, pk=meeting_pk)
    may_join = can_join_remotely(request.user, meeting)
    events = calendar_events([meeting], absolute=request.build_absolute_uri, with_link=lambda _meeting: may_join)
    return calendar_file(calendar_body(meeting.title, events), meeting.title)
