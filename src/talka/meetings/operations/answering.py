# SPDX-License-Identifier: EUPL-1.2
"""Answers to invitations: by the link, in the workspace, and from calendars by mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.core.text import clean_line, shorten
from talka.meetings.answers import LONGEST_NOTE, Answer
from talka.meetings.models import Invitation, Meeting
from talka.meetings.operations.calling import MeetingCancelled
from talka.meetings.reading_answers import COUNTER, Said

_Answer = Invitation.Answer
PARTSTAT = {"ACCEPTED": _Answer.ACCEPTED, "TENTATIVE": _Answer.TENTATIVE, "DECLINED": _Answer.DECLINED}


class InvitationTakenBack(Refused):
    message = gettext_lazy("This invitation has been taken back, so there is nothing to answer.")


class AnsweredTooLate(Refused):
    message = gettext_lazy("The meeting has begun, so the answer can no longer be changed here.")


def _lock(invitation: Invitation) -> Invitation:
    locked = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("meeting__process", "person__user")
        .get(pk=invitation.pk)
    )
    if locked.withdrawn_at is not None:
        raise InvitationTakenBack
    if locked.meeting.is_cancelled:
        raise MeetingCancelled
    return locked


def _begun(meeting: Meeting) -> bool:
    return meeting.starts_at is not None and (
        meeting.is_over if meeting.whole_day else meeting.starts_at <= clock.now()
    )


def _keep(invitation: Invitation, said: Answer, *, channel: str, entered_by: User | None) -> None:
    invitation.answer = said.answer
    invitation.remote, invitation.represented_by = said.remote, said.represented_by
    invitation.needs, invitation.note = said.needs, said.note
    invitation.answered_at, invitation.answered_stamp = clock.now(), clock.now()
    invitation.answered_sequence = invitation.meeting.sequence
    invitation.channel, invitation.entered_by = channel, entered_by
    invitation.save(
        update_fields=[
            "answer", "remote", "represented_by", "needs", "note", "answered_at", "answered_stamp", "answered_sequence", "channel",
            "entered_by",
        ]
    )  # fmt: skip


@transaction.atomic
def answer_invitation(invitation: Invitation, *, said: Answer, by: Any) -> None:
    """Say whether one comes; can be changed until the meeting begins. ``by`` is the person or who holds the link."""
    authorize(by, "meetings.answer_invitation", invitation)
    invitation = _lock(invitation)
    if _begun(invitation.meeting):
        raise AnsweredTooLate
    _keep(invitation, said, channel=Invitation.Channel.LINK, entered_by=None)
    record(
        "meetings.answer_invitation", invitation, by=by if by.is_authenticated else None, scope=invitation.meeting.process
    )  # fmt: skip


@transaction.atomic
def enter_answer(invitation: Invitation, *, said: Answer, by: User) -> None:
    """Enter what somebody said by telephone or in person."""
    authorize(by, "meetings.enter_answer", invitation)
    invitation = _lock(invitation)
    _keep(invitation, said, channel=Invitation.Channel.WORKSPACE, entered_by=by)
    record("meetings.enter_answer", invitation, by=by, scope=invitation.meeting.process)


@transaction.atomic
def take_calendar_answer(invitation: Invitation, *, said: Said) -> bool:
    """Take what a calendar answered by mail; say whether it changed anything.

    The caller knows whose answer it is. An older answer never overwrites a newer one, the same mail again changes nothing,
    and an answer to an earlier time is kept as such, so the person still counts as asked. Nothing is ever sent in return.
    """
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("meeting__process").get(pk=invitation.pk)
    meeting = locked.meeting
    if locked.withdrawn_at is not None or _begun(meeting):
        return False
    stamp = min(said.stamp or clock.now(), clock.now())
    if locked.answered_stamp is not None and _order(said, stamp, meeting) <= (
        locked.answered_sequence or 0,
        locked.answered_stamp,
    ):
        return False
    fields = ["note"]
    if said.method == COUNTER:
        proposed = _("Proposes another time: %(when)s.") % {"when": said.proposed} if said.proposed else ""
        locked.note = shorten(" ".join(part for part in (proposed, said.comment) if part), LONGEST_NOTE)
    elif said.answer in PARTSTAT:
        locked.answer, locked.represented_by = PARTSTAT[said.answer], ""
        locked.answered_at, locked.answered_stamp = clock.now(), stamp
        locked.answered_sequence = min(said.sequence, meeting.sequence)
        locked.channel, locked.entered_by = Invitation.Channel.MAIL, None
        locked.note = shorten(said.comment, LONGEST_NOTE) or locked.note
        fields += [
            "answer",
            "represented_by",
            "answered_at",
            "answered_stamp",
            "answered_sequence",
            "channel",
            "entered_by",
        ]
    else:
        return False
    locked.save(update_fields=fields)
    record("meetings.answer_invitation", locked, by=None, scope=meeting.process, channel="mail")
    return True


def _order(said: Said, stamp: datetime, meeting: Meeting) -> tuple[int, datetime]:
    return min(said.sequence, meeting.sequence), stamp


@transaction.atomic
def take_written_answer(invitation: Invitation, *, text: str) -> None:
    """Keep what somebody wrote in reply to the letter, as a note to whoever runs the meeting; a person reads what it means."""
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("meeting__process").get(pk=invitation.pk)
    note = shorten(clean_line(text), LONGEST_NOTE)
    if note and note != locked.note and locked.forgotten_at is None:
        locked.note = note
        locked.save(update_fields=["note"])
        record("meetings.answer_invitation", locked, by=None, scope=locked.meeting.process, channel="mail")
