# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from talka.core import clock
from talka.notifications.models import Audience, Notification, Subscription


def make_subscription(email: str = "anna@example.lv", **fields: Any) -> Subscription:
    """An address that was entered somewhere and has not been confirmed yet."""
    return Subscription.objects.create(audience=Audience.objects.create(), email=email, **fields)


def make_letter(state: str = Notification.State.QUEUED, **fields: Any) -> Notification:
    """A letter as it stands in the database."""
    given: dict[str, Any] = {
        "template": "proposals/submit_proposal", "email": "anna@example.lv", "language": "lv", "subject": "Saņemts",
        "text": "Paldies!\n\nhttps://talka.example/lv/", "html": "<p>Paldies!</p>", "state": state,
        "sent_at": clock.now() if state == Notification.State.SENT else None,
    }  # fmt: skip
    return Notification.objects.create(**{**given, **fields})
