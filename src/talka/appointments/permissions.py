# SPDX-License-Identifier: EUPL-1.2
"""Who may set reception hours, book, and see who comes."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.appointments.link_holder import BookingHolder
from talka.appointments.models import KEEPERS, Booking, Reception
from talka.processes.models import Process, Role
from talka.processes.permissions import coordinates
from talka.proposals.permissions import can_answer_for_data, can_register_proposal

VERBS = {
    "create_reception": _("set reception hours"),
    "change_reception": _("changed reception hours"),
    "end_reception": _("ended reception hours"),
    "close_day": _("closed a day of reception hours"),
    "open_extra_day": _("opened an extra day of reception hours"),
    "remove_special_day": _("took back a change of one day of reception hours"),
    "book_slot": _("received a booking"),
    "book_for_caller": _("booked a time for somebody"),
    "move_booking": _("moved a booking to another time"),
    "cancel_booking": _("called off a booking"),
    "add_walk_in": _("entered a visit without booking"),
    "mark_visit": _("noted whether a visitor came"),
    "write_down": _("wrote down what was said at a visit"),
    "print_day": _("printed the list of a day"),
    "erase_booking": _("erased who had booked, at their request"),
}


def can_create_reception(user: Any, process: Process) -> bool:
    """The coordinators of the process."""
    return coordinates(user, process)


def can_change_reception(user: Any, reception: Reception) -> bool:
    """The coordinators of the process."""
    return coordinates(user, reception.process)


can_end_reception = can_change_reception


def _keeps(user: Any, reception: Reception) -> bool:
    return Role.objects.holds(user, reception.process_id, *KEEPERS)


def can_close_day(user: Any, reception: Reception) -> bool:
    """Coordinators and clerks of the process: who has fallen ill this morning cannot wait for the coordinator."""
    return _keeps(user, reception)


can_open_extra_day = can_close_day
can_remove_special_day = can_close_day


def can_view_bookings(user: Any, reception: Reception) -> bool:
    """See who comes: coordinators and clerks of the process, and whoever receives them."""
    return Reception.objects.kept_by(user).filter(pk=reception.pk).exists()


can_print_day = can_view_bookings
can_mark_visit = can_view_bookings
can_add_walk_in = can_view_bookings


def can_book_slot(user: Any, reception: Reception) -> bool:
    """Anybody who may see it."""
    return Reception.objects.visible_to(user).filter(pk=reception.pk).exists()


def can_book_for_caller(user: Any, reception: Reception) -> bool:
    """Coordinators and clerks of the process."""
    return _keeps(user, reception)


def can_move_booking(user: Any, booking: Booking) -> bool:
    """Whoever holds its link, and coordinators and clerks of the process."""
    if isinstance(user, BookingHolder):
        return user.booking_id == booking.pk
    return _keeps(user, booking.reception)


can_cancel_booking = can_move_booking


def can_write_down(user: Any, booking: Booking) -> bool:
    """Whoever may enter proposals that came by another way than the web."""
    return can_register_proposal(user, booking.reception.process)


def can_erase_booking(user: Any, booking: Booking) -> bool:
    """Whoever answers to people for what is kept about them in the process."""
    return can_answer_for_data(user, booking.reception.process)
