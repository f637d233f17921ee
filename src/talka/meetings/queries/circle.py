# SPDX-License-Identifier: EUPL-1.2
"""What is next in the circle of a meeting, for who runs it: agenda, sending, minutes, approval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, TextChoices
from django.utils.translation import pgettext_lazy

from talka.core import clock
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting, Minutes

AHEAD = timedelta(days=30)
BEHIND = timedelta(days=30)


class Next(TextChoices):
    """The next step of a meeting."""

    AGENDA = "agenda", pgettext_lazy("next step", "make the agenda")
    SEND = "send", pgettext_lazy("next step", "send the agenda")
    MINUTES = "minutes", pgettext_lazy("next step", "write the minutes")
    CIRCULATE = "circulate", pgettext_lazy("next step", "send the draft of the minutes round")
    APPROVE = "approve", pgettext_lazy("next step", "approve the minutes")


PAGES = {
    Next.AGENDA: "meetings:manage_agenda",
    Next.SEND: "meetings:manage_agenda",
    Next.MINUTES: "meetings:write_minutes",
    Next.CIRCULATE: "meetings:manage_minutes",
    Next.APPROVE: "meetings:manage_minutes",
}


@dataclass(frozen=True)
class NextOf:
    """A meeting and what is next for it."""

    meeting: Meeting
    step: Next

    @property
    def page(self) -> str:
        """Return the name of the page on which that is done."""
        return PAGES[self.step]


def next_of(meeting: Meeting, *, items: int, minutes: Minutes | None) -> Next | None:
    """Return the next step of a meeting, or nothing while it only has to be held or once its minutes are approved."""
    if not meeting.is_over:
        if items == 0:
            return Next.AGENDA
        return Next.SEND if meeting.agenda_sent_at is None else None
    if minutes is None:
        return Next.MINUTES if items else None
    steps = {Minutes.State.WRITING: Next.CIRCULATE, Minutes.State.CIRCULATED: Next.APPROVE}
    return steps.get(minutes.state)


def next_steps(user: Any) -> Sequence[NextOf]:
    """Return what is next for the meetings of the groups that a person leads: of those held lately, and of the next of each group."""
    led = set(WorkingGroup.objects.led_by(user).values_list("pk", flat=True))
    if not led:
        return []
    now = clock.now()
    near = Q(starts_at__gt=now - BEHIND, starts_at__lt=now + AHEAD)
    rows = (
        Meeting.objects.filter(near, groups__in=led, cancelled_at__isnull=True, process__closed_at__isnull=True)
        .annotate(item_count=Count("items", distinct=True))
        .select_related("process", "minutes")
        .prefetch_related("groups")
        .order_by("starts_at", "pk")
    )
    found, seen = [], set[int]()
    for meeting in rows:
        groups = {group.pk for group in meeting.groups.all()} & led
        if not meeting.is_over:
            if groups <= seen:
                continue
            seen |= groups
        step = next_of(meeting, items=meeting.item_count, minutes=getattr(meeting, "minutes", None))
        if step is not None:
            found.append(NextOf(meeting, step))
    return found
