# SPDX-License-Identifier: EUPL-1.2
"""Meetings of the demonstration."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.meetings.operations.calling import call_meeting
from talka.processes.models import Process


def local(day: date, hour: str = "9.00") -> datetime:
    """Return the moment of a day and hour (``13.00``) in the installation's time zone."""
    hours, minutes = hour.split(".")
    return timezone.make_aware(datetime.combine(day, time(int(hours), int(minutes))))


def build(
    process: Process,
    title: str,
    *,
    by: User,
    groups: Sequence[WorkingGroup] = (),
    day: date | None = None,
    hours: str = "",
    **fields: Any,
) -> Meeting:
    """Call a meeting on a day, from and to such hours (``13.00–15.00``); without hours the day alone is known."""
    times: dict[str, Any] = {}
    if day is not None and hours:
        starts, _, ends = hours.partition("–")
        times = {"starts_at": local(day, starts), "ends_at": local(day, ends) if ends else None}
    elif day is not None:
        times = {"starts_at": local(day, "0.00"), "whole_day": True}
    topics = {topic.pk: topic for group in groups for topic in [group.topic] if topic is not None}
    return call_meeting(process, title=title, by=by, groups=groups, topics=list(topics.values()), **times, **fields)
