# SPDX-License-Identifier: EUPL-1.2
"""Letters to those who are invited, each with the entry for their own calendar. Reads, and writes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from email.utils import parseaddr
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from talka.audit.models import key_of
from talka.core import clock
from talka.core.ical import Attendee, CalendarEvent, write_message
from talka.meetings.feeds import calendar_events
from talka.meetings.models import Invitation, Meeting
from talka.notifications.operations import Addressed
from talka.plans.reply_address import reply_address

REQUEST, CANCEL = "REQUEST", "CANCEL"
_PARTSTAT = {
    Invitation.Answer.NONE: "NEEDS-ACTION",
    Invitation.Answer.ACCEPTED: "ACCEPTED",
    Invitation.Answer.TENTATIVE: "TENTATIVE",
    Invitation.Answer.DECLINED: "DECLINED",
}


def answer_url(invitation: Invitation, language: str) -> str:
    """Return the address of the page on which an invitation is answered."""
    with translation.override(language):
        return f"{settings.TALKA_URL}{reverse('meetings:answer_invitation', args=[invitation.secret])}"


def letters_to(invitations: Sequence[Invitation], *, method: str, **context: Any) -> list[Addressed]:
    """Return the letters to some of those invited to one meeting; whoever has no address gets none.

    The invitations have their meeting, whole, and their person with the account loaded.
    """
    if not invitations:
        return []
    meeting = invitations[0].meeting
    reply_to = reply_address(meeting.process)
    events = {language: _event(meeting, language, method) for language, _name in settings.LANGUAGES}
    return [
        _letter(one, events[one.language], method, reply_to, context | {"meeting": meeting, "invitation": one})
        for one in invitations
        if one.email
    ]


def _event(meeting: Meeting, language: str, method: str) -> CalendarEvent | None:
    """Describe the meeting once in a language; whoever is invited to it may have its link."""
    with translation.override(language):
        events = calendar_events(
            [meeting], absolute=lambda path: f"{settings.TALKA_URL}{path}", with_link=lambda _meeting: True
        )
    return replace(events[0], cancelled=method == CANCEL) if events else None


def _letter(
    invitation: Invitation, event: CalendarEvent | None, method: str, reply_to: str, context: dict[str, Any]
) -> Addressed:
    meeting, user = invitation.meeting, invitation.person.user
    return Addressed(
        invitation.email,
        invitation.language,
        {**context, "answer_url": answer_url(invitation, invitation.language)},
        user=user if user is not None and user.is_active else None,
        reply_to=reply_to,
        thread=key_of(invitation),
        calendar=_message(invitation, meeting, event, method, reply_to) if event is not None else "",
    )


def _message(invitation: Invitation, meeting: Meeting, event: CalendarEvent, method: str, reply_to: str) -> str:
    """Write the entry with the reader's own line only: nobody sees by it who else is invited."""
    answer = "NEEDS-ACTION" if invitation.waits else _PARTSTAT[Invitation.Answer(invitation.answer)]
    own = replace(
        event,
        organizer=(str(meeting.process.owner), reply_to or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        attendee=Attendee(invitation.person.name, invitation.email, answer, reply_wanted=bool(reply_to)),
        stamped_at=clock.now(),
    )
    return write_message(own, method=method, zone=ZoneInfo(settings.TIME_ZONE), language=invitation.language)
