# SPDX-License-Identifier: EUPL-1.2
"""Who may see figures that are not on the public pages."""

from typing import Any

from talka.processes.models import Process, Role
from talka.proposals.models import READERS


def can_view_report(user: Any, process: Process) -> bool:
    """Whoever sees the whole register: figures of a part would be taken for those of the whole."""
    return Role.objects.holds(user, process, *READERS)
