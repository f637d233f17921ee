# SPDX-License-Identifier: EUPL-1.2
"""Letters about an action to whoever asks for them."""

from typing import Any

from django.db import transaction

from talka.core.permissions import authorize
from talka.notifications.operations import follow
from talka.plans.models import NodeVersion


@transaction.atomic
def follow_node(version: NodeVersion, *, email: str, language: str, by: Any) -> None:
    """Send what happens to an action or investment to an address, once its owner has confirmed it."""
    authorize(by, "plans.follow_node", version.node)
    follow(version.node.audience, email=email, language=language, by=by, title=str(version))
