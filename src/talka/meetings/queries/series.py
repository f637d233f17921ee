# SPDX-License-Identifier: EUPL-1.2
from typing import Any, NamedTuple

from django.db.models import Q

from talka.meetings.models import Meeting


class Neighbours(NamedTuple):
    """The meetings of the same series just before and after one."""

    before: Meeting | None = None
    after: Meeting | None = None


def neighbours(meeting: Meeting, user: Any) -> Neighbours:
    """Return the meetings of the series around one that are held and that a person may see: one query, none without a series."""
    if meeting.series_id is None or meeting.starts_at is None:
        return Neighbours()
    others = Meeting.objects.visible_to(user).filter(series=meeting.series_id, cancelled_at__isnull=True)
    before = others.filter(starts_at__lt=meeting.starts_at).order_by("-starts_at").values("pk")[:1]
    after = others.filter(starts_at__gt=meeting.starts_at).order_by("starts_at").values("pk")[:1]
    found = list(Meeting.objects.filter(Q(pk__in=before) | Q(pk__in=after)).order_by("starts_at"))
    earlier = [one for one in found if one.starts_at is not None and one.starts_at < meeting.starts_at]
    later = [one for one in found if one not in earlier]
    return Neighbours(earlier[0] if earlier else None, later[0] if later else None)
