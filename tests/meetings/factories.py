# SPDX-License-Identifier: EUPL-1.2
"""Meetings for tests: at hours of local time, through the operations."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from talka.accounts.models import User
from talka.directory.models import Place
from talka.meetings.models import Meeting
from talka.meetings.operations.calling import call_meeting
from talka.processes.models import Process

RIGA = ZoneInfo("Europe/Riga")


def at(written: str) -> datetime:
    """Return the moment at which clocks in Riga show this: ``2020-02-12 13:00``."""
    return datetime.fromisoformat(written).replace(tzinfo=RIGA)


def make_meeting(
    process: Process, by: User, starts: str = "", ends: str = "", *, title: str = "Sanāksme", **fields: Any
) -> Meeting:
    """Call a meeting; a day without an hour makes one of which only the day is known."""
    times: dict[str, Any] = {}
    if len(starts) == 10:
        times = {"starts_at": datetime.combine(date.fromisoformat(starts), time.min, RIGA), "whole_day": True}
    elif starts:
        times = {"starts_at": at(starts), "ends_at": at(ends) if ends else None}
    elif "time_note" not in fields:
        times = {"time_note": "februāra otrajā pusē"}
    return call_meeting(process, title=title, by=by, **times, **fields)


def make_place(**fields: Any) -> Place:
    """Enter the hall on Rožu laukums, as the town council's building."""
    return Place.objects.create(
        **{
            "name": "Domes nams", "address": "Rožu laukums 6, Liepāja", "floor": "2", "room": "215",
            "longitude": 21.0108, "latitude": 56.5047, "access": "full", "access_note": "Uzbrauktuve no pagalma puses.",
            "directions": "Ieeja no Rožu laukuma.", **fields,
        }
    )  # fmt: skip
