# SPDX-License-Identifier: EUPL-1.2
"""How pages find a meeting for somebody who may do something with it."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404

from talka.core.permissions import authorize
from talka.meetings.models import AgendaItem, Meeting


def open_meeting(
    user: Any, process_slug: str, meeting_pk: int, verb: str, *, ahead: Sequence[str] = ("groups",)
) -> Meeting:
    """Return a meeting of this very process to somebody who may do ``verb`` to it; else 404 or a refusal."""
    meetings = (
        Meeting.objects.visible_to(user).select_related("process__owner", "place", "minutes").prefetch_related(*ahead)
    )
    meeting = get_object_or_404(meetings, process__slug=process_slug, pk=meeting_pk)
    authorize(user, verb, meeting)
    return meeting


def open_item(meeting: Meeting, pk: int) -> AgendaItem:
    """Return an item of a meeting that is open already."""
    item: AgendaItem = get_object_or_404(meeting.items.select_related("presenter"), pk=pk)
    item.meeting = meeting
    return item
