# SPDX-License-Identifier: EUPL-1.2
"""Times as people type them, many at once: a day and hours on a line. Plain values in and out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from talka.core.local_time import HourSkipped, HourTwice, local_moment

_DAY = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})\.?)?)(?=\s|$)", re.ASCII)
_HOURS = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[.:](\d{2}))?", re.ASCII)


@dataclass(frozen=True)
class Slip:
    """What is wrong with one line: ``unread``, ``backwards``, ``skipped``, ``twice`` or ``past``."""

    line: int
    text: str
    kind: str


@dataclass(frozen=True)
class Times:
    """Moments from and to, each pair once and in order, and what could not be read."""

    spans: list[tuple[datetime, datetime]]
    slips: list[Slip]


def read_times(text: str, *, zone: ZoneInfo, now: datetime) -> Times:
    """Read lines such as ``5.2.2030 15.00–17.00, 18–20``; a day without a year is the next one from now on.

    >>> riga = ZoneInfo("Europe/Riga")
    >>> times = read_times("5.2.2030 15.00–17.00, 18-20", zone=riga, now=datetime(2030, 1, 1, tzinfo=riga))
    >>> [(str(first), str(last)[11:16]) for first, last in times.spans]
    [('2030-02-05 15:00:00+02:00', '17:00'), ('2030-02-05 18:00:00+02:00', '20:00')]
    >>> [slip.kind for slip in read_times("31.3.2030 3:30-4:30", zone=riga, now=datetime(2030, 1, 1, tzinfo=riga)).slips]
    ['skipped']
    """
    spans, slips = [], []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip().rstrip(",;")
        if not line:
            continue
        try:
            found = list(_line(line, zone, now.astimezone(zone).date()))
        except HourSkipped:
            slips.append(Slip(number, line, "skipped"))
        except HourTwice:
            slips.append(Slip(number, line, "twice"))
        except ValueError:
            slips.append(Slip(number, line, "unread"))
        else:
            if any(last <= first for first, last in found):
                slips.append(Slip(number, line, "backwards"))
            elif any(first <= now for first, _last in found):
                slips.append(Slip(number, line, "past"))
            spans += found
    return Times(sorted(set(spans)), slips)


def _line(line: str, zone: ZoneInfo, today: date) -> Iterator[tuple[datetime, datetime]]:
    """Go over the spans of one line; raise ``ValueError`` where it cannot be read."""
    head = _DAY.match(line)
    if head is None:
        raise ValueError(line)
    day = _day(head, today)
    rest = line[head.end() :].strip()
    for part in re.split(r"[,;]", rest):
        hours = _HOURS.fullmatch(part.strip())
        if hours is None:
            raise ValueError(part)
        first, first_minute, last, last_minute = hours.groups()
        yield _moment(day, first, first_minute, zone), _moment(day, last, last_minute, zone)


def _day(head: re.Match[str], today: date) -> date:
    iso_year, iso_month, iso_day, day, month, year = head.groups()
    if iso_year:
        return date(int(iso_year), int(iso_month), int(iso_day))
    if year:
        return date(int(year), int(month), int(day))
    near = date(today.year, int(month), int(day))
    return near if near >= today else date(today.year + 1, int(month), int(day))


def _moment(day: date, hour: str, minute: str | None, zone: ZoneInfo) -> datetime:
    if int(hour) == 24 and int(minute or 0) == 0:
        return local_moment(day + timedelta(days=1), time(0), zone)
    return local_moment(day, time(int(hour), int(minute or 0)), zone)
