# SPDX-License-Identifier: EUPL-1.2
"""Hours as the clock on the wall shows them, and the moments they mean. Plain values in and out."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


class HourSkipped(ValueError):
    """On that day the clock is put forward over this hour: it does not exist."""


class HourTwice(ValueError):
    """On that day the clock is put back over this hour: it comes twice."""


def local_moment(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """Return the moment at which the clock in ``zone`` shows this hour on this day.

    >>> riga = ZoneInfo("Europe/Riga")
    >>> local_moment(date(2020, 2, 12), time(13), riga).isoformat()
    '2020-02-12T13:00:00+02:00'
    >>> local_moment(date(2020, 3, 29), time(3, 30), riga)
    Traceback (most recent call last):
    talka.core.local_time.HourSkipped
    >>> local_moment(date(2020, 10, 25), time(3, 30), riga)
    Traceback (most recent call last):
    talka.core.local_time.HourTwice
    """
    moment = datetime.combine(day, hour, zone)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise HourSkipped
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        raise HourTwice
    return moment
