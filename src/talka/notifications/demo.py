# SPDX-License-Identifier: EUPL-1.2
"""Letters of the demonstration: those of past days have been sent on their day."""

from datetime import timedelta

from talka.core import clock
from talka.notifications.models import Notification
from talka.notifications.operations import deliver

SECONDS_IN_QUEUE = 4


def build() -> None:
    """Hand every waiting letter over as of the moment it was written; its job finds nothing left to do."""
    for letter in Notification.objects.filter(state=Notification.State.QUEUED).order_by("created_at", "pk"):
        with clock.at(letter.created_at + timedelta(seconds=SECONDS_IN_QUEUE)):
            deliver(letter.pk, last_try=False)
