# SPDX-License-Identifier: EUPL-1.2
"""Answers that calendars send by mail (RFC 5546, 3.2.3 and 3.2.7), read as hostile: bytes in, plain values out, never an exception."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone
from icalendar import Calendar

from talka.core.text import clean_line

REPLY, COUNTER = "REPLY", "COUNTER"
LARGEST = 200_000
"""Bytes; an answer is one event, so that what is larger is none."""
MOST_SEQUENCE = 1_000_000
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """One answer: to which meeting (``uid``), from whom, what (PARTSTAT), when, and to which state of the meeting."""

    method: str
    uid: str
    attendee: str
    answer: str = ""
    stamp: datetime | None = None
    sequence: int = 0
    comment: str = ""
    proposed: str = ""
    """The time that a counter-proposal asks for, in words."""


def read_answer(content: bytes) -> Said | None:
    """Read an answer; None where it is not one.

    >>> read_answer(b"BEGIN:VCALENDAR") is None
    True
    """
    if len(content) > LARGEST:
        return None
    try:
        return _read(content)
    except Exception:  # whatever a stranger's calendar makes the library stumble over must not stop the mails behind it
        return None


def _read(content: bytes) -> Said | None:
    calendar = Calendar.from_ical(content)
    method = str(calendar.get("METHOD", "")).upper()
    events = [one for one in calendar.subcomponents if one.name == "VEVENT"] if method in {REPLY, COUNTER} else []
    if len(events) != 1:
        return None
    event = events[0]
    attendees = event.get("ATTENDEE", [])
    one = attendees[0] if isinstance(attendees, list) else attendees
    if isinstance(attendees, list) and len(attendees) != 1:
        return None
    return Said(
        method=method,
        uid=clean_line(str(event.get("UID", "")))[:200],
        attendee=_address(str(one)),
        answer=str(one.params.get("PARTSTAT", "")).upper()[:20],
        stamp=_stamp(event),
        sequence=_sequence(event),
        comment=clean_line(str(event.get("COMMENT", "")))[:500] if not isinstance(event.get("COMMENT"), list) else "",
        proposed=_proposed(event) if method == COUNTER else "",
    )


def _address(value: str) -> str:
    found = clean_line(value)
    return (found[7:] if found.lower().startswith("mailto:") else found).strip().lower()[:254]


def _stamp(event: Any) -> datetime | None:
    stamp = event.decoded("DTSTAMP", None)
    if not isinstance(stamp, datetime):
        return None
    stamp = (stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).astimezone(UTC)
    return stamp if _FIRST <= stamp <= _LAST else None


def _sequence(event: Any) -> int:
    return min(max(int(event.get("SEQUENCE", 0)), 0), MOST_SEQUENCE)


def _proposed(event: Any) -> str:
    starts = event.decoded("DTSTART", None)
    if isinstance(starts, datetime):
        local = timezone.localtime(starts) if starts.tzinfo else starts
        return f"{local:%d.%m.%Y. %H:%M}"
    return f"{starts:%d.%m.%Y.}" if isinstance(starts, date) else ""
