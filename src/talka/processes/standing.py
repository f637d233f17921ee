# SPDX-License-Identifier: EUPL-1.2
"""Whether a process is open, coming or closed, as it follows from its dates."""

from django.db.models import Case, CharField, Exists, OuterRef, Q, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.processes.models import Phase, ProcessQuerySet


class Standing(TextChoices):
    """Where a published process stands today, in the order in which lists show it."""

    OPEN = "open", _("open")
    COMING = "coming", _("coming")
    CLOSED = "closed", _("closed")


def with_standing(processes: ProcessQuerySet) -> ProcessQuerySet:
    """Add ``standing`` (a value of ``Standing``) to processes; coming is one whose every dated phase is still ahead."""
    phases = Phase.objects.filter(process=OuterRef("pk"))
    begun, ahead = (
        Exists(phases.filter(starts_on__lte=clock.today())),
        Exists(phases.filter(starts_on__gt=clock.today())),
    )
    return processes.annotate(
        standing=Case(
            When(closed_at__isnull=False, then=Value(Standing.CLOSED)),
            When(~begun & ahead, then=Value(Standing.COMING)),
            default=Value(Standing.OPEN),
            output_field=CharField(),
        )
    )


def taking_part_now(processes: ProcessQuerySet, deed: str) -> ProcessQuerySet:
    """Keep published, unclosed processes in which a phase that holds today allows ``deed`` (a value of ``Phase.Deed``)."""
    today = clock.today()
    holds = Phase.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        process=OuterRef("pk"),
        starts_on__lte=today,
        allows__contains=[deed],
    )
    return processes.filter(Exists(holds), published_at__isnull=False, closed_at__isnull=True)
