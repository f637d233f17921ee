# SPDX-License-Identifier: EUPL-1.2
"""Meetings turned into what ``ical`` writes, in the language that is read now."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext

from talka.directory.models import Place
from talka.meetings.ical import CalendarEvent, plain
from talka.meetings.models import Meeting
from talka.meetings.wording import place_words


def calendar_events(
    meetings: Iterable[Meeting], *, absolute: Callable[[str], str], with_link: Callable[[Meeting], bool]
) -> list[CalendarEvent]:
    """Describe meetings for calendars, leaving out those whose day is not known.

    ``absolute`` makes an address of a path; ``with_link`` says whether the remote link may be told.
    Their process, place and groups should be loaded already.
    """
    site = absolute("/").rstrip("/")
    events = (_event(meeting, site, with_link=with_link(meeting)) for meeting in meetings)
    return [event for event in events if event]


def _event(meeting: Meeting, site: str, *, with_link: bool) -> CalendarEvent | None:
    first, last = meeting.first_day, meeting.last_day
    if meeting.starts_at is None or first is None or last is None:
        return None
    url = site + reverse("meetings:show_meeting", args=[meeting.process.slug, meeting.pk])
    link = iri_to_uri(meeting.remote_url) if with_link and meeting.remote_url else ""
    place = meeting.place
    title = gettext("Cancelled: %(title)s") % {"title": meeting.title} if meeting.is_cancelled else meeting.title
    return CalendarEvent(
        uid=f"{meeting.uid}@talka",
        sequence=meeting.sequence,
        created_at=meeting.created_at,
        changed_at=meeting.changed_at,
        starts=first if meeting.whole_day else meeting.starts_at,
        ends=last + timedelta(days=1) if meeting.whole_day else meeting.ends_at,
        summary=title,
        description="\n\n".join(_paragraphs(meeting, link)),
        location=place_words(place) if place else (gettext("Online") if meeting.remote_url else ""),
        url=url,
        categories=[group.name for group in meeting.groups.all()],
        point=_point(place),
        conference=link,
        cancelled=meeting.is_cancelled,
    )


def _point(place: Place | None) -> tuple[float, float] | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _paragraphs(meeting: Meeting, link: str) -> list[str]:
    place = meeting.place
    if meeting.is_cancelled:
        return [part for part in (meeting.cancelled_because, plain(meeting.description)) if part]
    parts = [
        gettext("The hours are not known yet.") if meeting.whole_day else "",
        meeting.time_note,
        plain(meeting.description),
        "\n".join(part for part in (meeting.remote_note, link) if part),
    ]
    if place is not None:
        known = str(place.get_access_display()) if place.access != Place.Access.UNKNOWN else ""
        parts.append("\n".join(part for part in (known, place.access_note, place.directions) if part))
    return [part for part in (*parts, meeting.help_note) if part]
