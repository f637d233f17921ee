# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta
from typing import Any

from talka.appointments.models import Booking, Reception, SpecialDay
from talka.core import clock
from tests.access import Row, World
from tests.appointments.factories import make_reception

KEEPS = {"visitor": 302, "everyone": 403, "carol": 200, "clara": 200}
RUNS = {"visitor": 302, "everyone": 403, "carol": 200}
THEIRS = {"visitor": 302, "everyone": 404, "carol": 200, "clara": 200}


def _reception(w: World) -> Reception:
    """The reception of the world, set by carol the first time it is asked for."""
    found = Reception.objects.filter(process=w.process).first()
    return found or make_reception(w.process, w.carol, weekdays=tuple(range(7)), starts_on=clock.today())


def _booking(w: World) -> Booking:
    """The booking of the world, an hour ago."""
    found, at = Booking.objects.filter(reception__process=w.process).first(), clock.now() - timedelta(hours=1)
    return found or Booking.objects.create(
        reception=_reception(w),
        starts_at=at,
        ends_at=at + timedelta(minutes=20),
        seat=1,
        name="Anna",
        email="anna@example.lv",
    )


def _special(w: World) -> SpecialDay:
    """A closed day of the world's reception."""
    day = clock.today() + timedelta(days=3)
    return SpecialDay.objects.get_or_create(reception=_reception(w), day=day)[0]


def _of_reception(w: World) -> list[Any]:
    return [w.process.slug, _reception(w).pk]


def _of_day(w: World) -> list[Any]:
    return [*_of_reception(w), clock.today().isoformat()]


def _of_booking(w: World) -> list[Any]:
    return [w.process.slug, _booking(w).pk]


def _own(w: World) -> list[Any]:
    return [_booking(w).secret]


ROWS = [
    Row("appointments:list_receptions", lambda w: [w.process.slug], everyone=200),
    Row("appointments:show_reception", _of_reception, everyone=200),
    Row("appointments:reception_feed", _of_reception, everyone=200),
    Row("appointments:book_slot", _of_reception, everyone=200),
    Row("appointments:show_booking", _own, everyone=200),
    Row("appointments:booking_ics", _own, everyone=200),
    Row("appointments:move_own_booking", _own, everyone=200),
    Row("appointments:cancel_own_booking", _own, everyone=200),
    Row(
        "appointments:manage_receptions", lambda w: [w.process.slug], visitor=302, everyone=403, carol=200, clara=200, leo=200
    ),
    Row("appointments:create_reception", lambda w: [w.process.slug], **RUNS),
    Row("appointments:manage_reception", _of_reception, **KEEPS),
    Row("appointments:change_reception", _of_reception, **RUNS),
    Row("appointments:end_reception", _of_reception, **RUNS),
    Row("appointments:open_extra_day", _of_reception, **KEEPS),
    Row(
        "appointments:remove_special_day", lambda w: [*_of_reception(w), _special(w).pk], method="post",
        visitor=302, everyone=403, carol=302, clara=302,
    ),
    Row("appointments:book_for_caller", _of_reception, **KEEPS),
    Row("appointments:show_day", _of_day, **KEEPS),
    Row("appointments:print_day", _of_day, **KEEPS),
    Row("appointments:close_day", _of_day, **KEEPS),
    Row("appointments:add_walk_in", _of_day, **KEEPS),
    Row("appointments:move_booking", _of_booking, **THEIRS),
    Row("appointments:cancel_booking", _of_booking, **THEIRS),
    Row(
        "appointments:mark_visit", _of_booking, method="post", data=lambda _w: {"came": "yes"},
        visitor=302, everyone=404, carol=302, clara=302,
    ),
    Row("appointments:write_down", _of_booking, **THEIRS),
]  # fmt: skip
