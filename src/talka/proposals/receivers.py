# SPDX-License-Identifier: EUPL-1.2
"""What becomes of letters with answers."""

from typing import Any

from django.dispatch import receiver

from talka.notifications.models import Notification
from talka.notifications.signals import letter_settled
from talka.proposals.operations.deliveries import settle_mail


@receiver(letter_settled)
def settle(sender: object, *, notification: Notification, **_more: Any) -> None:
    """Note that an answer has been delivered, or that it has to go another way."""
    settle_mail(notification)
