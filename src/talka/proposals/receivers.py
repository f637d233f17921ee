# SPDX-License-Identifier: EUPL-1.2
"""What the register does when something happens below it."""

from typing import Any

from django.dispatch import receiver

from talka.processes.models import Process
from talka.processes.signals import phases_changed
from talka.proposals.models import Regime
from talka.proposals.operations.terms import renew_soon


@receiver(phases_changed)
def count_from_the_new_end(sender: object, *, process: Process, **_more: Any) -> None:
    """Reckon anew what is counted from the end of a consultation."""
    renew_soon(process, regimes={Regime.CONSULTATION.value})
