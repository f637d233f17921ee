# SPDX-License-Identifier: EUPL-1.2
"""Events written for calendar programs (RFC 5545 and 7986). Plain values in, bytes out.

Written here line by line because feeds hold many meetings and are fetched by every telephone
again and again; what is written is read back by two independent libraries in the tests.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from talka.core.timezones import timezone_lines

_SPECIAL = str.maketrans(
    {
        "\\": "\\\\",
        ";": "\\;",
        ",": "\\,",
        "\n": "\\n",
        **{chr(code): None for code in (*range(9), *range(11, 32), 127)},
    }
)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\(\s*<?([^)\s>]*)>?[^)\n]*\)")
_MARKS = re.compile(r"^\s{0,3}(?:#{1,6}|>)\s+|(\*\*|__)(?=\S)|(?<=\S)(\*\*|__)", re.MULTILINE)
EARLIEST_YEAR = 2010


@dataclass(frozen=True)
class Attendee:
    """Somebody asked to come: name, address, PARTSTAT, and whether an answer from their calendar would be read."""

    name: str
    address: str
    answer: str = "NEEDS-ACTION"
    reply_wanted: bool = True


@dataclass(frozen=True)
class CalendarEvent:
    """One entry as a calendar shows it. ``starts`` is a date where only the day is known; then ``ends`` is the day after the last."""

    uid: str
    sequence: int
    created_at: datetime
    changed_at: datetime
    starts: datetime | date
    ends: datetime | date | None
    summary: str
    description: str
    location: str
    url: str
    categories: Sequence[str] = ()
    point: tuple[float, float] | None = None
    """Latitude and longitude."""
    conference: str = ""
    cancelled: bool = False
    rule: str = ""
    """How it comes again (RFC 5545, 3.3.10)."""
    left_out: Sequence[datetime] = ()
    """When it would come again but does not."""
    organizer: tuple[str, str] | None = None
    """Name and address of who invites, to which answers go."""
    attendee: Attendee | None = None
    stamped_at: datetime | None = None
    """When this very entry was written, if it is a message of its own (RFC 5545, 3.8.7.2)."""


def escape(text: str) -> str:
    r"""Write a text as the value of a property (RFC 5545, 3.3.11).

    >>> print(escape("Rožu laukums 5/6, zāle; 2. stāvs\nieeja no sētas"))
    Rožu laukums 5/6\, zāle\; 2. stāvs\nieeja no sētas
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_SPECIAL)


def fold(line: str) -> bytes:
    r"""Break a line after at most 75 octets, never inside a letter (RFC 5545, 3.1).

    >>> [len(part) for part in fold("SUMMARY:" + "ņ" * 60).split(b"\r\n")]
    [74, 55]
    """
    data = line.encode()
    if len(data) <= 75:
        return data
    parts, start, room = [], 0, 75
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(data[start:end])
        start, room = end, 74
    return b"\r\n ".join([*parts, data[start:]])


def parameter(text: str) -> str:
    r"""Write a text as the quoted value of a parameter (RFC 6868).

    >>> parameter('Anna "Ķipars" Ozola')
    '"Anna ^\'Ķipars^\' Ozola"'
    """
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return '"' + line.replace("^", "^^").replace('"', "^'") + '"'


def plain(markdown: str) -> str:
    """Take the marks out of Markdown, for programs that show plain text.

    >>> plain("## Kārtība\\n**Svarīgi**: [anketa](https://a.lv/x)")
    'Kārtība\\nSvarīgi: anketa (https://a.lv/x)'
    """
    return _MARKS.sub("", _LINK.sub(r"\1 (\2)", markdown))


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _when(name: str, value: datetime | date, zone: ZoneInfo) -> str:
    if not isinstance(value, datetime):
        return f"{name};VALUE=DATE:{value:%Y%m%d}"
    local = value.astimezone(zone)
    if local.fold:
        return f"{name}:{_utc(value)}"
    return f"{name};TZID={zone.key}:{local:%Y%m%dT%H%M%S}"


def _event_lines(event: CalendarEvent, zone: ZoneInfo) -> Iterable[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    changed = _utc(event.changed_at)
    yield f"DTSTAMP:{_utc(event.stamped_at or event.changed_at)}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"CREATED:{_utc(event.created_at)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield _when("DTSTART", event.starts, zone)
    if event.ends is not None:
        yield _when("DTEND", event.ends, zone)
    if event.rule:
        yield f"RRULE:{event.rule}"
        yield from (_when("EXDATE", moment, zone) for moment in event.left_out)
    if not isinstance(event.starts, datetime):
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{escape(event.summary)}"
    if event.location:
        yield f"LOCATION:{escape(event.location)}"
    if event.point:
        yield f"GEO:{event.point[0]:.6f};{event.point[1]:.6f}"
    if event.description:
        yield f"DESCRIPTION:{escape(event.description)}"
    if event.categories:
        yield f"CATEGORIES:{','.join(map(escape, event.categories))}"
    if event.conference:
        yield f"CONFERENCE;VALUE=URI;FEATURE=VIDEO:{event.conference}"
    yield f"URL;VALUE=URI:{event.url}"
    yield from _people_lines(event)
    yield "END:VEVENT"


def _people_lines(event: CalendarEvent) -> Iterable[str]:
    if event.organizer is not None:
        yield f"ORGANIZER;CN={parameter(event.organizer[0])}:mailto:{event.organizer[1]}"
    if event.attendee is not None:
        one = event.attendee
        wanted = "TRUE" if one.reply_wanted else "FALSE"
        yield (
            f"ATTENDEE;CN={parameter(one.name)};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={one.answer};RSVP={wanted}"
            f":mailto:{one.address}"
        )


def write_message(event: CalendarEvent, *, method: str, zone: ZoneInfo, language: str) -> str:
    """Write one event as a message to one person (RFC 5546): REQUEST or CANCEL."""
    year = event.starts.year
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Talka//Talka//{language.upper()}",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
        *timezone_lines(zone, year - 1, year + 2),
        *_event_lines(event, zone),
        "END:VCALENDAR",
    ]
    return (b"\r\n".join(map(fold, lines)) + b"\r\n").decode()


def write_calendar(name: str, events: Sequence[CalendarEvent], *, zone: ZoneInfo, language: str) -> bytes:
    """Write a calendar of this name; programs are asked to look again after two hours."""
    years = [event.starts.year for event in events] or [EARLIEST_YEAR]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Talka//Talka//{language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escape(name)}",
        f"X-WR-CALNAME:{escape(name)}",
        f"X-WR-TIMEZONE:{zone.key}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT2H",
        "X-PUBLISHED-TTL:PT2H",
        *timezone_lines(zone, min(EARLIEST_YEAR, *years) - 1, max(EARLIEST_YEAR, *years) + 10),
    ]
    for event in events:
        lines.extend(_event_lines(event, zone))
    lines.append("END:VCALENDAR")
    return b"\r\n".join(map(fold, lines)) + b"\r\n"
