# SPDX-License-Identifier: EUPL-1.2
"""Who belongs to a meeting: those who sit in its groups on its day."""

from django.db.models import QuerySet

from talka.core import clock
from talka.core.alphabet import Alphabetical
from talka.directory.models import Person
from talka.groups.models import Mandate, MandateQuerySet
from talka.meetings.models import Meeting
from talka.processes.models import Role


def seated_at(meeting: Meeting) -> MandateQuerySet:
    """Return the mandates of a meeting's groups that hold on its day, leads first; a person may hold several."""
    day = meeting.first_day or clock.today()
    groups = meeting.groups.through.objects.filter(meeting=meeting.pk).values("workinggroup")
    mandates = Mandate.objects.filter(group__in=groups).exclude(ends_on__lt=day).exclude(starts_on__gt=day)
    return mandates.select_related("person__user", "organization", "group").order_by(
        "group__position", "position", "pk"
    )


def people_of(meeting: Meeting) -> "QuerySet[Person]":
    """Return those who may present an item or get a task: members of the groups, and whoever has a role in the process."""
    seated = seated_at(meeting).order_by().values("person")
    roles = Role.objects.active().filter(process=meeting.process_id).values("person")
    return (Person.objects.filter(pk__in=seated) | Person.objects.filter(pk__in=roles)).order_by(
        Alphabetical("name"), "pk"
    )
