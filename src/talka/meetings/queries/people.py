# SPDX-License-Identifier: EUPL-1.2
"""Who belongs to a meeting: those who sit in its groups on its day."""

from talka.core import clock
from talka.groups.models import Mandate, MandateQuerySet
from talka.meetings.models import Meeting


def seated_at(meeting: Meeting) -> MandateQuerySet:
    """Return the mandates of a meeting's groups that hold on its day, leads first; a person may hold several."""
    day = meeting.first_day or clock.today()
    mandates = (
        Mandate.objects.filter(group__in=meeting.groups.all()).exclude(ends_on__lt=day).exclude(starts_on__gt=day)
    )
    return mandates.select_related("person__user", "organization", "group").order_by("position", "pk")
