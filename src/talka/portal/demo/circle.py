# SPDX-License-Identifier: EUPL-1.2
"""The circle of a meeting in the demonstration: its agenda, who came, what was said, minutes up to their publication."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person
from talka.meetings.models import AgendaItem, GivenTask, Meeting, Minutes
from talka.meetings.operations.agenda import add_item, publish_agenda
from talka.meetings.operations.approving import approve_minutes, circulate_minutes, publish_minutes
from talka.meetings.operations.writing import begin_minutes, write_minutes
from talka.meetings.operations.written import Change
from talka.portal.demo.held import Dealt
from talka.tasks.operations.tasks import update_task


def prepare(
    meeting: Meeting, dealt: Sequence[Dealt], *, by: User, people: Mapping[str, Person], publish: bool = True
) -> None:
    """Make the agenda of a meeting, and publish it."""
    for one in dealt:
        presenter = people.get(one.presenter)
        add_item(
            meeting, title=one.title, by=by, minutes_planned=one.minutes, presenter=presenter,
            presenter_name="" if presenter else one.presenter, withheld=one.withheld,
        )  # fmt: skip
    if publish:
        publish_agenda(meeting, by=by)


def hold(
    meeting: Meeting, dealt: Sequence[Dealt], *, by: User, people: Mapping[str, Person], secretary: Person,
    chair: Person | None = None, modes: Mapping[str, str] | None = None, opening: str = "",
) -> Minutes:  # fmt: skip
    """Write the minutes of a meeting as it was held; members are there on site unless ``modes`` says otherwise."""
    minutes = begin_minutes(meeting, by=by)
    fields: dict[str, Any] = {"opening": opening}
    if chair is not None:
        fields["chair"] = str(chair.pk)
    if minutes.secretary_id is None:
        fields["secretary"] = str(secretary.pk)
    if meeting.ends_at is not None and not meeting.whole_day:
        fields["ended"] = timezone.localtime(meeting.ends_at).strftime("%H:%M")
    for row in meeting.attendances.all():
        fields[f"mode.{row.pk}"] = (modes or {}).get(row.name, "on_site")
    items = list(AgendaItem.objects.filter(meeting=meeting))
    told = dict(zip(items, dealt, strict=True))
    for item, one in told.items():
        fields |= {f"notes.{item.pk}": one.notes, f"outcome.{item.pk}": one.outcome}
    _write(meeting, fields, by)
    day = meeting.first_day or clock.today()
    rows: dict[str, Any] = {}
    for item, one in told.items():
        for ruling in one.rulings:
            votes = zip(("votes_for", "votes_against", "abstained"), ruling.votes or ("", "", ""), strict=True)
            rows[f"decision.{item.pk}.{uuid.uuid4()}"] = {
                "text": ruling.text,
                **{name: str(number) for name, number in votes},
            }
        for duty in one.duties:
            due = (day + timedelta(days=duty.days)).isoformat()
            rows[f"task.{item.pk}.{uuid.uuid4()}"] = {
                "title": duty.title,
                "owner": str(people[duty.owner].pk),
                "due": due,
            }
    _write(meeting, rows, by)
    minutes.refresh_from_db()
    return minutes


def _write(meeting: Meeting, values: Mapping[str, Any], by: User) -> None:
    refused = write_minutes(meeting, {name: Change(value) for name, value in values.items()}, by=by).refused
    if refused:
        raise ValueError(refused)


def tell_tasks(meeting: Meeting, dealt: Sequence[Dealt], *, by: User, until: datetime) -> None:
    """Say how the tasks of a meeting went, each on its day, as far as that day has come."""
    tasks = {
        row.task.title: row.task
        for row in GivenTask.objects.filter(item__meeting=meeting).select_related(
            "task__owner", "task__process", "task__group"
        )
    }
    day = meeting.ends_at or meeting.starts_at or until
    for duty in (duty for one in dealt for duty in one.duties):
        for days, state, text in duty.went:
            at = day + timedelta(days=days, hours=2)
            if at < until:
                with clock.at(at):
                    update_task(tasks[duty.title], state=state, text=text, by=by)


def settle(minutes: Minutes, *, by: User, sent_at: datetime, approved_at: datetime, publish: bool = True) -> None:
    """Send the draft round, approve the minutes when the term is over, and publish them."""
    with clock.at(sent_at):
        circulate_minutes(minutes, by=by)
    with clock.at(approved_at):
        approved = approve_minutes(minutes, by=by)
        if publish:
            publish_minutes(approved, by=by)
