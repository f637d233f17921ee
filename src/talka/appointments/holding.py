# SPDX-License-Identifier: EUPL-1.2
"""What reception hours hold about people: who booked a time or came, until they are forgotten (``KEEP_BOOKINGS_DAYS``)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.appointments.models import Booking
from talka.appointments.operations.memory import erase_booking
from talka.appointments.wording import moment_words
from talka.audit.models import key_of
from talka.core.holdings import Copy, Found, Holder, Wanted, keys_in, register
from talka.notifications.models import Notification
from talka.processes.queries import answered_for_by

MOST = 200


class BookingHolder(Holder):
    """Visitors of reception hours."""

    name = "bookings"
    label = _("Reception hours: who booked a time or came")
    keys = {
        "reception": _("reception hours"), "process": _("process"), "starts_at": _("starts"), "ends_at": _("ends"),
        "way": _("how it was booked"), "name": pgettext_lazy("person", "Name"), "email": _("E-mail"), "phone": _("Telephone"),
        "about": _("what about"), "help_needed": _("help needed"), "spoken": _("language of the talk"), "language": _("language"),
        "booked_at": _("when it was booked"), "cancelled_at": _("when it was called off"),
        "cancelled_because": _("why it was called off"), "came": _("came"), "letters": _("letters about it to the address"),
    }  # fmt: skip

    def _found(self, booking: Booking, likeness: int = 100) -> Found:
        held = [
            (pgettext_lazy("person", "Name"), booking.name), (_("E-mail"), booking.email), (_("Telephone"), booking.phone),
            (_("what about"), booking.about), (_("help needed"), booking.help_needed),
        ]  # fmt: skip
        reception = booking.reception
        return Found(
            key=f"booking:{booking.pk}", title=f"{reception.title}, {moment_words(booking.starts_at)}", about=str(reception.process),
            subject=booking, scope=reception.process, held=[(label, value) for label, value in held if value], likeness=likeness,
            erasing=_("Name, contacts, what it was about and letters are erased; that somebody came is kept."),
            kept_because=_("The time has not come yet. Call the booking off first.") if booking.is_ahead else "",
        )  # fmt: skip

    def _rows(self, **conditions: Any) -> Any:
        return Booking.objects.known().filter(**conditions).select_related("reception__process")

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Compare with everybody who booked or came in the processes that ``by`` answers for."""
        rows = self._rows(reception__process__in=answered_for_by(by))
        alike = {
            key: likeness
            for key, name, email, phone in rows.values_list("pk", "name", "email", "phone")
            if (likeness := wanted.likeness(email=email, name=name, phone=phone))
        }
        best = sorted(alike, key=lambda key: (-alike[key], key))[:MOST]
        bookings = {booking.pk: booking for booking in self._rows(pk__in=best)}
        return [self._found(bookings[key], alike[key]) for key in best]

    def own(self, user: Any) -> list[Found]:
        """Return the bookings with the account's address, once it is proved that it is theirs; our letters about them went there."""
        if not user.emailaddress_set.filter(email__iexact=user.email, verified=True).exists():
            return []
        return [self._found(booking) for booking in self._rows(email__iexact=user.email).order_by("pk")]

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found."""
        rows = self._rows(reception__process__in=answered_for_by(by), pk__in=keys_in(keys, "booking"))
        return [self._found(booking) for booking in rows.order_by("pk")]

    def copy(self, found: Found) -> Copy:
        """Return what the visitor told, and the letters about it."""
        one: Any = found.subject
        letters = Notification.objects.filter(Q(text__contains=one.secret) | Q(thread=key_of(one))).order_by("pk")
        return Copy({
            "reception": one.reception.title, "process": str(one.reception.process), "starts_at": one.starts_at, "ends_at": one.ends_at,
            "way": one.get_way_display(), "name": one.name, "email": one.email, "phone": one.phone, "about": one.about,
            "help_needed": one.help_needed, "spoken": one.get_spoken_display(), "language": one.language, "booked_at": one.created_at,
            "cancelled_at": one.cancelled_at, "cancelled_because": one.cancelled_because, "came": one.came,
            "letters": [{"at": letter.sent_at or letter.created_at, "subject": letter.subject, "text": letter.text} for letter in letters],
        })  # fmt: skip

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Forget the visitor."""
        erase_booking(found.subject, by=by, reason=reason)  # type: ignore[arg-type]


register(BookingHolder())
