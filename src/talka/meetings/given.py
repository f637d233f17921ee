# SPDX-License-Identifier: EUPL-1.2
"""At which meeting a task was given, for those who see the meeting."""

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talka.core.dates import short_date
from talka.meetings.models import GivenTask, Meeting
from talka.meetings.permissions import takes_part
from talka.tasks.sources import Source


def sources(tasks: Collection[int], user: Any) -> Iterable[tuple[int, Source]]:
    """Find the items of meetings at which tasks were given; a closed item is named to those who take part only."""
    seen = Meeting.objects.visible_to(user).order_by().values("pk")
    rows = GivenTask.objects.filter(task__in=tasks, item__meeting__in=seen).select_related("item__meeting__process")
    for row in rows:
        meeting = row.item.meeting
        if row.item.withheld and not takes_part(user, meeting):
            continue
        day = short_date(meeting.first_day, "en" if get_language() == "en" else "lv") if meeting.first_day else ""
        address = reverse("meetings:show_meeting", args=[meeting.process.slug, meeting.pk])
        label = _("Given at the meeting “%(title)s” %(day)s") % {"title": meeting.title, "day": day}
        yield row.task_id, Source(label.strip(), row.item.title, address)
