# SPDX-License-Identifier: EUPL-1.2
"""Who may bring, see and enter paper: those who keep the register of the process."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.processes.models import Process, Role
from talka.scans.models import KEEPERS, Scan

VERBS = {
    "add_scans": _("brought paper to be entered"),
    "register_scan": _("entered a letter from its scan"),
    "discard_scan": _("discarded a scan"),
    "join_scans": _("joined the scans of one letter"),
    "undo_last": _("took back what was done with a scan"),
    "read_again": _("had a scan read again"),
}


def can_list_scans(user: Any, process: Process) -> bool:
    """Coordinators and clerks of the process."""
    return Role.objects.holds(user, process, *KEEPERS)


can_add_scans = can_list_scans
can_take_next = can_list_scans
can_undo_last = can_list_scans


def can_view_scan(user: Any, scan: Scan) -> bool:
    """Coordinators and clerks of its process: what is on paper is personal."""
    return Role.objects.holds(user, scan.process_id, *KEEPERS)


can_take_scan = can_view_scan
can_register_scan = can_view_scan
can_skip_scan = can_view_scan
can_discard_scan = can_view_scan
can_join_scans = can_view_scan
can_read_again = can_view_scan
