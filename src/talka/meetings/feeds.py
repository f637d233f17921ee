# SPDX-License-Identifier: EUPL-1.2
"""Meetings turned into what ``ical`` writes, in the language that is read now."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import cache

from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext

from talka.core.ical import CalendarEvent, plain
from talka.directory.wording import Venue, venue_of
from talka.meetings.models import Meeting, MeetingQuerySet
from talka.processes.models import Process


def calendar_events(
    meetings: Iterable[Meeting], *, absolute: Callable[[str], str], with_link: Callable[[Meeting], bool]
) -> list[CalendarEvent]:
    """Describe meetings for calendars, leaving out those whose day is not known.

    ``absolute`` makes an address of a path; ``with_link`` says whether the remote link may be told.
    Their process, place and groups should be loaded already.
    """
    site = absolute("/").rstrip("/")

    @cache
    def folder(process: Process) -> str:
        return site + reverse("meetings:show_meeting", args=[process.slug, 0]).removesuffix("0/")

    venue = cache(venue_of)
    events = (
        _event(meeting, f"{folder(meeting.process)}{meeting.pk}/", venue(meeting.place), with_link=with_link(meeting))
        for meeting in meetings
    )
    return [event for event in events if event]


def public_events(meetings: MeetingQuerySet, *, absolute: Callable[[str], str]) -> list[CalendarEvent]:
    """Describe meetings for feeds, which anybody may fetch: with the remote link only where it is public."""
    return calendar_events(meetings.for_feeds(), absolute=absolute, with_link=lambda meeting: meeting.remote_public)


def _event(meeting: Meeting, url: str, venue: Venue, *, with_link: bool) -> CalendarEvent | None:
    first, last = meeting.first_day, meeting.last_day
    if meeting.starts_at is None or first is None or last is None:
        return None
    link = iri_to_uri(meeting.remote_url) if with_link and meeting.remote_url else ""
    title = gettext("Cancelled: %(title)s") % {"title": meeting.title} if meeting.is_cancelled else meeting.title
    return CalendarEvent(
        uid=f"{meeting.uid}@talka",
        sequence=meeting.sequence,
        created_at=meeting.created_at,
        changed_at=meeting.changed_at,
        starts=first if meeting.whole_day else meeting.starts_at,
        ends=last + timedelta(days=1) if meeting.whole_day else meeting.ends_at,
        summary=title,
        description="\n\n".join(_paragraphs(meeting, venue, link)),
        location=venue.line or (gettext("Online") if meeting.remote_url else ""),
        url=url,
        categories=[group.name for group in meeting.groups.all()],
        point=venue.point,
        conference=link,
        cancelled=meeting.is_cancelled,
    )


def _paragraphs(meeting: Meeting, venue: Venue, link: str) -> list[str]:
    if meeting.is_cancelled:
        return [part for part in (meeting.cancelled_because, plain(meeting.description)) if part]
    parts = [
        gettext("The hours are not known yet.") if meeting.whole_day else "",
        meeting.time_note,
        plain(meeting.description),
        "\n".join(part for part in (meeting.remote_note, link) if part),
        venue.about,
        meeting.help_note,
    ]
    return [part for part in parts if part]
