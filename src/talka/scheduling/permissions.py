# SPDX-License-Identifier: EUPL-1.2
"""Who may look for the time of meetings."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.processes.models import Process
from talka.processes.permissions import can_change_process
from talka.scheduling.models import Timetable

VERBS = {
    "create_timetable": _("began a timetable"),
    "change_timetable": _("changed what is asked of a timetable"),
    "remove_timetable": _("removed a timetable"),
    "set_wishes": _("said what groups need of a timetable"),
    "add_absence": _("entered when somebody is away"),
    "remove_absence": _("removed when somebody is away"),
    "solve_timetable": _("let a timetable be sought"),
    "move_session": _("moved a session of a timetable"),
    "pin_session": _("pinned or released a session of a timetable"),
    "publish_timetable": _("published a timetable"),
}


def can_create_timetable(user: Any, process: Process) -> bool:
    """The coordinators and editors of the process."""
    return can_change_process(user, process)


def can_change_timetable(user: Any, timetable: Timetable) -> bool:
    """The coordinators and editors of the process; they alone see who has two sessions at once and who is away."""
    return can_change_process(user, timetable.process)


can_view_timetable = can_change_timetable
can_remove_timetable = can_change_timetable
can_set_wishes = can_change_timetable
can_add_absence = can_change_timetable
can_remove_absence = can_change_timetable
can_solve_timetable = can_change_timetable
can_move_session = can_change_timetable
can_pin_session = can_change_timetable
can_publish_timetable = can_change_timetable
