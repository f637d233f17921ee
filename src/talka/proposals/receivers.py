# SPDX-License-Identifier: EUPL-1.2
"""What the register does when something happens below it."""

from typing import Any

from django.dispatch import receiver

from talka.notifications.models import Notification
from talka.notifications.signals import letter_settled
from talka.plans.models import PlanNode, ProgressUpdate
from talka.plans.signals import progressed
from talka.processes.models import Process
from talka.processes.signals import phases_changed
from talka.proposals.models import Regime
from talka.proposals.operations.deliveries import settle_mail
from talka.proposals.operations.telling import tell_progress
from talka.proposals.operations.terms import renew_soon


@receiver(phases_changed)
def count_from_the_new_end(sender: object, *, process: Process, **_more: Any) -> None:
    """Reckon anew what is counted from the end of a consultation."""
    renew_soon(process, regimes={Regime.CONSULTATION.value})


@receiver(letter_settled)
def settle(sender: object, *, notification: Notification, **_more: Any) -> None:
    """Note that an answer has been delivered, or that it has to go another way."""
    settle_mail(notification)


@receiver(progressed)
def tell(sender: object, *, node: PlanNode, update: ProgressUpdate, before: str | None, **_more: Any) -> None:
    """Write to those whose proposals the node came of, and to those who follow it."""
    tell_progress(node, update, before=before)
