# SPDX-License-Identifier: EUPL-1.2
"""Who may look for the time of meetings."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.meetings.permissions import can_call_meeting
from talka.processes.models import Process
from talka.processes.permissions import can_change_process
from talka.processes.queries import answered_for_by
from talka.scheduling.link_holder import PollHolder
from talka.scheduling.models import Absence, DatePoll, PollPerson, Timetable

VERBS = {
    "create_poll": _("began a date poll"),
    "answer_poll": _("received an answer to a date poll"),
    "remind_missing": _("reminded those who had not answered a date poll"),
    "close_poll": _("closed a date poll"),
    "choose_option": _("chose a time of a date poll and called the meeting"),
    "erase_answers": _("erased what somebody answered to a date poll, at their request"),
    "create_timetable": _("began a timetable"),
    "change_timetable": _("changed what is asked of a timetable"),
    "remove_timetable": _("removed a timetable"),
    "set_wishes": _("said what groups need of a timetable"),
    "add_absence": _("entered when somebody is away"),
    "remove_absence": _("removed when somebody is away"),
    "erase_absence": _("erased when somebody is away, at their request"),
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


def can_create_poll(user: Any, process: Process) -> bool:
    """Whoever may call meetings: the coordinators and editors of the process, and those who lead its groups."""
    return can_call_meeting(user, process)


def can_manage_poll(user: Any, poll: DatePoll) -> bool:
    """See who answered what, remind and close: who runs the process, and who leads one of the groups that are asked."""
    return DatePoll.objects.visible_to(user).filter(pk=poll.pk).exists()


can_remind_missing = can_manage_poll
can_close_poll = can_manage_poll
can_choose_option = can_manage_poll


def can_answer_poll(user: Any, asked: PollPerson) -> bool:
    """Whoever holds the personal link."""
    return isinstance(user, PollHolder) and user.poll_person_id == asked.pk


def can_erase_answers(user: Any, asked: PollPerson) -> bool:
    """Whoever answers to people for what is kept about them in the process."""
    return answered_for_by(user).filter(pk=asked.poll.process_id).exists()


def can_erase_absence(user: Any, absence: Absence) -> bool:
    """Whoever answers to people for what is kept about them in the process."""
    return answered_for_by(user).filter(pk=absence.timetable.process_id).exists()
