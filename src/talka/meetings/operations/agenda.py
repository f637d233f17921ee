# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.permissions import authorize
from talka.meetings.models import AgendaItem, Meeting
from talka.meetings.operations.calling import MeetingCancelled
from talka.proposals.models import Proposal
from talka.tasks.models import Task


@transaction.atomic
def add_item(
    meeting: Meeting,
    *,
    title: str,
    by: User,
    proposals: Iterable[Proposal] = (),
    tasks: Iterable[Task] = (),
    **fields: Any,
) -> AgendaItem:
    """Add an item as the last of a meeting's agenda. ``fields`` are those of ``AgendaItem``."""
    authorize(by, "meetings.add_item", meeting)
    if Meeting.objects.select_for_update().get(pk=meeting.pk).is_cancelled:
        raise MeetingCancelled
    last = meeting.items.aggregate(last=Max("position"))["last"]
    item = AgendaItem.objects.create(
        meeting=meeting,
        title=title,
        added_by=by,
        added_at=clock.now(),
        position=0 if last is None else last + 1,
        **fields,
    )
    item.proposals.set(proposals)
    item.tasks.set(tasks)
    record("meetings.add_item", item, by=by, scope=meeting.process)
    return item
