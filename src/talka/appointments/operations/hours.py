# SPDX-License-Identifier: EUPL-1.2
"""When somebody is there: the rule, its end, single days."""

from datetime import date, time
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.appointments.letters import write_to_visitor
from talka.appointments.models import Booking, Reception, SpecialDay
from talka.appointments.queries import free_days, hours_on
from talka.appointments.wording import moment_words
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names, check_unchanged
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Place
from talka.processes.models import Process


class ProcessClosed(Refused):
    message = _("The process is closed; reception hours can no longer change.")


class ReceptionEnded(Refused):
    message = _("These reception hours have ended.")


class DayOver(Refused):
    message = _("This day has passed.")


class DayNotHeld(Refused):
    message = _("There are no reception hours on this day.")


class DayHeld(Refused):
    message = _("Reception hours are held on this day already.")


class HasBookings(Refused):
    message = _("Somebody has booked a time on this day. Close the day instead, so that they are told.")


def _open(process: Process) -> None:
    if Process.objects.get(pk=process.pk).closed_at is not None:
        raise ProcessClosed


def lock_reception(reception: Reception) -> Reception:
    """Lock a reception as it is now: who books and who changes the hours wait for each other."""
    Reception.objects.select_for_update().get(pk=reception.pk)
    return Reception.objects.for_pages().get(pk=reception.pk)


def _touch(reception: Reception) -> None:
    Reception.objects.filter(pk=reception.pk).update(changed_at=clock.now(), sequence=F("sequence") + 1)


@transaction.atomic
def create_reception(process: Process, *, by: User, title: str, **fields: Any) -> Reception:
    """Set reception hours of a process: by a weekly rule, or in words where the hours are not known."""
    authorize(by, "appointments.create_reception", process)
    _open(process)
    now = clock.now()
    reception = Reception.objects.create(
        process=process, title=title, created_by=by, created_at=now, changed_at=now, **fields
    )
    record("appointments.create_reception", reception, by=by, scope=process)
    return reception


@transaction.atomic
def change_reception(reception: Reception, *, by: User, seen: str = "", **fields: Any) -> None:
    """Change reception hours. Times that were booked stay as they are; whoever booked is told only of what is called off."""
    authorize(by, "appointments.change_reception", reception)
    _open(reception.process)
    check_unchanged(lock_reception(reception), {*fields, "weekdays", "every"} - {"rule"}, seen)
    changed = changed_names(reception, fields)
    for name, value in fields.items():
        setattr(reception, name, value)
    reception.save(update_fields=list(fields))
    _touch(reception)
    record("appointments.change_reception", reception, by=by, scope=reception.process, fields=changed)


@transaction.atomic
def end_reception(reception: Reception, *, by: User, ends_on: date, reason: str) -> int:
    """Hold reception hours for the last time on ``ends_on``; who booked later is told. Returns how many bookings were called off."""
    authorize(by, "appointments.end_reception", reception)
    reception = lock_reception(reception)
    if reception.has_ended:
        raise ReceptionEnded
    if ends_on < clock.today():
        raise DayOver
    first = reception.starts_on
    Reception.objects.filter(pk=reception.pk).update(ends_on=max(ends_on, first) if first else ends_on)
    _touch(reception)
    record("appointments.end_reception", reception, by=by, scope=reception.process, reason=reason, ends_on=str(ends_on))
    reception = Reception.objects.for_pages().get(pk=reception.pk)
    later = Booking.objects.standing().filter(reception=reception, starts_at__gt=clock.now())
    return _call_off(reception, [booking for booking in later if booking.day > ends_on], reason)


def _call_off(reception: Reception, bookings: list[Booking], reason: str) -> int:
    """Call bookings off on our side and write to everybody, with the next free time."""
    for booking in bookings:
        booking.reception = reception
        booking.cancelled_at, booking.cancelled_because, booking.cancelled_by_us = clock.now(), reason, True
        booking.sequence += 1
        booking.save(update_fields=["cancelled_at", "cancelled_because", "cancelled_by_us", "sequence"])
    ahead = free_days(reception)
    next_free = ahead[0].slots[0].slot.starts_at if ahead else None
    for booking in bookings:
        with translation.override(booking.language):
            offered = moment_words(next_free) if next_free is not None else ""
        write_to_visitor(booking, "close_day", reason=reason, offered=offered)
    return len(bookings)


@transaction.atomic
def close_day(reception: Reception, day: date, *, by: User, reason: str) -> int:
    """Hold no reception on a day; everybody who booked is told and offered another time. Returns how many were called off."""
    authorize(by, "appointments.close_day", reception)
    reception = lock_reception(reception)
    if day < clock.today():
        raise DayOver
    booked = list(Booking.objects.standing().filter(reception=reception).on_days(day, day))
    if hours_on(reception, day) is None and not booked:
        raise DayNotHeld
    SpecialDay.objects.update_or_create(
        reception=reception, day=day, defaults={"opens": None, "closes": None, "reason": reason}
    )
    _touch(reception)
    record("appointments.close_day", reception, by=by, scope=reception.process, reason=reason, day=str(day))
    reception = Reception.objects.for_pages().get(pk=reception.pk)
    return _call_off(reception, booked, reason)


@transaction.atomic
def open_extra_day(
    reception: Reception, *, by: User, day: date, opens: time, closes: time, reason: str = ""
) -> SpecialDay:
    """Hold a reception on a day on which the rule has none, or which was closed."""
    authorize(by, "appointments.open_extra_day", reception)
    reception = lock_reception(reception)
    if day < clock.today():
        raise DayOver
    if reception.has_ended or (reception.last_day is not None and day > reception.last_day):
        raise ReceptionEnded
    if hours_on(reception, day) is not None:
        raise DayHeld
    special, _created = SpecialDay.objects.update_or_create(
        reception=reception, day=day, defaults={"opens": opens, "closes": closes, "reason": reason}
    )
    _touch(reception)
    record("appointments.open_extra_day", reception, by=by, scope=reception.process, reason=reason, day=str(day))
    return special


@transaction.atomic
def remove_special_day(special: SpecialDay, *, by: User) -> None:
    """Let a day be as the rule says again; an extra day only while nobody has booked on it."""
    reception = lock_reception(special.reception)
    authorize(by, "appointments.remove_special_day", reception)
    if special.day < clock.today():
        raise DayOver
    booked = Booking.objects.standing().filter(reception=reception).on_days(special.day, special.day)
    if special.hours is not None and booked.exists():
        raise HasBookings
    day = str(special.day)
    special.delete()
    _touch(reception)
    record("appointments.remove_special_day", reception, by=by, scope=reception.process, day=day)


@transaction.atomic
def follow_process(process: Process) -> None:
    """When a process is closed, call off what was booked for later and tell those who booked."""
    for reception in Reception.objects.filter(process=process).for_pages().order_by("pk"):
        reception = lock_reception(reception)
        ahead = list(Booking.objects.standing().filter(reception=reception, starts_at__gt=clock.now()))
        if ahead:
            _call_off(reception, ahead, "")
        _touch(reception)


@transaction.atomic
def follow_place(place: Place) -> None:
    """Let calendars see that the place of reception hours has another address or name."""
    Reception.objects.going_on().filter(place=place).update(changed_at=clock.now(), sequence=F("sequence") + 1)
