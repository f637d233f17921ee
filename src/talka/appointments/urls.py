# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.appointments.views import days, hours, own, public, visits

app_name = "appointments"

_PROCESS = "p/<slug:process_slug>/receptions/"
_RECEPTION = f"{_PROCESS}<int:reception_pk>/"
_OWN = "booking/<slug:secret>/"
_WORK = "workspace/p/<slug:process_slug>/receptions/"
_KEPT = f"{_WORK}<int:reception_pk>/"
_DAY = f"{_KEPT}days/<slug:day>/"
_BOOKING = f"{_WORK}bookings/<int:booking_pk>/"

urlpatterns = [
    path(_PROCESS, public.list_receptions, name="list_receptions"),
    path(_RECEPTION, public.show_reception, name="show_reception"),
    path(f"{_RECEPTION}book/", public.book_slot, name="book_slot"),
    path(f"{_RECEPTION}reception.ics", public.reception_feed, name="reception_feed"),
    path(_OWN, own.show_booking, name="show_booking"),
    path(f"{_OWN}booking.ics", own.booking_ics, name="booking_ics"),
    path(f"{_OWN}move/", own.move_own_booking, name="move_own_booking"),
    path(f"{_OWN}cancel/", own.cancel_own_booking, name="cancel_own_booking"),
    path(_WORK, hours.manage_receptions, name="manage_receptions"),
    path(f"{_WORK}new/", hours.create_reception, name="create_reception"),
    path(_KEPT, hours.manage_reception, name="manage_reception"),
    path(f"{_KEPT}change/", hours.change_reception, name="change_reception"),
    path(f"{_KEPT}end/", hours.end_reception, name="end_reception"),
    path(f"{_KEPT}extra/", hours.open_extra_day, name="open_extra_day"),
    path(f"{_KEPT}special/<int:special_pk>/remove/", hours.remove_special_day, name="remove_special_day"),
    path(f"{_KEPT}book/", days.book_for_caller, name="book_for_caller"),
    path(_DAY, days.show_day, name="show_day"),
    path(f"{_DAY}list.pdf", days.print_day, name="print_day"),
    path(f"{_DAY}close/", days.close_day, name="close_day"),
    path(f"{_DAY}walk-in/", days.add_walk_in, name="add_walk_in"),
    path(f"{_BOOKING}move/", visits.move_booking, name="move_booking"),
    path(f"{_BOOKING}cancel/", visits.cancel_booking, name="cancel_booking"),
    path(f"{_BOOKING}visit/", visits.mark_visit, name="mark_visit"),
    path(f"{_BOOKING}note/", visits.write_down, name="write_down"),
]
