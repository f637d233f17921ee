# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Topic
from talka.files.models import Attachment
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting, Paper
from talka.processes.models import Process
from talka.processes.permissions import can_change_process


class GroupOfAnotherProcess(Refused):
    message = _("A meeting can bring together groups of its own process only.")


class NotYourGroup(Refused):
    message = _("You lead other groups. Choose at least one group that you lead.")


class MeetingCancelled(Refused):
    message = _("This meeting has been cancelled. Take the cancellation back to change it.")


def _check_groups(process: Process, groups: Sequence[WorkingGroup], by: User) -> None:
    if any(group.process_id != process.pk for group in groups):
        raise GroupOfAnotherProcess
    if not can_change_process(by, process):
        mine = WorkingGroup.objects.led_by(by).filter(pk__in=[group.pk for group in groups])
        if not mine.exists():
            raise NotYourGroup


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
    _check_groups(process, groups, by)
    meeting = Meeting.objects.create(
        process=process, title=title, starts_at=starts_at, ends_at=ends_at, created_by=by, **fields
    )
    meeting.groups.set(groups)
    meeting.topics.set(topics)
    record("meetings.call_meeting", meeting, by=by, scope=process)
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting,
    *,
    by: User,
    groups: Sequence[WorkingGroup] | None = None,
    topics: Sequence[Topic] | None = None,
    **fields: Any,
) -> None:
    """Change a meeting; calendars that hold it see the higher sequence (RFC 5545, 3.8.7.4)."""
    authorize(by, "meetings.change_meeting", meeting)
    meeting_now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting_now.is_cancelled:
        raise MeetingCancelled
    if groups is not None:
        _check_groups(meeting.process, groups, by)
        meeting.groups.set(groups)
    if topics is not None:
        meeting.topics.set(topics)
    _touch(meeting, **fields)
    record("meetings.change_meeting", meeting, by=by, scope=meeting.process, fields=sorted(fields))


def _touch(meeting: Meeting, **fields: Any) -> None:
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
    _touch(meeting, cancelled_at=clock.now(), cancelled_because=reason)
    record("meetings.cancel_meeting", meeting, by=by, scope=meeting.process, reason=reason)


@transaction.atomic
def restore_meeting(meeting: Meeting, *, by: User) -> None:
    """Take a cancellation back."""
    authorize(by, "meetings.restore_meeting", meeting)
    _touch(meeting, cancelled_at=None, cancelled_because="")
    record("meetings.restore_meeting", meeting, by=by, scope=meeting.process)


@transaction.atomic
def add_paper(meeting: Meeting, *, attachment: Attachment, title: str, by: User) -> Paper:
    """Add a paper to a meeting."""
    authorize(by, "meetings.add_paper", meeting)
    last = meeting.papers.aggregate(last=Max("position"))["last"]
    paper = Paper.objects.create(
        meeting=meeting, attachment=attachment, title=title or attachment.name, position=0 if last is None else last + 1
    )
    record("meetings.add_paper", paper, by=by, scope=meeting.process)
    return paper


@transaction.atomic
def remove_paper(paper: Paper, *, by: User) -> None:
    """Remove a paper from a meeting."""
    authorize(by, "meetings.remove_paper", paper.meeting)
    record("meetings.remove_paper", paper, by=by, scope=paper.meeting.process)
    paper.delete()
