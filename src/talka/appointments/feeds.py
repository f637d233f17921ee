# SPDX-License-Identifier: EUPL-1.2
"""Reception hours turned into what calendars hold: the rule itself with its exceptions, and each extra day beside it."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext

from talka.appointments.days_off import days_off
from talka.appointments.models import Reception, ReceptionQuerySet
from talka.appointments.queries import zone
from talka.appointments.slots import opening, regular_days
from talka.core import clock
from talka.core.ical import CalendarEvent, plain
from talka.directory.wording import venue_of


def known_until() -> date:
    """Return the last day for which feeds leave out public holidays: the end of next year."""
    return date(clock.today().year + 1, 12, 31)


def public_events(receptions: ReceptionQuerySet, *, absolute: Callable[[str], str]) -> list[CalendarEvent]:
    """Describe receptions for feeds, which anybody may fetch: without the link to join, which only those get who booked."""
    return calendar_events(receptions.for_pages().order_by("pk"), absolute=absolute)


def calendar_events(receptions: Iterable[Reception], *, absolute: Callable[[str], str]) -> list[CalendarEvent]:
    """Describe receptions for calendars, leaving out those whose hours are not known; ``absolute`` makes an address of a path."""
    return [event for reception in receptions for event in _events(reception, absolute)]


def _events(reception: Reception, absolute: Callable[[str], str]) -> Iterable[CalendarEvent]:
    hours, since = reception.hours, reception.starts_on
    if hours is None or since is None:
        return
    until, horizon = reception.last_day, known_until()
    days = regular_days(reception.rule, since, until, since, min(until, horizon) if until else horizon)
    special = {one.day: one.hours for one in reception.special_days.all()}
    off = days_off(since, horizon, reception.moved)
    first = next((day for day in days if day not in off and day not in special), None)
    if first is not None:
        left_out = [day for day in days if day > first and (day in off or day in special)]
        rule = reception.rule
        if until is not None:
            rule += f";UNTIL={opening(until, hours, zone())[1].astimezone(UTC):%Y%m%dT%H%M%SZ}"
        starts, ends = opening(first, hours, zone())
        yield _event(
            reception, f"{reception.uid}@talka", starts, ends, absolute,
            rule=rule, left_out=[opening(day, hours, zone())[0] for day in left_out],
        )  # fmt: skip
    for day, own in special.items():
        if own is not None and (until is None or day <= until):
            yield _event(reception, f"{reception.uid}-{day:%Y%m%d}@talka", *opening(day, own, zone()), absolute)


def _event(
    reception: Reception, uid: str, starts: datetime, ends: datetime, absolute: Callable[[str], str],
    *, rule: str = "", left_out: Iterable[datetime] = (),
) -> CalendarEvent:  # fmt: skip
    venue = venue_of(reception.place)
    url = absolute(reverse("appointments:show_reception", args=[reception.process.slug, reception.pk]))
    ways = [
        gettext("A time can be booked: %(url)s") % {"url": url} if reception.takes_bookings else "",
        gettext("One may come without booking.") if reception.walk_ins else gettext("Please book before coming."),
    ]
    phone = gettext("telephone %(number)s") % {"number": reception.phone} if reception.phone else ""
    parts = [reception.who, plain(reception.about), *ways, phone, venue.about, reception.help_note]
    return CalendarEvent(
        uid=uid,
        sequence=reception.sequence,
        created_at=reception.created_at,
        changed_at=reception.changed_at,
        starts=starts,
        ends=ends if ends > starts else starts + timedelta(minutes=reception.slot_minutes),
        summary=reception.title,
        description="\n\n".join(part for part in parts if part),
        location=venue.line or phone,
        url=url,
        categories=[gettext("Reception hours")],
        point=venue.point,
        rule=rule,
        left_out=list(left_out),
    )
