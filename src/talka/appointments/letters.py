# SPDX-License-Identifier: EUPL-1.2
"""Letters to those who booked, each with the entry for their calendar."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from talka.appointments.invitations import Invitation, write_invitation
from talka.appointments.models import Booking
from talka.appointments.wording import booking_words
from talka.audit.models import key_of
from talka.core import clock
from talka.directory.wording import place_words
from talka.notifications.operations import send_letter


def own_page(booking: Booking) -> str:
    """Return the address of the page behind the secret link, in the language of whoever booked."""
    with translation.override(booking.language):
        return f"{settings.TALKA_URL}{reverse('appointments:show_booking', args=[booking.secret])}"


def where_words(booking: Booking) -> str:
    """Write where the talk is: the place, the telephone, or the link to join."""
    reception = booking.reception
    parts = [
        place_words(reception.place) if reception.place else "",
        gettext("telephone %(number)s") % {"number": reception.phone} if reception.phone else "",
        reception.remote_url,
    ]
    return "; ".join(part for part in parts if part)


def invitation_of(booking: Booking) -> str:
    """Write the entry of a booking for calendars, in the language of whoever booked."""
    reception, url = booking.reception, own_page(booking)
    with translation.override(booking.language):
        about = gettext("Another time or calling off: %(url)s") % {"url": url}
        invitation = Invitation(
            uid=f"{booking.uid}@talka", sequence=booking.sequence, made_at=clock.now(), starts_at=booking.starts_at,
            ends_at=booking.ends_at, summary=reception.title, location=where_words(booking), url=url,
            description="\n".join(part for part in (reception.who, about) if part),
            sender=settings.DEFAULT_FROM_EMAIL, cancelled=booking.is_cancelled,
        )  # fmt: skip
    return write_invitation(invitation)


def write_to_visitor(booking: Booking, template: str, *, with_entry: bool = True, **context: Any) -> bool:
    """Send a letter to whoever booked, if they left an e-mail address; say whether one was sent."""
    if not booking.email:
        return False
    with translation.override(booking.language):
        facts: dict[str, Any] = {"when": booking_words(booking), "where": where_words(booking)}
    send_letter(
        f"appointments/{template}", email=booking.email, language=booking.language, booking=booking, reception=booking.reception,
        own_page=own_page(booking), thread=key_of(booking), calendar=invitation_of(booking) if with_entry else "", **facts, **context,
    )  # fmt: skip
    return True
