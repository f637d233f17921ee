# SPDX-License-Identifier: EUPL-1.2
"""What those who are invited are told when a meeting changes; each operation that changes it calls this."""

from collections.abc import Collection, Sequence

from talka.core import clock
from talka.meetings.letters import CANCEL, REQUEST, letters_to
from talka.meetings.models import Invitation, InvitationQuerySet, Meeting
from talka.notifications.operations import send_letters

TOLD = frozenset({"starts_at", "ends_at", "whole_day", "time_note", "place", "remote_url"})
"""A change of these is told at once; a title or a description reaches calendars with the next letter."""


def with_letters(invitations: InvitationQuerySet, meeting: Meeting) -> list[Invitation]:
    """Return invitations to a meeting, loaded for letters."""
    whole = Meeting.objects.select_related("process__owner", "place").prefetch_related("groups").get(pk=meeting.pk)
    found = list(invitations.filter(meeting=meeting).select_related("person__user").order_by("pk"))
    for one in found:
        one.meeting = whole
    return found


def send_requests(invitations: Sequence[Invitation], *, why: str) -> int:
    """Ask people to come, ``why`` being new, moved, restored or reminded; return how many letters were written."""
    letters = letters_to(invitations, method=REQUEST, why=why)
    send_letters("meetings/invite", letters)
    for one in invitations:
        one.sent_at, one.sent_sequence = clock.now(), one.meeting.sequence
    Invitation.objects.bulk_update(invitations, ["sent_at", "sent_sequence"], batch_size=500)
    return len(letters)


def send_cancellations(invitations: Sequence[Invitation], *, why: str) -> int:
    """Take the meeting off the calendars of people, ``why`` being cancelled or withdrawn; return how many letters were written."""
    letters = letters_to([one for one in invitations if one.sent_at], method=CANCEL, why=why)
    send_letters("meetings/take_back_invitation", letters)
    return len(letters)


def tell_change(meeting: Meeting, changed: Collection[str]) -> None:
    """Tell those who are invited of another time, place or link, and ask them to answer again."""
    if not TOLD & set(changed) or meeting.is_over:
        return
    sent = Invitation.objects.standing().filter(meeting=meeting, sent_at__isnull=False)
    if set(changed) & TOLD - {"remote_url"}:
        sent.update(asked_sequence=meeting.sequence)
    send_requests(with_letters(sent, meeting), why="moved")


def tell_cancelled(meeting: Meeting) -> None:
    """Tell those who are invited that the meeting is called off."""
    if not meeting.is_over:
        send_cancellations(with_letters(Invitation.objects.standing(), meeting), why="cancelled")


def tell_restored(meeting: Meeting) -> None:
    """Tell those who had been invited that the meeting takes place after all, and ask them again."""
    if meeting.is_over:
        return
    sent = Invitation.objects.standing().filter(meeting=meeting, sent_at__isnull=False)
    sent.update(asked_sequence=meeting.sequence)
    send_requests(with_letters(sent, meeting), why="restored")
