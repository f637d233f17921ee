# SPDX-License-Identifier: EUPL-1.2
"""What processes answer when something below them asks."""

from typing import Any

from django.dispatch import receiver

from talka.directory.signals import role_asked
from talka.processes.models import Role

_BRING_PEOPLE = (Role.Kind.COORDINATOR, Role.Kind.EDITOR, Role.Kind.CLERK, Role.Kind.GROUP_LEAD)


@receiver(role_asked)
def tell_role(sender: object, *, user: Any, **_more: Any) -> bool:
    """Say whether the person works in some process, and so meets people and organizations to be entered."""
    return any(kind in _BRING_PEOPLE for _process, kind in Role.objects.kinds_of(user))
