# SPDX-License-Identifier: EUPL-1.2
"""Minutes while they are written: begun with who is expected, then field by field as typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction

from talka.accounts.models import User
from talka.audit.models import Event, key_of
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.groups.models import Mandate
from talka.meetings.models import Attendance, Decision, Invitation, Meeting, Minutes
from talka.meetings.operations.agenda import lock_open
from talka.meetings.operations.decisions import remove_decision
from talka.meetings.operations.written import Change, WrongValue, write_field
from talka.meetings.operations.written_rows import write_row
from talka.meetings.queries.people import seated_at
from talka.meetings.queries.protocol import read_sheet

AGAIN = timedelta(minutes=10)
"""Within how long the log tells only once that somebody is writing."""


@dataclass
class Written:
    """What became of changes: what is stored now under each name, and why something was not taken."""

    fields: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


_EXPECTED = {
    Invitation.Answer.DECLINED: Attendance.Mode.APOLOGISED,
    Invitation.Answer.NONE: Attendance.Mode.ABSENT,
    Invitation.Answer.TENTATIVE: Attendance.Mode.ABSENT,
}


@transaction.atomic
def begin_minutes(meeting: Meeting, *, by: User) -> Minutes:
    """Begin the minutes of a meeting, or return those that were begun: its lead as chair, its secretary as who writes, and the
    members as they answered the invitation."""
    authorize(by, "meetings.write_minutes", meeting)
    lock_open(meeting)
    known = Minutes.objects.filter(meeting=meeting).first()
    if known is not None:
        return known
    seats = list(seated_at(meeting))
    chair = next((seat.person for seat in seats if seat.function == Mandate.Function.LEAD), None)
    secretary = next((seat.person for seat in seats if seat.function == Mandate.Function.SECRETARY), None)
    minutes = Minutes.objects.create(
        meeting=meeting, chair=chair, secretary=None if secretary == chair else secretary, begun_by=by,
        begun_at=clock.now(), began_at=None if meeting.whole_day else meeting.starts_at,
    )  # fmt: skip
    _expect(meeting, seats)
    record("meetings.begin_minutes", minutes, by=by, scope=meeting.process)
    return minutes


def _expect(meeting: Meeting, seats: list[Mandate]) -> None:
    """Enter the members once each, as they answered."""
    answers = {one.person_id: one for one in meeting.invitations.standing()}
    rows: dict[int, Attendance] = {}
    for seat in seats:
        if seat.person_id in rows:
            rows[seat.person_id].name_public |= seat.shows_name
            continue
        answer = answers.get(seat.person_id)
        rows[seat.person_id] = Attendance(
            meeting=meeting, person=seat.person, name=seat.person.name, represents=represents_of(seat), member=True,
            mode=_mode_of(answer), represented_by=answer.represented_by if answer else "", name_public=seat.shows_name,
            position=len(rows),
        )  # fmt: skip
    Attendance.objects.bulk_create(rows.values())


def represents_of(seat: Mandate) -> str:
    """Return whom somebody represents, as the minutes say it: the office, else the organization, else the kind."""
    parts = [seat.title, str(seat.organization) if seat.organization else ""]
    written = ", ".join(part for part in parts if part)
    return (written or str(Mandate.Represents(seat.represents).label))[:300]


def _mode_of(answer: Invitation | None) -> str:
    if answer is None:
        return Attendance.Mode.ABSENT
    if answer.represented_by:
        return Attendance.Mode.REPRESENTED
    if answer.answer == Invitation.Answer.ACCEPTED:
        return Attendance.Mode.REMOTE if answer.remote else Attendance.Mode.ON_SITE
    return _EXPECTED[Invitation.Answer(answer.answer)]


@transaction.atomic
def write_minutes(meeting: Meeting, changes: Mapping[str, Change], *, by: User) -> Written:
    """Take changes of fields and rows of the minutes, each with the value it began from.

    Names are those of ``Sheet.fields``. Taking the same change twice changes nothing more. A change that
    cannot be taken is refused by itself, with a sentence; the others are taken. Raises ``MinutesLocked`` once approved.
    """
    authorize(by, "meetings.write_minutes", meeting)
    lock_open(meeting)
    minutes = Minutes.objects.select_for_update().get(meeting=meeting)
    written = Written()
    for name, change in changes.items():
        try:
            with transaction.atomic():
                _write(minutes, name, change, by)
        except (WrongValue, Refused) as wrong:
            written.refused[name] = str(wrong)
    now = read_sheet(meeting).fields
    written.fields = {name: now[name] for name in changes if name in now}
    _record_once(minutes, by)
    return written


def _write(minutes: Minutes, name: str, change: Change, by: User) -> None:
    if isinstance(change.value, Mapping):
        write_row(minutes, name, change.value, by=by)
    else:
        write_field(minutes, name, change)


def _record_once(minutes: Minutes, by: User) -> None:
    recent = Event.objects.filter(
        verb="meetings.write_minutes", object_key=key_of(minutes), actor_id=by.pk, at__gt=clock.now() - AGAIN
    )
    if not recent.exists():
        record("meetings.write_minutes", minutes, by=by, scope=minutes.meeting.process)


def save_whole(meeting: Meeting, typed: Mapping[str, Any], bases: Mapping[str, str], *, by: User) -> Written:
    """Take the whole page as a form sends it; only what differs from what it began with is a change."""
    changes = {
        name: Change(value, bases.get(name, ""))
        for name, value in typed.items()
        if isinstance(value, Mapping) or value != bases.get(name, "")
    }
    return write_minutes(meeting, changes, by=by)


@transaction.atomic
def mark_others_present(meeting: Meeting, *, by: User) -> int:
    """Mark as present on site all of whom nothing is known, and return how many; who apologised or joins remotely stays so."""
    authorize(by, "meetings.write_minutes", meeting)
    lock_open(meeting)
    unknown = meeting.attendances.filter(mode=Attendance.Mode.ABSENT)
    number = unknown.update(mode=Attendance.Mode.ON_SITE)
    _record_once(Minutes.objects.get(meeting=meeting), by)
    return number


@transaction.atomic
def remove_guest(attendance: Attendance, *, by: User) -> None:
    """Take somebody who is no member off the list of those present."""
    authorize(by, "meetings.remove_guest", attendance.meeting)
    lock_open(attendance.meeting)
    record("meetings.remove_guest", attendance, by=by, scope=attendance.meeting.process)
    attendance.delete()


@transaction.atomic
def remove_written(decision: Decision, *, by: User) -> None:
    """Take a decision out of minutes that are not approved."""
    lock_open(decision.meeting)
    remove_decision(decision, by=by)
