# SPDX-License-Identifier: EUPL-1.2
"""Reception hours and bookings for tests, through the operations; times are those of the clock on the wall in Riga."""

import uuid
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser

from talka.accounts.models import User
from talka.appointments.models import Booking, Reception
from talka.appointments.operations.bookings import book_slot
from talka.appointments.operations.hours import create_reception
from talka.appointments.slots import weekly_rule
from talka.appointments.visitors import Visitor
from talka.notifications.models import Notification
from talka.processes.models import Process

RIGA = ZoneInfo("Europe/Riga")
MONDAY = "2030-02-04 09:00"
"""The present of most tests; the next day is one of reception hours."""
TUESDAY = date(2030, 2, 5)


def at(written: str) -> datetime:
    """Return the moment at which clocks in Riga show this: ``2030-02-05 15:00``."""
    return datetime.fromisoformat(written).replace(tzinfo=RIGA)


def make_reception(
    process: Process, by: User, *, weekdays: tuple[int, ...] = (1,), every: int = 1, **fields: Any
) -> Reception:
    """Set reception hours: on Tuesdays from 15.00 to 17.00 with a break at 16.00, six visitors of 20 minutes, if not said otherwise."""
    given: dict[str, Any] = {
        "title": "Plānotāju pieņemšana", "specialist_note": "Attīstības nodaļa", "rule": weekly_rule(weekdays, every) if weekdays else "",
        "starts_on": date(2030, 1, 1), "opens": time(15), "closes": time(17, 20), "break_from": time(16), "break_until": time(16, 20),
    }  # fmt: skip
    return create_reception(process, by=by, **{**given, **fields})


def book(
    reception: Reception, starts_at: str, *, key: uuid.UUID | None = None, by: Any = None, **visitor: Any
) -> Booking:
    """Book a time as a visitor would."""
    given = {"name": "Anna Liepa", "email": "anna@example.lv"}
    return book_slot(
        reception,
        starts_at=at(starts_at),
        visitor=Visitor(**{**given, **visitor}),
        key=key or uuid.uuid4(),
        by=by or AnonymousUser(),
    )


def letters(template: str = "") -> list[Notification]:
    """Return the letters written so far, of one template or all, oldest first."""
    return list(Notification.objects.filter(template__startswith=f"appointments/{template}").order_by("pk"))
