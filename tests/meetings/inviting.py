# SPDX-License-Identifier: EUPL-1.2
"""Invitations for tests: letters as they leave, and what calendars answer to them."""

from datetime import datetime
from typing import Any

from talka.core import clock
from talka.meetings.models import Invitation, Meeting
from talka.notifications.models import Notification


def invitation_of(meeting: Meeting, user: Any) -> Invitation:
    """Return the invitation of somebody of the cast."""
    return Invitation.objects.get(meeting=meeting, person=user.person)


def letters_to(user: Any, template: str = "meetings/invite") -> list[Notification]:
    """Return the letters to somebody, the oldest first."""
    return list(Notification.objects.filter(email=user.email, template=template).order_by("pk"))


def reply(
    meeting: Meeting, address: str, answer: str = "ACCEPTED", *, stamp: datetime | None = None, sequence: int | None = None,
    method: str = "REPLY", more: str = "",
) -> bytes:  # fmt: skip
    """Write what a calendar sends when its owner has answered."""
    moment = (stamp or clock.now()).strftime("%Y%m%dT%H%M%SZ")
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//LV\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:{meeting.uid}@talka\r\n"
        f"DTSTAMP:{moment}\r\nSEQUENCE:{meeting.sequence if sequence is None else sequence}\r\nDTSTART:20300212T110000Z\r\n"
        f"ORGANIZER:mailto:attistiba@talka.example\r\nATTENDEE;PARTSTAT={answer}:mailto:{address}\r\n{more}END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()
