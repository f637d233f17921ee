# SPDX-License-Identifier: EUPL-1.2
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from talka.core.text import slug
from talka.groups.models import WorkingGroup
from talka.meetings.feeds import calendar_events
from talka.meetings.ical import write_calendar
from talka.meetings.models import Meeting, MeetingQuerySet
from talka.meetings.permissions import can_join_remotely
from talka.meetings.queries import CalendarFilter, feed_version
from talka.processes.models import Process

VERSION = version("talka")
"""Another version of Talka may write the same meetings otherwise."""

KEPT_SECONDS = 900
"""How long a written feed is kept in the memory of a server process; narrowed ones, of which there is no end, are not."""

EVERYBODY = AnonymousUser()
"""Calendar programs do not sign in: feeds hold what everybody may see."""


def _answer(body: bytes, name: str, *, saved: bool) -> HttpResponse:
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'{"attachment" if saved else "inline"}; filename="{slug(name) or "talka"}.ics"'
    return response


def _stamp(changed_at: datetime | None) -> int | None:
    return int(changed_at.timestamp()) if changed_at else None


def _feed(request: HttpRequest, meetings: MeetingQuerySet, name: str) -> HttpResponse:
    """Answer with a calendar of meetings, or 304 when the program has it already."""
    meetings = meetings.dated()
    state, language = feed_version(meetings), get_language() or "lv"
    made_from = repr((request.build_absolute_uri(), state, name, VERSION))
    etag = f'"{sha256(made_from.encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag, last_modified=_stamp(state.changed_at))
    if response is None:

        def write() -> bytes:
            events = calendar_events(
                meetings.for_feeds(),
                absolute=request.build_absolute_uri,
                with_link=lambda meeting: meeting.remote_public,
            )
            return write_calendar(name, events, zone=ZoneInfo(settings.TIME_ZONE), language=language)

        kept = None if request.GET else caches["local"].get(etag)
        body = kept or write()
        if not (kept or request.GET):
            caches["local"].set(etag, body, KEPT_SECONDS)
        response = _answer(body, name, saved=False)
    response["ETag"] = etag
    if state.changed_at:
        response["Last-Modified"] = http_date(state.changed_at.timestamp())
    patch_cache_control(response, public=True, max_age=300)
    return response


@require_safe
def all_feed(request: HttpRequest) -> HttpResponse:
    """The meetings of all processes, or those that the filter in the address keeps."""
    meetings = CalendarFilter.of(request.GET).apply(Meeting.objects.visible_to(EVERYBODY))
    return _feed(request, meetings, gettext("Meetings"))


@require_safe
def process_feed(request: HttpRequest, process_slug: str) -> HttpResponse:
    """The meetings of a process."""
    process = get_object_or_404(Process.objects.visible_to(EVERYBODY), slug=process_slug)
    return _feed(request, Meeting.objects.visible_to(EVERYBODY).filter(process=process), process.title)


@require_safe
def group_feed(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """The meetings of a working group."""
    groups = WorkingGroup.objects.visible_to(EVERYBODY)
    group = get_object_or_404(groups, process__slug=process_slug, slug=group_slug)
    return _feed(request, Meeting.objects.visible_to(EVERYBODY).filter(groups=group), group.name)


@require_safe
def meeting_ics(request: HttpRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """One meeting, to be taken into a calendar."""
    meetings = Meeting.objects.visible_to(request.user).dated().for_feeds()
    meeting = get_object_or_404(meetings, process__slug=process_slug, pk=meeting_pk)
    may_join = can_join_remotely(request.user, meeting)
    events = calendar_events([meeting], absolute=request.build_absolute_uri, with_link=lambda _meeting: may_join)
    body = write_calendar(meeting.title, events, zone=ZoneInfo(settings.TIME_ZONE), language=get_language() or "lv")
    return _answer(body, meeting.title, saved=True)
