# SPDX-License-Identifier: EUPL-1.2
"""Letters about an action to whoever asks for them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.notifications.operations import follow
from talka.plans.models import Level, NodeVersion


class NothingToFollow(Refused):
    message = _("Only actions and investments can be followed; this is a part of the tree.")


@transaction.atomic
def follow_node(version: NodeVersion, *, email: str, language: str, by: Any) -> None:
    """Send what happens to an action or investment to an address, once its owner has confirmed it."""
    authorize(by, "plans.follow_node", version.node)
    if version.node.kind == Level.Kind.GROUP:
        raise NothingToFollow
    follow(version.node.audience, email=email, language=language, by=by, title=str(version))
