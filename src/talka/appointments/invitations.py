# SPDX-License-Identifier: EUPL-1.2
"""A booking as an entry for the calendar of whoever booked (RFC 5545 and 5546), sent along with letters. Plain values in, text out."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from icalendar import Alarm, Calendar, Event, vCalAddress

PUBLISH, CANCEL = "PUBLISH", "CANCEL"


@dataclass(frozen=True)
class Invitation:
    """One appointment as a calendar shows it."""

    uid: str
    sequence: int
    made_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    location: str
    url: str
    sender: str
    """The address that letters come from, with or without a name."""
    cancelled: bool = False


def write_invitation(one: Invitation) -> str:
    """Write the entry; a cancelled one takes itself off the calendar that holds it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Talka//Talka//LV")
    calendar.add("version", "2.0")
    calendar.add("method", CANCEL if one.cancelled else PUBLISH)
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("dtstamp", one.made_at.astimezone(UTC))
    event.add("dtstart", one.starts_at.astimezone(UTC))
    event.add("dtend", one.ends_at.astimezone(UTC))
    event.add("summary", one.summary)
    event.add("organizer", vCalAddress(f"mailto:{parseaddr(one.sender)[1]}"))
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    for name in ("description", "location", "url"):
        if value := getattr(one, name):
            event.add(name, value)
    if not one.cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.summary)
        alarm.add("trigger", timedelta(hours=-2))
        event.add_component(alarm)
    calendar.add_component(event)
    return calendar.to_ical().decode()
