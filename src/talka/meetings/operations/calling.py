# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names
from talka.core.errors import Changed, Refused
from talka.core.permissions import authorize
from talka.directory.models import Place, Topic
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.meetings.operations.telling import tell_cancelled, tell_change, tell_restored
from talka.processes.models import Process
from talka.processes.permissions import can_change_process


class GroupOfAnotherProcess(Refused):
    message = _("A meeting can bring together groups of its own process only.")


class NotYourGroup(Refused):
    message = _("You lead other groups. Choose at least one group that you lead.")


class MeetingCancelled(Refused):
    message = _("This meeting has been cancelled. Take the cancellation back to change it.")


class MinutesLocked(Refused):
    message = _("The minutes of this meeting are approved. What they say stays as it is.")


def check_groups(process: Process, groups: Sequence[WorkingGroup], by: User) -> None:
    if any(group.process_id != process.pk for group in groups):
        raise GroupOfAnotherProcess
    if not can_change_process(by, process):
        mine = WorkingGroup.objects.led_by(by).filter(pk__in=[group.pk for group in groups])
        if not mine.exists():
            raise NotYourGroup


def _until_midnight(starts_at: datetime | None, ends_at: datetime | None, whole_day: bool) -> datetime | None:
    """Return the end; where only the day is known, that is the midnight after it."""
    if not whole_day or starts_at is None or ends_at is not None:
        return ends_at
    return clock.day_begins(timezone.localdate(starts_at) + timedelta(days=1))


def _enter_meeting(
    process: Process, groups: Sequence[WorkingGroup], topics: Sequence[Topic], by: User, **fields: Any
) -> Meeting:
    fields["ends_at"] = _until_midnight(fields["starts_at"], fields["ends_at"], fields.get("whole_day", False))
    now = clock.now()
    meeting = Meeting.objects.create(process=process, created_by=by, created_at=now, changed_at=now, **fields)
    meeting.groups.set(groups)
    meeting.topics.set(topics)
    return meeting


@transaction.atomic
def call_meeting(
    process: Process,
    *,
    title: str,
    by: User,
    groups: Sequence[WorkingGroup] = (),
    topics: Sequence[Topic] = (),
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    **fields: Any,
) -> Meeting:
    """Call a meeting of a process or of some of its groups; times are aware."""
    authorize(by, "meetings.call_meeting", process)
    check_groups(process, groups, by)
    meeting = _enter_meeting(process, groups, topics, by, title=title, starts_at=starts_at, ends_at=ends_at, **fields)
    record("meetings.call_meeting", meeting, by=by, scope=process)
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting,
    *,
    by: User,
    groups: Sequence[WorkingGroup] | None = None,
    topics: Sequence[Topic] | None = None,
    seen: int | None = None,
    **fields: Any,
) -> None:
    """Change a meeting; calendars that hold it see the higher sequence (RFC 5545, 3.8.7.4).

    ``seen`` is the sequence that the person had before their eyes; another one means that somebody was quicker.
    """
    authorize(by, "meetings.change_meeting", meeting)
    meeting_now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting_now.is_cancelled:
        raise MeetingCancelled
    if seen is not None and seen != meeting_now.sequence:
        raise Changed
    if "starts_at" in fields:
        whole_day = fields.get("whole_day", meeting_now.whole_day)
        fields["ends_at"] = _until_midnight(fields["starts_at"], fields.get("ends_at"), whole_day)
    related = {name: rows for name, rows in (("groups", groups), ("topics", topics)) if rows is not None}
    moved = changed_names(meeting, related)
    if groups is not None:
        check_groups(meeting.process, groups, by)
        meeting.groups.set(groups)
    if topics is not None:
        meeting.topics.set(topics)
    changed = sorted([*changed_names(meeting, fields), *moved])
    if meeting.series_id is not None and changed:
        fields["apart"] = True
    touch_meeting(meeting, **fields)
    record("meetings.change_meeting", meeting, by=by, scope=meeting.process, fields=changed)
    tell_change(meeting, changed)


def touch_meeting(meeting: Meeting, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.changed_at = clock.now()
    meeting.save(update_fields=[*fields, "changed_at"])
    Meeting.objects.filter(pk=meeting.pk).update(sequence=F("sequence") + 1)
    meeting.refresh_from_db(fields=["sequence"])


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User, reason: str = "") -> None:
    """Call a meeting off; it stays on the calendar, marked as cancelled."""
    authorize(by, "meetings.cancel_meeting", meeting)
    if Meeting.objects.select_for_update().get(pk=meeting.pk).is_cancelled:
        return
    touch_meeting(meeting, cancelled_at=clock.now(), cancelled_because=reason, apart=meeting.series_id is not None)
    record("meetings.cancel_meeting", meeting, by=by, scope=meeting.process, reason=reason)
    tell_cancelled(meeting)


@transaction.atomic
def restore_meeting(meeting: Meeting, *, by: User) -> None:
    """Take a cancellation back."""
    authorize(by, "meetings.restore_meeting", meeting)
    if not Meeting.objects.select_for_update().get(pk=meeting.pk).is_cancelled:
        return
    touch_meeting(meeting, cancelled_at=None, cancelled_because="")
    record("meetings.restore_meeting", meeting, by=by, scope=meeting.process)
    tell_restored(meeting)


@transaction.atomic
def copy_meeting(
    meeting: Meeting, *, by: User, starts_at: datetime, ends_at: datetime | None = None, whole_day: bool = False
) -> Meeting:
    """Call the same meeting once more, on another day; its papers stay with the first."""
    authorize(by, "meetings.copy_meeting", meeting)
    groups = list(meeting.groups.all())
    check_groups(meeting.process, groups, by)
    kept = ("title", "description", "place", "remote_url", "remote_public", "remote_note", "help_note", "access")
    copy = _enter_meeting(
        meeting.process, groups, list(meeting.topics.all()), by,
        starts_at=starts_at, ends_at=ends_at, whole_day=whole_day, **{name: getattr(meeting, name) for name in kept},
    )  # fmt: skip
    record("meetings.copy_meeting", copy, by=by, scope=meeting.process, copy_of=meeting.pk)
    return copy


@transaction.atomic
def follow_place(place: Place) -> None:
    """Let calendars see that the place of meetings that are still ahead has another address or name."""
    ahead = Meeting.objects.upcoming().filter(place=place)
    Meeting.objects.filter(pk__in=ahead.order_by().values("pk")).update(
        changed_at=clock.now(), sequence=F("sequence") + 1
    )
