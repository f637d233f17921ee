# SPDX-License-Identifier: EUPL-1.2
"""What polls do when something happens below them."""

from typing import Any

from django.dispatch import receiver

from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.groups.signals import unseated
from talka.scheduling.operations.polls import forget_unseated


@receiver(unseated)
def leave_polls(sender: object, *, group: WorkingGroup, person: Person, **_more: Any) -> None:
    """Ask somebody no more who sits no more in the group."""
    forget_unseated(group, person)
