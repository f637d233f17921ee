# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names, check_unchanged
from talka.core.errors import Changed, Refused
from talka.core.permissions import authorize
from talka.directory.models import Place, Topic
from talka.files.inspection import Inspected
from talka.files.models import Attachment
from talka.files.operations import store_attachment
from talka.groups.models import WorkingGroup
from talka.meetings.models import Decision, Meeting, Paper
from talka.plans.models import PlanNode
from talka.processes.models import Process
from talka.processes.permissions import can_change_process
from talka.proposals.models import Author, Proposal
from talka.proposals.personal_data import mentions
from talka.proposals.queries.suspicion import covered_text


class GroupOfAnotherProcess(Refused):
    message = _("A meeting can bring together groups of its own process only.")


class NotYourGroup(Refused):
    message = _("You lead other groups. Choose at least one group that you lead.")


class MeetingCancelled(Refused):
    message = _("This meeting has been cancelled. Take the cancellation back to change it.")


class DecidedInFuture(Refused):
    message = _("A decision cannot have been taken after today.")


def _check_groups(process: Process, groups: Sequence[WorkingGroup], by: User) -> None:
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
    return timezone.make_aware(datetime.combine(timezone.localdate(starts_at) + timedelta(days=1), time.min))


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
    _check_groups(process, groups, by)
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
        _check_groups(meeting.process, groups, by)
        meeting.groups.set(groups)
    if topics is not None:
        meeting.topics.set(topics)
    changed = sorted([*changed_names(meeting, fields), *moved])
    _touch(meeting, **fields)
    record("meetings.change_meeting", meeting, by=by, scope=meeting.process, fields=changed)


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
    if not Meeting.objects.select_for_update().get(pk=meeting.pk).is_cancelled:
        return
    _touch(meeting, cancelled_at=None, cancelled_because="")
    record("meetings.restore_meeting", meeting, by=by, scope=meeting.process)


@transaction.atomic
def copy_meeting(
    meeting: Meeting, *, by: User, starts_at: datetime, ends_at: datetime | None = None, whole_day: bool = False
) -> Meeting:
    """Call the same meeting once more, on another day; its papers stay with the first."""
    authorize(by, "meetings.copy_meeting", meeting)
    groups = list(meeting.groups.all())
    _check_groups(meeting.process, groups, by)
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


@transaction.atomic
def add_papers(meeting: Meeting, *, files: Iterable[tuple[str, Inspected]], by: User, title: str = "") -> list[Paper]:
    """Add files, each with its name, to a meeting; the title is for a single one."""
    authorize(by, "meetings.add_paper", meeting)
    return [
        add_paper(meeting, attachment=store_attachment(inspected, name=name, by=by), title=title, by=by)
        for name, inspected in files
    ]


@transaction.atomic
def add_paper(meeting: Meeting, *, attachment: Attachment, title: str, by: User) -> Paper:
    """Add a paper to a meeting."""
    authorize(by, "meetings.add_paper", meeting)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
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


@transaction.atomic
def move_paper(paper: Paper, *, by: User, up: bool) -> None:
    """Move a paper one place up or down; the first cannot go up, the last not down."""
    authorize(by, "meetings.move_paper", paper.meeting)
    Meeting.objects.select_for_update().get(pk=paper.meeting_id)
    papers = list(paper.meeting.papers.all())
    place = papers.index(paper)
    to = place - 1 if up else place + 1
    if not 0 <= to < len(papers):
        return
    papers[place], papers[to] = papers[to], papers[place]
    for position, one in enumerate(papers):
        one.position = position
    Paper.objects.bulk_update(papers, ["position"])
    record("meetings.move_paper", paper, by=by, scope=paper.meeting.process)


@transaction.atomic
def add_decision(
    meeting: Meeting,
    *,
    text: str,
    decided_on: date,
    by: User,
    number: str = "",
    proposals: Iterable[Proposal] = (),
    nodes: Iterable[PlanNode] = (),
) -> Decision:
    """Write down what a meeting decided, about which proposals, and what comes of it in plans."""
    authorize(by, "meetings.add_decision", meeting)
    if Meeting.objects.select_for_update().get(pk=meeting.pk).is_cancelled:
        raise MeetingCancelled
    if decided_on > clock.today():
        raise DecidedInFuture
    decision = Decision.objects.create(
        meeting=meeting, number=number, text=text, decided_on=decided_on, created_by=by, created_at=clock.now()
    )
    decision.proposals.set(proposals)
    decision.nodes.set(nodes)
    record("meetings.add_decision", decision, by=by, scope=meeting.process)
    return decision


@transaction.atomic
def change_decision(
    decision: Decision,
    *,
    by: User,
    seen: str = "",
    proposals: Iterable[Proposal] | None = None,
    nodes: Iterable[PlanNode] | None = None,
    **fields: Any,
) -> None:
    """Change what was written down of a decision, or what it is linked to."""
    authorize(by, "meetings.change_decision", decision.meeting)
    stored = Decision.objects.select_for_update().get(pk=decision.pk)
    check_unchanged(stored, fields, seen)
    if fields.get("decided_on", stored.decided_on) > clock.today():
        raise DecidedInFuture
    changed = changed_names(stored, fields)
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(fields))
    if proposals is not None:
        stored.proposals.set(proposals)
    if nodes is not None:
        stored.nodes.set(nodes)
    record("meetings.change_decision", stored, by=by, scope=decision.meeting.process, fields=changed)


@transaction.atomic
def remove_decision(decision: Decision, *, by: User) -> None:
    """Remove what was written down by mistake."""
    authorize(by, "meetings.remove_decision", decision.meeting)
    record("meetings.remove_decision", decision, by=by, scope=decision.meeting.process)
    decision.delete()


def cover_author(proposal: Proposal, author: Author) -> None:
    """Cover name and contacts of an author who is erased in the decisions about the proposal."""
    known = {"name": author.name, "email": author.email, "phone": author.phone, "address": author.postal_address}
    for decision in Decision.objects.filter(proposals=proposal):
        text = covered_text(decision.text, mentions(decision.text, **known), language=proposal.process.language)
        if text != decision.text:
            decision.text = text
            decision.save(update_fields=["text"])
