# SPDX-License-Identifier: EUPL-1.2
"""Invitations sent, taken back, and asked for once more."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Person
from talka.meetings.models import Invitation, Meeting
from talka.meetings.operations.calling import MeetingCancelled
from talka.meetings.operations.telling import send_cancellations, send_requests, with_letters
from talka.meetings.queries.invited import invited
from talka.processes.newcomers import NewPerson
from talka.processes.operations import enter_person


class MeetingOver(Refused):
    message = _("This meeting has taken place, so nobody can be invited any more.")


class NoDateYet(Refused):
    message = _("The date is not known yet. Enter it first, then send the invitations.")


@dataclass(frozen=True)
class Sent:
    """How many were invited, how many invitations were taken back, and how many letters were written."""

    invited: int = 0
    taken_back: int = 0
    letters: int = 0


def _lock(meeting: Meeting) -> Meeting:
    locked = (
        Meeting.objects.select_for_update(of=("self",)).select_related("process__owner", "place").get(pk=meeting.pk)
    )
    if locked.is_cancelled:
        raise MeetingCancelled
    if locked.is_over:
        raise MeetingOver
    if locked.starts_at is None:
        raise NoDateYet
    return locked


def _address(person: Person) -> str:
    return person.user.email if person.user is not None and person.user.is_active else person.email


def _language(person: Person, meeting: Meeting) -> str:
    return person.user.language if person.user is not None and person.user.is_active else meeting.process.language


def _invite(meeting: Meeting, people: Sequence[Person], *, added: bool) -> list[int]:
    """Make invitations stand for people, those who had been taken back too; return the keys."""
    rows = [
        Invitation(
            meeting=meeting, person=person, email=_address(person), language=_language(person, meeting), added=added,
            created_at=clock.now(), asked_sequence=meeting.sequence,
        )
        for person in people
    ]  # fmt: skip
    keys = [person.pk for person in people]
    again = Invitation.objects.filter(meeting=meeting, person__in=keys, withdrawn_at__isnull=False)
    again.update(withdrawn_at=None, added=added, asked_sequence=meeting.sequence, sent_at=None)
    Invitation.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Invitation.objects.filter(meeting=meeting, person__in=keys).values_list("pk", flat=True))


@transaction.atomic
def send_invitations(meeting: Meeting, *, by: User) -> Sent:
    """Invite the members of the groups who are not invited yet, and take back what was sent to those who are members no longer.

    Doing it again changes nothing. In as many queries for six hundred people as for six.
    """
    authorize(by, "meetings.send_invitations", meeting)
    meeting = _lock(meeting)
    standing = invited(meeting)
    gone = [one.pk for one in standing.to_take_back]
    taken_back = with_letters(Invitation.objects.filter(pk__in=gone), meeting) if gone else []
    _take_back(taken_back)
    people = Person.objects.select_related("user").in_bulk([one.pk for one in standing.to_invite]).values()
    _invite(meeting, list(people), added=False)
    waiting = with_letters(Invitation.objects.standing().filter(sent_at__isnull=True), meeting)
    letters = send_requests(waiting, why="new")
    if waiting or taken_back:
        record(
            "meetings.send_invitations", meeting, by=by, scope=meeting.process, invited=len(waiting), taken_back=len(gone)
        )  # fmt: skip
    return Sent(len(waiting), len(taken_back), letters)


@transaction.atomic
def invite_person(meeting: Meeting, *, person: Person | NewPerson, by: User) -> Invitation:
    """Invite one more person, who need not be a member of a group, and write to them at once."""
    authorize(by, "meetings.invite_person", meeting)
    meeting = _lock(meeting)
    if isinstance(person, NewPerson):
        person = enter_person(meeting.process, person, by=by)
    keys = _invite(meeting, [person], added=True)
    invitations = with_letters(Invitation.objects.filter(pk__in=keys), meeting)
    send_requests([one for one in invitations if one.sent_at is None], why="new")
    record("meetings.invite_person", invitations[0], by=by, scope=meeting.process)
    return invitations[0]


def _take_back(invitations: Sequence[Invitation]) -> None:
    send_cancellations(invitations, why="withdrawn")
    Invitation.objects.filter(pk__in=[one.pk for one in invitations]).update(withdrawn_at=clock.now())


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Take an invitation back; that somebody was present stays written down."""
    authorize(by, "meetings.withdraw_invitation", invitation)
    meeting = Meeting.objects.select_for_update().get(pk=invitation.meeting_id)
    standing = with_letters(Invitation.objects.standing().filter(pk=invitation.pk), meeting)
    if not standing:
        return
    if meeting.is_over or meeting.is_cancelled:
        Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=clock.now())
    else:
        _take_back(standing)
    record("meetings.withdraw_invitation", invitation, by=by, scope=standing[0].meeting.process)


@transaction.atomic
def remind_invited(meeting: Meeting, *, by: User) -> int:
    """Write once more to those who have not answered, or answered before the meeting was moved; return to how many."""
    authorize(by, "meetings.remind_invited", meeting)
    meeting = _lock(meeting)
    waiting = with_letters(Invitation.objects.unanswered(), meeting)
    letters = send_requests(waiting, why="reminded")
    Invitation.objects.filter(pk__in=[one.pk for one in waiting]).update(reminded_at=clock.now())
    if waiting:
        record("meetings.remind_invited", meeting, by=by, scope=meeting.process, letters=letters)
    return letters
